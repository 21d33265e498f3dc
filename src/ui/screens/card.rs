//! The card of a lot on a screen of its own.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::actions::lot_card::LotCard;
use crate::actions::register::lot::WHOLE;
use crate::ui::command::{Archived, Command, EntryAim, FormAim, NoticesAim, Place};
use crate::ui::keymap::Binding;
use crate::ui::screen::{Cx, Screen};
use crate::ui::widgets::{cells, lot_card};

/// The card of a lot.
pub struct Card {
    /// What it shows.
    pub card: LotCard,
}

/// What is asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Enter figures.
    Enter,
    /// The trail.
    Trail,
    /// Decide.
    Decide,
    /// The observation of the month.
    Observe,
    /// Edit the site.
    Edit,
    /// Edit the lot.
    EditLot,
    /// Add a lot to the site.
    AddLot,
    /// Edit the contractor.
    Contractor,
    /// Archive the lot, or the site while it has only one.
    Archive,
    /// Prepare the notice that its alert or decision calls for.
    Notice,
    /// Prepare a formal notice.
    Formal,
    /// Back to the list.
    Back,
}

impl Screen for Card {
    type Msg = Msg;
    const KEYS: &'static [Binding<Self>] = &[
        Binding::new("Enter t", Msg::Trail, "key-trail").hinted(),
        Binding::new("s", Msg::Enter, "key-enter-figures").hinted(),
        Binding::new("d", Msg::Decide, "key-decide").hinted(),
        Binding::new("o", Msg::Observe, "key-observe").hinted(),
        Binding::new("e", Msg::Edit, "key-edit-site").hinted(),
        Binding::new("n", Msg::Notice, "key-notice"),
        Binding::new("N", Msg::Formal, "key-notice-formal"),
        Binding::new("E", Msg::EditLot, "key-edit-lot"),
        Binding::new("L", Msg::AddLot, "key-add-lot"),
        Binding::new("c", Msg::Contractor, "key-edit-contractor").unless(nobody),
        Binding::new("D", Msg::Archive, "key-archive-lot"),
        Binding::new("Left h", Msg::Back, "key-back"),
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        if self.card.site.code.is_empty() { self.card.site.name.clone() } else { self.card.site.code.clone() }
    }

    fn aside(&self, cx: &Cx<'_>) -> String {
        cx.texts.month(self.card.view.months[0].month)
    }

    fn update(&mut self, msg: Msg) -> Option<Command> {
        let (lot, site) = (self.card.lot.id, self.card.site.id);
        let month = self.card.view.months[0].month;
        Some(match msg {
            Msg::Enter => {
                let project = Some(self.card.project.id);
                Command::Open(Place::Entry(EntryAim { project, month: None, lot: Some(lot) }))
            }
            Msg::Trail => Command::Open(Place::Trail(lot, None)),
            Msg::Decide => Command::Open(Place::Decide(lot)),
            Msg::Observe => Command::Open(Place::Observation(lot, month)),
            Msg::Edit => Command::Open(Place::Form(FormAim::EditSite(site))),
            Msg::EditLot => Command::Open(Place::Form(FormAim::EditLot(lot))),
            Msg::AddLot => Command::Open(Place::Form(FormAim::AddLot(site))),
            Msg::Contractor => {
                let firm = self.card.contractors.first()?;
                Command::Open(Place::Form(FormAim::EditContractor(firm.id)))
            }
            Msg::Archive if self.card.lot.name == WHOLE => Command::Archive(Archived::Site(site)),
            Msg::Archive => Command::Archive(Archived::Lot(lot)),
            Msg::Notice => Command::Open(Place::Notices(NoticesAim::OfLot(lot))),
            Msg::Formal => Command::Open(Place::Notices(NoticesAim::Formal(lot))),
            Msg::Back => Command::Back,
        })
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let room = cells::below(cells::inset(area, 2), 1);
        lot_card::draw_wide(&self.card, frame.buffer_mut(), room, cx);
        frame.set_cursor_position((room.x, room.y));
    }
}

fn nobody(card: &Card) -> Option<&'static str> {
    card.card.contractors.is_empty().then_some("card-nobody")
}
