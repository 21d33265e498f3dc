//! The formats of exported sheets, named by meaning.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::content::Tone;

const INK: Color = Color::RGB(0x1F_2937);
const LINE: Color = Color::RGB(0xBF_C5CD);
const HEADING: Color = Color::RGB(0x1F_4E79);
const BAND: Color = Color::RGB(0xDD_E7F1);

/// The formats of one workbook.
#[derive(Debug)]
pub(in super::super) struct Style {
    pub(in super::super) title: Format,
    pub(in super::super) label: Format,
    pub(in super::super) value: Format,
    pub(in super::super) value_percent: Format,
    pub(in super::super) value_date: Format,
    pub(in super::super) heading: Format,
    pub(in super::super) band: Format,
    pub(in super::super) text: Format,
    pub(in super::super) note: Format,
    pub(in super::super) month: Format,
    pub(in super::super) instant: Format,
    pub(in super::super) percent: Format,
    pub(in super::super) points: Format,
    pub(in super::super) whole: Format,
}

impl Style {
    /// Makes the formats.
    pub(in super::super) fn new() -> Self {
        let ink = Format::new().set_font_color(INK).set_align(FormatAlign::VerticalCenter);
        let cell = ink.clone().set_border(FormatBorder::Thin).set_border_color(LINE);
        let value = ink.clone().set_align(FormatAlign::Left);
        Self {
            title: ink.clone().set_bold().set_font_size(14),
            label: ink.clone().set_bold(),
            value_percent: value.clone().set_num_format("0.00%"),
            value_date: value.clone().set_num_format("dd/mm/yyyy"),
            value,
            heading: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_font_color(Color::White)
                .set_background_color(HEADING),
            band: cell.clone().set_bold().set_background_color(BAND),
            note: cell.clone().set_text_wrap(),
            month: cell.clone().set_num_format("mmm yyyy").set_align(FormatAlign::Left),
            instant: cell.clone().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
            percent: cell.clone().set_num_format("0.00%"),
            points: cell.clone().set_num_format("0.00"),
            whole: cell.clone().set_num_format("0"),
            text: cell,
        }
    }
}

/// Colours a format by what a status means.
pub(super) fn toned(format: &Format, tone: Tone) -> Format {
    let (paper, ink) = match tone {
        Tone::Good => (0xC6_EFCE, 0x00_6100),
        Tone::Problematic => (0xFF_EB9C, 0x7F_4F00),
        Tone::Critical => (0xFF_C7CE, 0x9C_0006),
        Tone::Neutral => (0xF2_F2F2, 0x59_5959),
    };
    format.clone().set_background_color(Color::RGB(paper)).set_font_color(Color::RGB(ink))
}
