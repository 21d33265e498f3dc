//! The first run: what the program is for, and three ways to begin.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::texts::Tone;
use crate::ui::command::{Command, FormAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};
use crate::ui::widgets::cells;

/// The widest that lines are comfortable to read.
const WIDTH_MAX: u16 = 74;
/// Rows of it all: name, purpose, three ways, where the data lie.
const ROWS: u16 = 16;
/// Width of the key of a way.
const KEY: u16 = 4;
/// Rows of a way: its name, what it does, a blank.
const WAY_ROWS: u16 = 3;

/// The first run.
pub struct Welcome {
    /// Where the data will lie.
    pub data: String,
    selected: usize,
    /// Rows above it all.
    top: u16,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// One way up.
    Up,
    /// One way down.
    Down,
    /// Take the selected way.
    Choose,
    /// Take a way.
    Take(Way),
    /// Speak the other language.
    Language,
}

/// A way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With a workbook.
    Import,
    /// With invented data.
    Demonstration,
    /// With nothing.
    Organisation,
}

/// The ways, with their keys, names and explanations.
const WAYS: &[(Way, &str, &str, &str)] = &[
    (Way::Import, "i", "welcome-import", "welcome-import-more"),
    (Way::Demonstration, "d", "welcome-demonstration", "welcome-demonstration-more"),
    (Way::Organisation, "o", "welcome-organisation", "welcome-organisation-more"),
];

impl Welcome {
    /// Begins with the first way.
    pub const fn new(data: String) -> Self {
        Self { data, selected: 0, top: 0 }
    }
}

fn command(way: Way) -> Command {
    match way {
        Way::Import => Command::Open(Place::Import),
        Way::Demonstration => Command::Demonstration,
        Way::Organisation => Command::Open(Place::Form(FormAim::Organisation)),
    }
}

impl Screen for Welcome {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter", Msg::Choose, "key-choose").hinted(),
        Binding::new("i", Msg::Take(Way::Import), "welcome-import"),
        Binding::new("d", Msg::Take(Way::Demonstration), "welcome-demonstration"),
        Binding::new("o", Msg::Take(Way::Organisation), "welcome-organisation"),
        Binding::new("l", Msg::Language, "key-other-language").hinted(),
        Binding::new("Down j", Msg::Down, "key-down"),
        Binding::new("Up k", Msg::Up, "key-up"),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-welcome")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        match msg {
            Msg::Up => self.selected = self.selected.saturating_sub(1),
            Msg::Down => self.selected = (self.selected + 1).min(WAYS.len() - 1),
            Msg::Choose => return WAYS.get(self.selected).map(|(way, ..)| command(*way)),
            Msg::Take(way) => return Some(command(way)),
            Msg::Language => return Some(Command::Language),
        }
        None
    }

    fn settle(&mut self, size: Size, _cx: &Cx<'_>) {
        self.top = size.height.saturating_sub(ROWS) / 3;
    }

    //     CHANTIER
    //     Le suivi mensuel des chantiers …
    //
    //   ► i   Importer un classeur
    //         Un tableau de suivi Excel ou Calc …
    //
    //     d   …
    //
    //     Vos données : /home/awa/.local/share/chantier/chantier.db
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::inset(area, (area.width.saturating_sub(WIDTH_MAX) / 2).max(4));
        let room = cells::below(room, self.top);
        let tone = |it| cx.theme.tone(it);
        let buffer = frame.buffer_mut();
        cells::line(buffer, cells::row(room, 0), "CHANTIER", tone(Tone::Strong));
        let purpose = cells::below(room, 1);
        let first =
            2 + cells::paragraph(buffer, purpose, &cx.texts.text("welcome-purpose"), tone(Tone::Plain));
        // In a low window the explanations give way.
        let step = if room.height < ROWS { 1 } else { WAY_ROWS };
        let mut place = (room.x, room.y);
        for (index, (_, key, name, more)) in (0_u16..).zip(WAYS) {
            let row = cells::row(room, first + index * step);
            let chosen = usize::from(index) == self.selected;
            cells::line(buffer, row, key, cx.theme.accent());
            let named = if chosen { Tone::Strong } else { Tone::Plain };
            cells::line(buffer, aside(row), &cx.texts.text(name), tone(named));
            if step > 1 {
                let below = aside(cells::row(room, first + index * step + 1));
                cells::line(buffer, below, &cx.texts.text(more), tone(Tone::Quiet));
            }
            if chosen {
                place = (room.x.saturating_sub(2), row.y);
            }
        }
        let last = cells::below(room, first + 3 * step + 1);
        let data = cx.texts.fill("welcome-data", &[("path", &self.data)]);
        cells::paragraph(buffer, Rect { height: last.height.min(2), ..last }, &data, tone(Tone::Quiet));
        cells::mark(frame, place);
    }
}

/// Returns what of a row stands beside the key.
fn aside(row: Rect) -> Rect {
    Rect { x: row.x + KEY, width: row.width.saturating_sub(KEY), ..row }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_a_key_and_the_selection_stays_among_them() {
        let mut it = Welcome::new(String::new());
        assert_eq!(it.update(Msg::Choose), Some(Command::Open(Place::Import)));
        for _ in 0..5 {
            it.update(Msg::Down);
        }
        assert_eq!(it.update(Msg::Choose), Some(Command::Open(Place::Form(FormAim::Organisation))));
        it.update(Msg::Up);
        assert_eq!(it.update(Msg::Choose), Some(Command::Demonstration));
        for (way, key, name, _) in WAYS {
            let bound = Welcome::KEYS.iter().find(|it| it.msg == Msg::Take(*way));
            assert_eq!(bound.map(|it| (it.keys, it.help)), Some((*key, *name)));
        }
    }
}
