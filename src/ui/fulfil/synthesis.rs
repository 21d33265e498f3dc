//! Reads what the synthesis table shows.

use crate::actions::directory::Selection;
use crate::actions::failure::Failure;
use crate::actions::register::lot::own_name;
use crate::actions::status::{LotStatus, ProjectStatus, SiteStatus, status_of};
use crate::model::id::Id;
use crate::model::organisation::Project;
use crate::rules::{MonthReport, Outcome, Status};
use crate::texts::{Tone, outcome_tone, tone};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::synthesis::{COLUMNS, Content, Row, Synthesis, Wanted};
use crate::ui::world::World;

/// The statuses that the line of totals counts, gravest first.
const COUNTED: [Status; 8] = [
    Status::Critique,
    Status::Problematique,
    Status::Bon,
    Status::NonRenseigne,
    Status::Suspendu,
    Status::Acheve,
    Status::ACompleter,
    Status::HorsSuivi,
];

/// Opens the screen.
pub fn open(world: &mut World, project: Option<Id<Project>>) -> Result<AnyScreen, Failure> {
    let mut screen = Synthesis::new(project);
    screen.show(content(world, (project, None))?);
    Ok(AnyScreen::Synthesis(Box::new(screen)))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Synthesis, world: &World) -> Result<(), Failure> {
    screen.show(content(world, screen.wanted())?);
    Ok(())
}

/// Reads another month or project once it is asked for.
pub fn fill(screen: &mut Synthesis, world: &World) -> Result<(), Failure> {
    if let Some(wanted) = screen.lacks() {
        screen.show(content(world, wanted)?);
    }
    Ok(())
}

fn content(world: &World, (project, month): Wanted) -> Result<Content, Failure> {
    let projects: Vec<Id<Project>> = world.portfolio.projects.iter().map(|it| it.project.id).collect();
    let project = project.filter(|it| projects.contains(it)).or(projects.first().copied());
    let month = month.unwrap_or(world.portfolio.month);
    let (month, last) = (Some(month), Some(world.session.this_month()));
    let Some(id) = project else { return Ok(Content { month, last, ..Content::default() }) };
    let found = status_of(&world.session, Selection::Project(id), month)?;
    let has_lots = found.iter().flat_map(|it| &it.sites).any(|it| it.lots.len() > 1);
    Ok(Content {
        project,
        name: world.portfolio.project_name(id).to_owned(),
        projects,
        month,
        last,
        rows: found.iter().flat_map(|it| rows(world, it)).collect(),
        has_lots,
        totals: found.first().map(|it| totals(world, it)).unwrap_or_default(),
    })
}

fn rows(world: &World, project: &ProjectStatus) -> Vec<Row> {
    let sites = project.sites.iter().filter(|it| !it.lots.is_empty());
    let numbered = sites.zip(1_usize..);
    let rows = numbered.flat_map(|(site, number)| {
        site.lots.iter().enumerate().map(move |(at, lot)| {
            let number = if at == 0 { number.to_string() } else { String::new() };
            Row { lot: lot.lot.id, cells: cells(world, site, lot, &number) }
        })
    });
    rows.collect()
}

/// Returns the cells of a lot; what belongs to the whole site stands in the row of its first lot.
fn cells(world: &World, site: &SiteStatus, lot: &LotStatus, number: &str) -> Vec<(String, Tone)> {
    let texts = &world.texts;
    let [now, before, earlier] = &lot.view.months;
    let of_site = |text: &str| if number.is_empty() { String::new() } else { text.to_owned() };
    let start = site.site.start.map(|it| it.month.to_string()).unwrap_or_default();
    let duration = lot.durations.last().filter(|(_, months)| *months > 0);
    let status = tone(now.status);
    let plain = |text: String| (text, Tone::Plain);
    let cells = vec![
        (number.to_owned(), Tone::Quiet),
        plain(of_site(&site.site.code)),
        plain(of_site(&site.site.name)),
        plain(own_name(&lot.lot).to_owned()),
        plain(lot.contractors.join(" / ")),
        plain(start),
        plain(duration.map(|(_, months)| months.to_string()).unwrap_or_default()),
        plain(cumulative(world, lot, earlier)),
        plain(cumulative(world, lot, before)),
        plain(cumulative(world, lot, now)),
        plain(texts.hundredths(now.month_progress)),
        plain(texts.rate(now.normal)),
        (format!("{}{}", if now.estimated { "~" } else { "" }, texts.rate(now.target)), status),
        (now.delay().map_or_else(|| "–".to_owned(), |it| texts.decimal(&it.to_decimal_string_up(2))), status),
        (format!("{} {}", texts.status_letter(now.status), texts.status_word(now.status)), status),
        (outcome(world, now), outcome_tone(now.outcome)),
        plain(lot.observation.replace('\n', " ")),
    ];
    debug_assert_eq!(cells.len(), COLUMNS.len());
    cells
}

/// Shows a cumulative figure, marked where two versions of it compete.
fn cumulative(world: &World, lot: &LotStatus, report: &MonthReport) -> String {
    let contested = lot.contested.contains(&report.month);
    let sign = if contested { crate::ui::theme::CONTESTED } else { "" };
    format!("{sign}{}", world.texts.progress(report))
}

fn outcome(world: &World, report: &MonthReport) -> String {
    match report.outcome {
        Outcome::Aucun | Outcome::HorsSuivi => String::new(),
        outcome => world.texts.outcome_word(outcome),
    }
}

fn totals(world: &World, project: &ProjectStatus) -> String {
    let texts = &world.texts;
    let lots: Vec<Status> =
        project.sites.iter().flat_map(|it| &it.lots).map(|it| it.view.months[0].status).collect();
    let progress = texts.rate(project.progress);
    let sites = project.sites.iter().filter(|it| !it.lots.is_empty()).count();
    let head = texts.fill("synthesis-totals", &[("sites", &sites), ("progress", &progress)]);
    let counts = COUNTED.into_iter().filter_map(|status| {
        let count = lots.iter().filter(|it| **it == status).count();
        (count > 0).then(|| format!("{}\u{a0}{count}", texts.status_word(status)))
    });
    std::iter::once(head).chain(counts).collect::<Vec<_>>().join(" · ")
}
