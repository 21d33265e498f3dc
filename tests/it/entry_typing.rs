//! What is typed into the monthly grid: the grammar of figures, and that no key drops what was typed.

use chantier::actions::entry_sheet::sheet;
use chantier::actions::portfolio::Portfolio;
use chantier::actions::record_entry::Typed;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::ui::command::{Command, Place};
use chantier::ui::draft::Draft;
use chantier::ui::keymap;
use chantier::ui::screen::{Reaction, View};
use chantier::ui::screens::entry::Entry;
use crossterm::event::KeyEvent;

use crate::derived::demonstration;
use crate::robot::today;

/// The grid of a project of the demonstration and the month that is due.
fn grid() -> Entry {
    let session = demonstration(8, 5);
    let project = Portfolio::load(&session).unwrap().projects[0].project.id;
    Entry::new(sheet(&session, project, Month::of(today()).previous()).unwrap(), vec![project], None)
}

/// Presses keys named as in the key tables; returns what the last one led to.
fn press(entry: &mut Entry, keys: &str) -> Reaction {
    let pressed = keys.split(' ').map(|it| keymap::parse(it).unwrap());
    pressed.map(|(code, modifiers)| entry.key(KeyEvent::new(code, modifiers))).last().unwrap()
}

/// A grid in which a likely figure is typed into the selected row, and the figure in hundredths.
fn likely() -> (Entry, i32) {
    let mut entry = grid();
    let figure = Percent(entry.selected().unwrap().before.0 + 50);
    for letter in figure.to_string().chars() {
        press(&mut entry, &letter.to_string());
    }
    (entry, figure.0)
}

/// What is typed and not saved, in the order of the grid's rows.
fn typed(entry: &Entry) -> Vec<String> {
    match View::draft(entry) {
        Some(Draft::Figures { texts, .. }) => texts.into_iter().map(|it| it.text).collect(),
        _ => Vec::new(),
    }
}

fn records(command: &Command, percent: i32) -> bool {
    let wanted = Some(Typed::Cumulative(Percent(percent)));
    matches!(command, Command::Record(it) if it.typed == wanted && it.observation.is_none())
}

#[test]
fn a_figure_is_digits_a_point_a_leading_plus_and_a_closing_sign() {
    for (keys, kept) in [
        ("1 2 , 5", "12,5"),
        ("1 2 . 5 %", "12.5%"),
        ("+ 3 , 5", "+3,5"),
        ("1 Backspace 2", "2"),
        ("1 2 3 4 5 6 7 8 9 0 1 2 3 4", "123456789012"),
    ] {
        let mut entry = grid();
        assert_eq!(press(&mut entry, keys), Reaction::Done(None), "{keys}");
        assert_eq!(typed(&entry), [kept], "{keys}");
    }
    let mut entry = grid();
    press(&mut entry, "%");
    assert!(typed(&entry).is_empty(), "a sign that only closes a figure begins none");
}

#[test]
fn enter_and_the_arrows_save_and_everything_else_saves_first() {
    for keys in
        ["1 2 , 5 Enter", "1 2 , 5 Down", "1 2 , 5 Up", "1 2 , 5 PageDown", "1 2 , 5 Home", "1 2 , 5 n"]
    {
        let Reaction::Done(Some(command)) = press(&mut grid(), keys) else { panic!("{keys}") };
        assert!(records(&command, 1250), "{keys}: {command:?}");
    }
    for (keys, leads) in
        [("t", "trail"), ("Right", "card"), ("d", "decision"), ("o", "observation"), ("<", "month before")]
    {
        let (mut entry, likely) = likely();
        let Reaction::Done(Some(Command::Both(saved, then))) = press(&mut entry, keys) else {
            panic!("{leads}")
        };
        assert!(records(&saved, likely), "{leads}");
        assert!(matches!(*then, Command::Open(_) | Command::Replace(Place::Entry(_))), "{leads}: {then:?}");
    }
    for key in ["g", ":", "q", "?"] {
        let (mut entry, likely) = likely();
        let Reaction::First(saved) = press(&mut entry, key) else { panic!("{key}") };
        assert!(records(&saved, likely), "the keys of every screen follow what is saved: {key}");
    }
}

#[test]
fn a_figure_that_falls_is_saved_by_enter_and_not_by_leaving() {
    for key in ["g", "t", "<", ":", "q"] {
        let mut entry = grid();
        let asked = press(&mut entry, &format!("1 {key}"));
        assert_eq!(asked, Reaction::Done(Some(Command::Say("entry-doubtful-first"))), "{key}");
        assert_eq!(typed(&entry), ["1"], "{key}");
    }
}

#[test]
fn giving_up_is_asked_for_and_what_is_no_figure_stays_typed() {
    for keys in ["1 2 Esc", "1 2 Delete", "1 2 u"] {
        let mut entry = grid();
        assert_eq!(press(&mut entry, keys), Reaction::Done(None), "{keys}");
        assert!(typed(&entry).is_empty(), "{keys}");
    }
    let mut entry = grid();
    let refused = press(&mut entry, "1 , 2 , Enter");
    assert_eq!(refused, Reaction::Done(Some(Command::Say("entry-not-a-figure"))));
    assert_eq!(typed(&entry), ["1,2,"], "a refused figure waits in its row");
    press(&mut entry, "7");
    assert_eq!(
        typed(&entry).last().map(String::as_str),
        Some("7"),
        "the next one is typed into the next row"
    );
    assert_eq!(typed(&entry).len(), 2);
}

#[test]
fn a_pasted_column_waits_for_enter_and_any_other_key_gives_it_up() {
    let mut entry = grid();
    let waits = View::paste(&mut entry, "12,5\n13\n");
    assert_eq!(waits, Some(Command::Say("entry-paste-waits")));
    assert_eq!(press(&mut entry, "x"), Reaction::Done(Some(Command::Say("entry-paste-given-up"))));
    View::paste(&mut entry, "12,5\n13\n");
    let Reaction::Done(Some(Command::RecordAll(all))) = press(&mut entry, "Enter") else {
        panic!("not saved")
    };
    assert_eq!(all.len(), 2);
    let unreadable = View::paste(&mut entry, "12,5\nbonjour\n");
    assert_eq!(unreadable, Some(Command::Say("entry-paste-unreadable")));
}
