//! Bad luck at the screens: others who write, a file that goes away, a draft without a place.

use chantier::actions::names::Wanted;
use chantier::actions::record_entry::{self, Request};
use chantier::actions::register::site;
use chantier::actions::session::Session;
use chantier::actions::{demo, export};
use chantier::demo::Spec;
use chantier::model::id::Id;
use chantier::model::month::Month;
use chantier::model::site::Lot;
use chantier::texts::{Language, Texts};
use chantier::ui::draft::{Draft, LotText};
use chantier::ui::local::Local;
use chantier::ui::world::World;
use tempfile::TempDir;

use crate::robot::{Robot, THEME, desk, today};

/// A demonstration in a file, and who works on it.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: TempDir::new().unwrap() };
        let mut session = office.session("awa", true);
        let last_month = Month::of(today()).previous();
        demo::write(&mut session, &Spec { sites: 24, months: 14, seed: 1, last_month }, |_| {}).unwrap();
        office
    }

    fn session(&self, user: &str, create: bool) -> Session {
        let desk = desk(self.folder.path());
        Session::open(&desk.path, create, user.into(), (desk.clock)(), desk.today).unwrap()
    }

    fn local(&self) -> Local {
        Local::new(self.folder.path().join("state"), &desk(self.folder.path()).path)
    }

    /// Sits down at the screens.
    fn robot(&self) -> Robot {
        let desk = desk(self.folder.path());
        Robot::in_world(World::new(desk, Texts::new(Language::French), THEME, self.local()).unwrap(), 80, 24)
    }

    /// Somebody else records a figure of March.
    fn record(&self, code: &str, value: &str) {
        let request = Request {
            place: Wanted::Named(code.into()),
            month: march(),
            typed: Some(value.parse().unwrap()),
            observation: None,
            cause: None,
            attribution: None,
            normal: None,
        };
        record_entry::record(&mut self.session("bob", false), &request).unwrap();
    }

    /// Returns the figures of March, as `CODE value`.
    fn figures(&self) -> Vec<String> {
        let mut found = Vec::new();
        export::entries(&self.session("eve", false), |row| {
            if row.month == march()
                && let Some(cumulative) = row.cumulative
            {
                found.push(format!("{} {cumulative}", row.site_code));
            }
        })
        .unwrap();
        found
    }
}

fn march() -> Month {
    Month::new(2026, 3).unwrap()
}

#[test]
fn what_others_write_is_shown_when_the_hands_rest() {
    let office = Office::new();
    let mut robot = office.robot();
    robot.press("g e").sees("86,00");
    office.record("CEG-001", "88,25");
    robot.misses("88,25").press("Down").rest().sees("88,25");
    robot.press("g t").rest();
    office.record("CEG-006", "84");
    robot.press("g s").rest().sees("84,0");
}

#[test]
fn what_is_typed_stays_with_its_lot_when_others_fill_it_in() {
    let office = Office::new();
    let mut robot = office.robot();
    robot.press("g e m").sees("CEG-006").misses("CEG-001").type_text("85");
    office.record("CEG-006", "84");
    robot.rest().sees("CEG-006").type_text(",5\n");
    assert!(office.figures().contains(&"CEG-006 85.50".to_owned()), "{:?}", office.figures());
}

#[test]
fn what_is_typed_for_a_lot_that_is_gone_goes_nowhere_else() {
    let office = Office::new();
    let before = office.figures();
    let mut robot = office.robot();
    robot.press("g e").sees("CEG-006").type_text("99");
    let mut other = office.session("bob", false);
    site::archive(&mut other, &Wanted::Named("CEG-006".into())).unwrap();
    robot.rest().misses("CEG-006").press("Enter").press("Enter");
    let left: Vec<_> = before.into_iter().filter(|it| !it.starts_with("CEG-006")).collect();
    assert_eq!(office.figures(), left, "nobody else got the figure");
}

#[test]
fn a_draft_without_a_place_is_kept_beside() {
    let office = Office::new();
    let before = office.figures();
    let unknown: Id<Lot> = Id::from_bytes([7; 16]);
    let texts = vec![LotText { lot: unknown, text: "12,5".into() }];
    office.local().keep_draft(Some(&Draft::Figures { month: march(), texts })).unwrap();
    let mut robot = office.robot();
    robot.application.take_up_draft();
    robot.rest().sees("n’a plus sa place").press("Enter");
    assert_eq!(office.figures(), before, "another lot did not get the figure");
    assert_eq!(office.local().draft(), None);
    let names = std::fs::read_dir(office.folder.path().join("state")).unwrap();
    let kept: Vec<_> =
        names.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap_or_default()).collect();
    assert!(kept.iter().any(|it| it.contains("12,5")), "{kept:?}");
}

#[test]
fn a_file_that_was_removed_or_replaced_takes_no_more_figures() {
    for replaced in [false, true] {
        let office = Office::new();
        let path = desk(office.folder.path()).path;
        let mut robot = office.robot();
        robot.press("g e").sees("CEG-006");
        std::fs::rename(&path, path.with_extension("old")).unwrap();
        if replaced {
            std::fs::copy(path.with_extension("old"), &path).unwrap();
        }
        robot.type_text("85,5\n").sees("déplacée, remplacée ou supprimée").sees("! CEG-006").sees("85,5");
        robot.rest().sees("déplacée");
        std::fs::rename(path.with_extension("old"), &path).unwrap();
        robot.press("Home Down Down Enter").type_text("\n").misses("! CEG-006");
        assert!(office.figures().contains(&"CEG-006 85.50".to_owned()), "{:?}", office.figures());
    }
}

#[test]
fn a_draft_that_cannot_be_kept_does_not_hide_what_was_said() {
    let office = Office::new();
    std::fs::write(office.folder.path().join("state"), "no folder").unwrap();
    let mut robot = office.robot();
    robot.press("g e Home").type_text("150\n").sees("dépasse 100").rest().sees("dépasse 100");
    robot.type_text("9").rest().sees("petit fichier");
}
