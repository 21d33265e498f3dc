//! What is derived from the data: the lists, the board, the figures at a glance, and a portfolio that is kept up.

use chantier::actions::decide::{self, decide};
use chantier::actions::directory::Selection;
use chantier::actions::overview::{gravity, overview};
use chantier::actions::portfolio::{LotRow, Portfolio};
use chantier::actions::record_entry::{Request, record};
use chantier::actions::register::contractor::{self, ContractorFields};
use chantier::actions::register::lot::{self, LotFields};
use chantier::actions::register::site::{self, SiteFields};
use chantier::actions::session::Session;
use chantier::actions::status::status_of;
use chantier::actions::{demo, settings, undo};
use chantier::demo::Spec;
use chantier::model::decision::DecisionKind;
use chantier::model::month::Month;
use chantier::rules::Status;
use chantier::texts::{Language, Texts};
use chantier::ui::screens::alerts::cards::{About, Sought, cards};
use chantier::ui::screens::follow_up::lines::{Grouping, Kept, Line, Order, Query, lines, lots};

use crate::robot::today;

/// The demonstration in memory.
pub fn demonstration(sites: u32, months: u32) -> Session {
    let mut session = Session::empty(today()).unwrap();
    session.user = "awa".into();
    let last_month = Month::of(today()).previous();
    demo::write(&mut session, &Spec { sites, months, seed: 1, last_month }, |_| {}).unwrap();
    session
}

fn rows<'a>(portfolio: &'a Portfolio, query: &Query) -> Vec<&'a LotRow> {
    lots(portfolio, query).into_iter().map(|it| &portfolio.rows[it]).collect()
}

#[test]
fn the_list_is_put_in_order() {
    let portfolio = Portfolio::load(&demonstration(24, 14)).unwrap();
    let ordered = |order| rows(&portfolio, &Query { order, ..Query::default() });
    assert_eq!(ordered(Order::Code).len(), portfolio.rows.len());
    let key = |it: &LotRow| (portfolio.project_name(it.project).to_owned(), it.code.clone());
    assert!(ordered(Order::Code).is_sorted_by_key(|it| key(it)));
    let rates: Vec<_> = ordered(Order::Rate).iter().map(|it| it.months[0].target).collect();
    let known = rates.iter().take_while(|it| it.is_some()).count();
    assert!(known > 0 && rates[..known].is_sorted() && rates[known..].iter().all(Option::is_none));
    assert!(ordered(Order::Progress).is_sorted_by_key(|it| it.known));
    let gravities: Vec<_> = ordered(Order::Gravity).into_iter().map(gravity).collect();
    assert!(gravities.is_sorted_by(|a, b| a >= b) && gravities[0] == Some(4));
    let start = (0..5).fold(Order::Code, |order, _| order.next());
    assert_eq!(start, Order::Code, "five orders go round");
}

#[test]
fn the_list_keeps_what_is_asked_for() {
    let portfolio = Portfolio::load(&demonstration(24, 14)).unwrap();
    let kept = |kept| rows(&portfolio, &Query { kept, ..Query::default() });
    assert!(kept(Kept::Alerting).iter().all(|it| it.looked.found.is_some()));
    assert!(kept(Kept::Critical).iter().all(|it| it.months[0].status == Status::Critique));
    let by_status = [Kept::Critical, Kept::Problematic, Kept::Good].map(|it| kept(it).len());
    assert!(by_status.iter().all(|it| *it > 0) && by_status.iter().sum::<usize>() <= portfolio.rows.len());
    let some = portfolio.rows.iter().find(|it| !it.contractors.is_empty()).unwrap();
    let firm = &portfolio.contractors[&some.contractors[0]];
    let words = format!("{} {}", chantier::model::text::fold(firm), chantier::model::text::fold(&some.code));
    let found = rows(&portfolio, &Query { words, ..Query::default() });
    assert!(found.iter().any(|it| it.lot == some.lot), "words in any order: contractor, then code");
    assert!(found.iter().all(|it| it.code == some.code));
    let none = Query { words: "rien de tel".into(), ..Query::default() };
    assert!(lines(&portfolio, &none).is_empty());
    let project = Some(some.project);
    assert!(
        rows(&portfolio, &Query { project, ..Query::default() }).iter().all(|it| it.project == some.project)
    );
}

