//! The bytes of the terminal application: exact on any screen, few, and read back in any split.

use std::num::NonZeroU16;

use chantier::texts::Language;
use chantier::ui::terminal::{Decoder, Glyphs, Input, Presenter};
use proptest::prelude::*;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Frame, Terminal};

use crate::robot::Robot;

type Lean = Terminal<Presenter<Vec<u8>>>;

/// A presenter with a terminal that understands its bytes.
struct Bench {
    lean: Lean,
    screen: vt100::Parser,
    read: usize,
}

impl Bench {
    fn new(width: u16, height: u16) -> Self {
        let lean = Terminal::new(Presenter::new(Vec::new(), width, height, Glyphs::Unicode)).unwrap();
        let screen = vt100::Parser::new(cells(height), cells(width), 0);
        Self { lean, screen, read: 0 }
    }

    /// Draws a frame, compares the screens and returns the bytes of the frame.
    fn draw(&mut self, scene: &dyn Fn(&mut Frame<'_>)) -> Vec<u8> {
        self.lean.draw(scene).unwrap();
        let bytes = self.lean.backend().writer()[self.read..].to_vec();
        self.read += bytes.len();
        self.screen.process(&bytes);
        let size = self.lean.size().unwrap();
        let mut stock = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        stock.draw(scene).unwrap();
        let shown = bytes.escape_ascii().to_string();
        compare(stock.backend().buffer(), self.screen.screen(), &shown);
        let cursor = self.screen.screen().cursor_position();
        let expected = stock.backend_mut();
        assert_eq!(expected.cursor_visible(), !self.screen.screen().hide_cursor(), "{shown}");
        if expected.cursor_visible() {
            assert_eq!((expected.cursor_position().y, expected.cursor_position().x), cursor, "{shown}");
        }
        bytes
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.lean.backend_mut().resize(width, height);
        self.screen.set_size(cells(height), cells(width));
    }
}

/// Keys that a hand at work presses, and some that it does not.
const KEYS: &[&str] = &[
    "j",
    "k",
    "h",
    "l",
    "Up",
    "Down",
    "Left",
    "Right",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "Enter",
    "Enter",
    "Esc",
    "Esc",
    "Tab",
    "BackTab",
    "Backspace",
    "Delete",
    "Space",
    "g",
    "g",
    "s",
    "e",
    "a",
    "t",
    "y",
    "r",
    "c",
    "i",
    "1",
    "2",
    "3",
    "4",
    "5",
    "0",
    ",",
    "+",
    "=",
    "-",
    "<",
    ">",
    "/",
    "?",
    ":",
    "u",
    "C-r",
    "C-p",
    "C-o",
    "d",
    "D",
    "f",
    "o",
    "n",
    "N",
    "m",
    "p",
    "P",
    "L",
    "E",
    "b",
    "x",
    "é",
    "\"",
    "*",
];

/// Presses random keys in the application; each frame is compared cell for cell, cursor included.
fn press_random_keys(mut seed: u64, presses: usize, width: u16, height: u16) {
    let mut robot = Robot::demo_in(Language::French, width, height);
    let mut bench = Bench::new(width, height);
    let mut pressed = Vec::new();
    for _ in 0..presses {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dice = usize::try_from(seed >> 33).unwrap();
        let key = KEYS[dice % KEYS.len()];
        pressed.push(key);
        robot.press(key);
        if dice.is_multiple_of(7) {
            robot.rest();
        }
        let application = &robot.application;
        bench.draw(&|frame| application.draw(frame));
    }
    assert!(pressed.len() == presses);
}

#[test]
fn random_keys_show_what_ratatui_would_show() {
    for seed in 1..=6 {
        press_random_keys(seed, 150, 80, 24);
    }
    press_random_keys(7, 150, 120, 40);
    press_random_keys(8, 150, 61, 15);
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn compare(expected: &Buffer, found: &vt100::Screen, bytes: &str) {
    for y in 0..expected.area.height {
        let mut x = 0;
        while x < expected.area.width {
            let (cell, shown) = (&expected[(x, y)], found.cell(y, x).unwrap());
            assert_eq!(seen(cell), seen_on(shown), "row {y} column {x} after {bytes}");
            let wide = cell.cell_width() == 2;
            assert_eq!(shown.is_wide(), wide, "row {y} column {x} after {bytes}");
            x += if wide { 2 } else { 1 };
        }
    }
}

/// Symbol, letter colour, ground colour, and whether bold, dim, italic, underlined, reversed.
type Seen = (String, vt100::Color, vt100::Color, [bool; 5]);

fn seen(cell: &Cell) -> Seen {
    let has = |it| cell.modifier.contains(it);
    let flags = [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
    visible((cell.symbol().to_owned(), colour(cell.fg), colour(cell.bg), flags.map(has)))
}

fn seen_on(cell: &vt100::Cell) -> Seen {
    let flags = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    let symbol = if cell.has_contents() { cell.contents() } else { " " };
    visible((symbol.to_owned(), cell.fgcolor(), cell.bgcolor(), flags))
}

/// Of a blank that is neither underlined nor reversed only the ground is seen.
fn visible(seen: Seen) -> Seen {
    match seen {
        (symbol, _, ground, [.., false, false]) if symbol == " " => {
            (symbol, vt100::Color::Default, ground, [false; 5])
        }
        other => other,
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::Green => vt100::Color::Idx(2),
        Color::Yellow => vt100::Color::Idx(3),
        Color::Magenta => vt100::Color::Idx(5),
        Color::Cyan => vt100::Color::Idx(6),
        Color::Blue => vt100::Color::Idx(4),
        Color::LightGreen => vt100::Color::Idx(10),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

/// What one frame does to the picture that the frames share.
#[derive(Clone, Debug)]
enum Stroke {
    Text { x: u16, y: u16, text: String, style: Style },
    Fill { area: Rect, style: Style },
    Scroll { first: usize, selected: usize },
    Cursor(Option<(u16, u16)>),
    Resize(usize),
    Wipe,
}

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (7, 3), (1, 1)];

fn any_style() -> impl Strategy<Value = Style> {
    let colours = [
        Color::Reset,
        Color::Red,
        Color::Blue,
        Color::LightGreen,
        Color::Indexed(200),
        Color::Rgb(1, 20, 200),
    ];
    // The parser knows either bold or dim, and no crossing out.
    let weights = [Modifier::empty(), Modifier::BOLD, Modifier::DIM];
    let others = Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED;
    (
        proptest::sample::select(colours.to_vec()),
        proptest::sample::select(colours.to_vec()),
        proptest::sample::select(weights.to_vec()),
        prop_oneof![3 => Just(0), 1 => any::<u16>()],
    )
        .prop_map(move |(fg, bg, weight, bits)| {
            Style::new().fg(fg).bg(bg).add_modifier(weight | (Modifier::from_bits_truncate(bits) & others))
        })
}

fn any_stroke() -> impl Strategy<Value = Stroke> {
    let place = || (0..130_u16, 0..45_u16);
    prop_oneof![
        6 => (place(), "[a-c éœ→█コ字]{0,90}", any_style())
            .prop_map(|((x, y), text, style)| Stroke::Text { x, y, text, style }),
        2 => (place(), place(), any_style()).prop_map(|((x, y), (width, height), style)| {
            Stroke::Fill { area: Rect::new(x, y, width, height), style }
        }),
        4 => (0..60_usize, 0..60_usize).prop_map(|(first, selected)| Stroke::Scroll { first, selected }),
        2 => proptest::option::of(place()).prop_map(Stroke::Cursor),
        1 => (0..SIZES.len()).prop_map(Stroke::Resize),
        1 => Just(Stroke::Wipe),
    ]
}

/// The rows of a list from `first`, with a marker at the selected row.
fn list(buffer: &mut Buffer, first: usize, selected: usize) {
    let area = buffer.area;
    for (row, y) in (area.top() + 1..area.bottom().saturating_sub(1)).enumerate() {
        let number = first + row;
        let marker = if number == selected { "> " } else { "  " };
        let text = format!("{marker}{:06}  Chantier é n° {number:<20} {:>8}", number * 7919, number * 31);
        buffer.set_stringn(0, y, text, usize::from(area.width), Style::new());
    }
}

fn play(start: (u16, u16), strokes: &[Stroke]) {
    let mut bench = Bench::new(start.0, start.1);
    let mut picture = Buffer::empty(Rect::new(0, 0, start.0, start.1));
    let mut cursor = None;
    for stroke in strokes {
        match stroke {
            Stroke::Text { x, y, text, style } => {
                let (x, y) = (x % picture.area.width, y % picture.area.height);
                picture.set_stringn(x, y, text, usize::from(picture.area.width - x), *style);
            }
            Stroke::Fill { area, style } => picture.set_style(*area, *style),
            Stroke::Scroll { first, selected } => list(&mut picture, *first, *selected),
            Stroke::Cursor(place) => cursor = *place,
            Stroke::Resize(size) => {
                let (width, height) = SIZES[*size];
                bench.resize(width, height);
                picture = Buffer::empty(Rect::new(0, 0, width, height));
            }
            Stroke::Wipe => picture.reset(),
        }
        tidy(&mut picture);
        let inside = cursor.filter(|it| picture.area.contains((*it).into()));
        bench.draw(&|frame| {
            frame.buffer_mut().clone_from(&picture);
            if let Some(place) = inside {
                frame.set_cursor_position(place);
            }
        });
    }
}

/// Makes a picture as widgets leave it: behind a wide symbol the cell is as new. The
/// parser knows no letter that is both bold and dim.
fn tidy(picture: &mut Buffer) {
    let area = picture.area;
    for cell in picture.content.iter_mut().filter(|it| it.modifier.contains(Modifier::BOLD)) {
        cell.modifier.remove(Modifier::DIM);
    }
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let wide = picture[(x, y)].cell_width() == 2;
            if wide && x + 1 < area.width {
                picture[(x + 1, y)].reset();
                x += 1;
            } else if wide {
                picture[(x, y)].set_symbol(" ");
            }
            x += 1;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_frame_is_exact(size in 0..SIZES.len(), strokes in prop::collection::vec(any_stroke(), 1..14)) {
        play(SIZES[size], &strokes);
    }

    #[test]
    fn scrolled_lists_are_exact(
        size in 0..SIZES.len(),
        steps in prop::collection::vec((-3..4_isize, 0..40_usize), 1..30),
    ) {
        let mut first = 40_usize;
        let strokes: Vec<_> = steps.into_iter().map(|(step, selected)| {
            first = first.saturating_add_signed(step);
            Stroke::Scroll { first, selected: first + selected }
        }).collect();
        play(SIZES[size], &strokes);
    }

    #[test]
    fn bytes_mean_the_same_in_any_split(bytes in any_bytes(), cuts in prop::collection::vec(0..200_usize, 0..12)) {
        let whole = Decoder::default().feed(&bytes);
        let mut decoder = Decoder::default();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|it| it.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let parts: Vec<Input> = cuts.windows(2).flat_map(|it| decoder.feed(&bytes[it[0]..it[1]])).collect();
        prop_assert_eq!(parts, whole);
        // Giving up always leads back to the start, and what comes then is read.
        decoder.give_up();
        prop_assert_eq!(decoder.feed(b"\r").len(), 1);
    }
}

/// Bytes that are often parts of sequences.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        any::<u8>().prop_map(|it| vec![it]),
        "[a-zA-Z0-9é€字]".prop_map(String::into_bytes),
        Just(vec![0x1b]),
        proptest::sample::select(vec![
            "\x1b[",
            "\x1bO",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b[0n",
            "\x1b[1;5C",
            "\x1b[[A",
            "\x1b]11;",
            "\x1b\\",
        ])
        .prop_map(|it| it.as_bytes().to_vec()),
    ];
    prop::collection::vec(part, 0..60).prop_map(|it| it.concat())
}

/// A list of 10,000 rows between two bars.
fn list_scene(first: usize, selected: usize) -> impl Fn(&mut Frame<'_>) {
    move |frame| {
        let (area, buffer) = (frame.area(), frame.buffer_mut());
        let bar = Style::new().add_modifier(Modifier::REVERSED);
        buffer.set_stringn(0, 0, format!("{:<200}", " Chantiers > Sites"), area.width.into(), bar);
        list(buffer, first, selected);
        let foot = format!(" ? aide  / filtre  : commande   {}/10000", selected + 1);
        buffer.set_stringn(0, area.bottom() - 1, format!("{foot:<200}"), area.width.into(), bar);
    }
}

fn form_scene(value: &'static str) -> impl Fn(&mut Frame<'_>) {
    move |frame| {
        frame.buffer_mut().set_string(3, 5, format!("Champ 01 [{value:<14}]"), Style::new());
        let typed = u16::try_from(value.len()).unwrap();
        frame.set_cursor_position((13 + typed, 5));
    }
}

fn cost(bench: &mut Bench, scene: &dyn Fn(&mut Frame<'_>)) -> usize {
    bench.draw(scene).len()
}

#[test]
fn lists_cost_few_bytes() {
    for ((width, height), first_max) in [((80, 24), 1300), ((120, 40), 2300)] {
        let mut bench = Bench::new(width, height);
        let first = cost(&mut bench, &list_scene(100, 104));
        let idle = cost(&mut bench, &list_scene(100, 104));
        let marker = cost(&mut bench, &list_scene(100, 105));
        let down = cost(&mut bench, &list_scene(101, 106));
        let up = cost(&mut bench, &list_scene(100, 105));
        let page = cost(&mut bench, &list_scene(120, 125));
        println!(
            "{width}x{height}: first {first} idle {idle} marker {marker} down {down} up {up} page {page}"
        );
        assert!(first <= first_max && idle == 0 && marker <= 32 && down <= 120 && up <= 120 && page <= 1250);
    }
}

#[test]
fn a_digit_costs_one_byte() {
    let mut bench = Bench::new(80, 24);
    cost(&mut bench, &form_scene("1"));
    assert_eq!(bench.draw(&form_scene("12")), b"2");
    assert_eq!(bench.draw(&form_scene("12")), b"");
    assert_eq!(bench.draw(&form_scene("12,5")), b",5");
    assert_eq!(bench.draw(&form_scene("12,")), b"\x08 \x08");
}

#[test]
fn ascii_is_ascii() {
    let presenter = Presenter::new(Vec::new(), 80, 24, Glyphs::Ascii);
    let mut terminal = Terminal::new(presenter).unwrap();
    terminal
        .draw(|frame| {
            let text = "«été» → コ ▁▂▃▄▅▆▇█ ┌─┐ ⣿ 😀 й ✓ …";
            frame.buffer_mut().set_string(0, 0, text, Style::new());
        })
        .unwrap();
    let bytes = terminal.backend().writer().clone();
    assert!(bytes.is_ascii());
    assert!(bytes.starts_with(br#""ete" > ?? _.-=+*#@ +-+ . ?? ? v ."#), "{}", bytes.escape_ascii());
}
