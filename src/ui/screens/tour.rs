//! A tour in a few steps: a band below each screen says what is seen on it.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::texts::Tone;
use crate::ui::command::{Command, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};
use crate::ui::widgets::cells;

/// Rows of the band: its rule, a title, and as many lines of text as the smallest window needs.
const ROWS: u16 = 5;

/// What a step shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The portfolio at a glance.
    Dashboard,
    /// The list of sites.
    FollowUp,
    /// The card of the lot in the worst state.
    WorstCard,
    /// The monthly grid.
    Entry,
    /// The board of alerts.
    Alerts,
    /// The trail of the lot in the worst state.
    WorstTrail,
    /// The import of a workbook.
    Import,
}

/// One step.
pub struct Step {
    /// What is seen above the band.
    pub sight: Sight,
    /// Message key of its title.
    pub title: &'static str,
    /// Message key of what it says.
    pub text: &'static str,
}

/// The steps, at most ten.
pub const STEPS: [Step; 9] = [
    Step { sight: Sight::Dashboard, title: "tour-dashboard", text: "tour-dashboard-text" },
    Step { sight: Sight::FollowUp, title: "tour-follow-up", text: "tour-follow-up-text" },
    Step { sight: Sight::WorstCard, title: "tour-card", text: "tour-card-text" },
    Step { sight: Sight::Entry, title: "tour-entry", text: "tour-entry-text" },
    Step { sight: Sight::Alerts, title: "tour-alerts", text: "tour-alerts-text" },
    Step { sight: Sight::WorstTrail, title: "tour-trail", text: "tour-trail-text" },
    Step { sight: Sight::WorstTrail, title: "tour-undo", text: "tour-undo-text" },
    Step { sight: Sight::Dashboard, title: "tour-palette", text: "tour-palette-text" },
    Step { sight: Sight::Import, title: "tour-exchange", text: "tour-exchange-text" },
];

/// A step of the tour.
pub struct Tour {
    /// Its number, from 0.
    step: usize,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The next step; after the last one the tour ends.
    Next,
    /// The step before.
    Previous,
}

impl Tour {
    /// Shows a step, or the last one.
    pub fn new(step: usize) -> Self {
        Self { step: step.min(STEPS.len() - 1) }
    }

    fn at_first(&self) -> Option<&'static str> {
        (self.step == 0).then_some("tour-at-first")
    }
}

impl Screen for Tour {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter Right l", Msg::Next, "tour-next").hinted(),
        Binding::new("Left h", Msg::Previous, "tour-previous").hinted().unless(Self::at_first),
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        cx.texts.text("place-tour")
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        let step = match msg {
            Msg::Next if self.step + 1 == STEPS.len() => return Some(Command::Back),
            Msg::Next => self.step + 1,
            Msg::Previous => self.step.saturating_sub(1),
        };
        Some(Command::Open(Place::Tour(step)))
    }

    fn floating(&self, area: Size) -> Option<Size> {
        Some(Size { width: area.width, height: ROWS.min(area.height) })
    }

    fn is_band(&self) -> bool {
        true
    }

    // ──────────────────────────────────────────────────────────────
    //   2/9 Le suivi
    //   Tous les sites, mois par mois : …
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let Some(step) = STEPS.get(self.step) else { return };
        let title = format!("{}/{} · {}", self.step + 1, STEPS.len(), cx.texts.text(step.title));
        let buffer = frame.buffer_mut();
        cells::line(buffer, cells::row(area, 0), &title, cx.theme.tone(Tone::Strong));
        let text = cells::below(area, 1);
        cells::paragraph(buffer, text, &cx.texts.text(step.text), cx.theme.tone(Tone::Plain));
        frame.set_cursor_position((area.x, area.y));
    }
}
