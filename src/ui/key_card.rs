//! The key card: the keys of every screen on one printed page, written from the key tables.

use unicode_width::UnicodeWidthStr;

use super::app::{GLOBAL, GO};
use super::frame;
use super::keymap::MOVES;
use super::screen::Screen;
use super::screens::{
    alerts, card, confirm, conflicts, dashboard, decide, entry, exchange, follow_up, form, help, import,
    notice_words, notices, observation, palette, registers, sign_off, synthesis, tour, trail, welcome,
};
use crate::texts::{Language, Texts};

/// The widest line of the card.
const WIDTH_MAX: usize = 100;

/// The keys of a screen.
pub struct Table {
    /// The file or folder of the screen.
    pub file: &'static str,
    /// Message key of the screen's name.
    pub title: &'static str,
    /// Key labels and message keys of what they do, in the order of the key table; then what moves in its list.
    pub bound: Vec<(&'static str, &'static str)>,
    /// What can be typed, and message keys of what it does.
    pub typed: Vec<(&'static str, &'static str)>,
}

/// Returns the key tables of all screens. A test compares them with the files of the screens.
pub fn tables() -> Vec<Table> {
    vec![
        table::<dashboard::Dashboard>("dashboard", "place-dashboard"),
        table::<follow_up::FollowUp>("follow_up", "place-follow-up"),
        table::<card::Card>("card", "place-card"),
        table::<entry::Entry>("entry", "place-entry"),
        table::<observation::Observation>("observation", "place-observation"),
        table::<alerts::Alerts>("alerts", "place-alerts"),
        table::<decide::Decide>("decide", "place-decide"),
        table::<notices::Notices>("notices", "place-notices"),
        table::<notice_words::NoticeWords>("notice_words", "place-words"),
        table::<trail::Trail>("trail", "place-trail"),
        table::<synthesis::Synthesis>("synthesis", "place-synthesis"),
        table::<sign_off::SignOff>("sign_off", "place-sign-off"),
        table::<registers::Registers>("registers", "place-registers"),
        table::<form::Form>("form", "keycard-form"),
        table::<confirm::Confirm>("confirm", "confirm-title"),
        table::<import::Import>("import", "place-import"),
        table::<conflicts::Conflicts>("conflicts", "place-conflicts"),
        table::<exchange::Exchange>("exchange", "place-exchange"),
        table::<palette::Palette>("palette", "place-palette"),
        table::<help::Help>("help", "place-help"),
        table::<tour::Tour>("tour", "place-tour"),
        table::<welcome::Welcome>("welcome", "place-welcome"),
    ]
}

fn table<S: Screen>(file: &'static str, title: &'static str) -> Table {
    let moves = S::MOVE.map_or(&[][..], |_| MOVES).iter().map(|it| (it.keys, it.help));
    let bound = S::KEYS.iter().map(|it| (it.keys, it.help)).chain(moves).collect();
    let typed = S::TYPING.iter().map(|it| (it.keys, it.help)).collect();
    Table { file, title, bound, typed }
}

/// Writes the card in a language.
pub fn card(texts: &Texts) -> String {
    let tables = tables();
    let mut out = format!("# {}\n\n{}\n\n", texts.text("keycard-title"), texts.text("keycard-use"));
    for table in &tables {
        let all = table.typed.iter().chain(&table.bound);
        let own = all.filter(|it| !moves(it)).map(|(keys, help)| item(keys, help, texts, false));
        paragraph(&mut out, &texts.text(table.title), own, texts.language);
    }
    let listed = MOVES.iter().map(|it| item(it.keys, it.help, texts, true));
    paragraph(&mut out, &texts.text("keycard-lists"), listed, texts.language);
    let everywhere = GLOBAL.iter().map(|it| item(it.keys, it.help, texts, true));
    paragraph(&mut out, &texts.text("help-everywhere"), everywhere, texts.language);
    let go = GO.iter().map(|it| {
        let digit = it.digit.map(|it| format!(" `{it}`")).unwrap_or_default();
        format!("`g {}`{digit} {}", it.key, texts.text(it.help))
    });
    paragraph(&mut out, &texts.text("help-go"), go, texts.language);
    out
}

/// Tells whether a line only says how one moves in a list: that is said once.
fn moves(line: &(&str, &str)) -> bool {
    let first = |keys: &str| keys.split(' ').next().map(str::to_owned);
    MOVES.iter().any(|it| it.help == line.1 && first(it.keys) == first(line.0))
}

fn item(keys: &str, help: &str, texts: &Texts, all: bool) -> String {
    let shown = if all { frame::caps(keys, texts) } else { vec![frame::first_cap(keys, texts)] };
    let shown: Vec<String> = shown.iter().map(|it| format!("`{it}`")).collect();
    format!("{} {}", shown.join(" "), texts.text(help))
}

/// Writes one entry of the card, folded between its items.
fn paragraph(out: &mut String, title: &str, items: impl Iterator<Item = String>, language: Language) {
    let colon = if language == Language::French { " :" } else { ":" };
    let mut line = format!("- **{title}**{colon}");
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    while let Some(item) = items.next() {
        let item = if items.peek().is_some() { format!("{item} ·") } else { item };
        if line.width() + 1 + item.width() > WIDTH_MAX {
            out.push_str(&line);
            out.push('\n');
            line = format!("  {item}");
        } else {
            line.push(' ');
            line.push_str(&item);
        }
    }
    out.push_str(&line);
    out.push('\n');
}