#[test]
fn headings_count_what_stands_below_them() {
    let portfolio = Portfolio::load(&demonstration(24, 14)).unwrap();
    for grouping in [Grouping::Project, Grouping::Contractor] {
        let shown = lines(&portfolio, &Query { grouping, ..Query::default() });
        let headings: Vec<_> = shown
            .iter()
            .filter_map(|it| match it {
                Line::Heading(name, count) => Some((chantier::model::text::fold(name), *count)),
                Line::Lot(_) => None,
            })
            .collect();
        assert_eq!(headings.iter().map(|it| it.1).sum::<usize>(), portfolio.rows.len());
        assert!(headings.iter().filter(|it| !it.0.is_empty()).is_sorted(), "{headings:?}");
        assert!(matches!(shown[0], Line::Heading(..)));
        let groups = shown.split(|it| matches!(it, Line::Heading(..))).skip(1);
        assert!(groups.map(<[Line]>::len).eq(headings.iter().map(|it| it.1)));
    }
}

#[test]
fn the_board_has_each_alert_once_in_the_column_of_its_gravity() {
    let portfolio = Portfolio::load(&demonstration(24, 14)).unwrap();
    let texts = Texts::new(Language::French);
    let board = cards(&portfolio, &texts, &Sought::default());
    for (column, cards) in board.iter().enumerate() {
        let lots: Vec<_> = cards
            .iter()
            .filter_map(|it| match it.about {
                About::Lot(lot) => portfolio.row(lot),
                About::Missing(..) => None,
            })
            .collect();
        assert!(lots.iter().all(|it| gravity(it) == Some(column)));
        assert_eq!(lots.len(), portfolio.rows.iter().filter(|it| gravity(it) == Some(column)).count());
        assert!(lots.is_sorted_by_key(|it| it.looked.found.as_ref().and_then(|it| it.report.target)));
    }
    let late = portfolio.projects.iter().filter(|it| it.entered < it.expected).count();
    let missing = board[0].iter().filter(|it| matches!(it.about, About::Missing(..))).count();
    assert!(late > 0 && missing == late);
    let project = Some(portfolio.rows.iter().find(|it| gravity(it) == Some(4)).unwrap().project);
    let narrowed = cards(&portfolio, &texts, &Sought { project, ..Sought::default() });
    assert!(!narrowed[4].is_empty() && narrowed.iter().flatten().count() < board.iter().flatten().count());
    let words = "rien de tel".to_owned();
    assert!(cards(&portfolio, &texts, &Sought { words, ..Sought::default() }).iter().all(Vec::is_empty));
}

#[test]
fn the_glance_agrees_with_the_list_and_with_the_status_of_projects() {
    let session = demonstration(24, 14);
    let portfolio = Portfolio::load(&session).unwrap();
    let glance = overview(&session, &portfolio).unwrap();
    let status = status_of(&session, Selection::All, Some(portfolio.month)).unwrap();
    let sites = status.iter().flat_map(|it| &it.sites).filter(|it| !it.lots.is_empty()).count();
    assert_eq!(glance.sites, sites);
    assert_eq!(glance.active, portfolio.rows.iter().filter(|it| it.state.is_active()).count());
    for gravity_wanted in 1..5 {
        let lots = portfolio.rows.iter().filter(|it| gravity(it) == Some(gravity_wanted)).count();
        assert_eq!(glance.alerts[gravity_wanted], lots);
    }
    let awaited: usize = glance.awaited.iter().map(|it| it.expected - it.entered).sum();
    assert_eq!(glance.alerts[0], awaited, "what is missing is what the projects await");
    assert!(glance.heat.is_sorted_by(|a, b| a.alert >= b.alert));
    for row in &glance.heat {
        let shown = portfolio.rows.iter().find(|it| it.lot.bytes() == row.lot).unwrap();
        assert_eq!(row.months.last(), Some(&shown.months[0].status), "{}", row.code);
    }
}

/// A small generator: the same writes at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Writes something; what the actions refuse is as good as anything.
fn write_something(session: &mut Session, dice: &mut Dice, portfolio: &Portfolio) -> &'static str {
    if portfolio.rows.len() < 5 {
        let _refused = undo::undo(session);
        return "undo";
    }
    let row = &portfolio.rows[dice.below(portfolio.rows.len())];
    match dice.below(14) {
        0..5 => write_month(session, dice, row),
        5..9 => write_site(session, dice, row, portfolio),
        9 => write_lot(session, dice, row),
        10 => {
            let Some(firm) = row.contractors.first() else { return "nothing" };
            let name = Some(format!("Entreprise {}", dice.below(900)));
            let fields = ContractorFields { name, ..ContractorFields::default() };
            let _refused = contractor::edit(session, &(*firm).into(), &fields);
            "contractor"
        }
        11 if dice.below(3) == 0 => {
            let _refused = site::archive(session, &row.site.into());
            "archived site"
        }
        12 => {
            let cycle = ["strict", "glissant", "mixte"][dice.below(3)];
            let _refused = settings::set(session, "policy.cycle", cycle, None, None);
            "policy"
        }
        _ => {
            let _refused = if dice.below(2) == 0 { undo::undo(session) } else { undo::redo(session) };
            "undo"
        }
    }
}

fn write_month(session: &mut Session, dice: &mut Dice, row: &LotRow) -> &'static str {
    let month = Month::of(today()).plus(-i32::try_from(dice.below(4)).unwrap());
    if dice.below(5) > 0 {
        let typed = ["+1,5", "=", "-", "37,25", "+12", "100"][dice.below(6)].parse().unwrap();
        let _refused = record(session, &Request::of(row.lot, month, typed));
        return "figure";
    }
    let kind = DecisionKind::ALL[dice.below(5)];
    let months = (kind == DecisionKind::Remobilise).then(|| u16::try_from(1 + dice.below(9)).unwrap());
    let to = (kind == DecisionKind::Suspend).then(|| month.plus(2));
    let (place, reason) = (row.lot.into(), "essai".to_owned());
    let plan = String::new();
    let _refused =
        decide(session, &decide::Request { place, kind, reason, from: Some(month), to, months, plan });
    "decision"
}

fn write_site(session: &mut Session, dice: &mut Dice, row: &LotRow, portfolio: &Portfolio) -> &'static str {
    let (what, fields) = match dice.below(3) {
        0 => {
            let code = Some(format!("{}-{:03}", ["AAA", "MMM", "ZZZ"][dice.below(3)], dice.below(900)));
            ("code of a site", SiteFields { code, ..SiteFields::default() })
        }
        1 => {
            let duration_months = Some(u16::try_from(6 + dice.below(30)).unwrap());
            ("duration of a site", SiteFields { duration_months, ..SiteFields::default() })
        }
        _ => {
            let project = Some(portfolio.projects[dice.below(portfolio.projects.len())].project.id);
            ("project of a site", SiteFields { project, ..SiteFields::default() })
        }
    };
    let _refused = site::edit(session, &row.site.into(), &fields, None);
    what
}

fn write_lot(session: &mut Session, dice: &mut Dice, row: &LotRow) -> &'static str {
    let name = Some(format!("Lot {}", dice.below(90)));
    let fields = match dice.below(4) {
        0 => LotFields { archived: Some(true), ..LotFields::default() },
        1 => LotFields { weight: Some(150), ..LotFields::default() },
        2 => LotFields { name, ..LotFields::default() },
        _ => {
            let _refused = lot::add(session, &row.site.into(), &LotFields { name, ..LotFields::default() });
            return "new lot";
        }
    };
    let _refused = lot::edit(session, &row.lot.into(), &fields);
    "lot"
}

#[test]
fn a_portfolio_that_is_kept_up_equals_one_that_is_read_afresh() {
    let shown = |it: &Portfolio| {
        let mut contractors: Vec<_> = it.contractors.iter().map(|(id, name)| (*id, name.clone())).collect();
        contractors.sort();
        let rows: Vec<String> = it.rows.iter().map(|it| format!("{it:?}")).collect();
        (rows, format!("{:?}", it.projects), contractors, it.seen(), it.month)
    };
    for seed in 0..8 {
        let mut session = demonstration(8, 5);
        // The demonstration stays: only what is written here is taken back.
        session.user = "bina".into();
        let mut kept = Portfolio::load(&session).unwrap();
        let mut dice = Dice(seed);
        for turn in 0..40 {
            let mut written = Vec::new();
            for _ in 0..=dice.below(3) {
                written.push(write_something(&mut session, &mut dice, &kept));
            }
            kept.catch_up(&session).unwrap();
            let fresh = Portfolio::load(&session).unwrap();
            assert_eq!(shown(&kept), shown(&fresh), "seed {seed}, turn {turn}: {written:?}");
        }
        assert!(!kept.catch_up(&session).unwrap(), "nothing was written since");
    }
}
