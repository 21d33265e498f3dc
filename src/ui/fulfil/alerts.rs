//! Reads why the selected alert stands.

use crate::actions::alerts::{Alert, Grounds, RecipientNames, missing_alert, recipients};
use crate::actions::failure::Failure;
use crate::actions::lot_card::{LotCard, lot_card};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::texts::site_and_lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::alerts::{About, Alerts, Detail};
use crate::ui::world::World;

/// Opens the board.
pub fn open() -> AnyScreen {
    AnyScreen::Alerts(Box::default())
}

/// Reads why the selected alert stands.
pub fn fill(screen: &mut Alerts, world: &World) -> Result<(), Failure> {
    let Some(about) = screen.detail_wanted() else { return Ok(()) };
    let alert = match about {
        About::Lot(lot) => {
            let card = lot_card(&world.session, lot, None)?;
            if card.alert.is_none() {
                screen.explain(withdrawn(world, about, &card));
            }
            card.alert
        }
        About::Missing(project, month) => missing(world, project, month)?,
    };
    if let Some(alert) = alert {
        screen.explain(explained(world, about, &alert)?);
    }
    Ok(())
}

/// What there is to say of a lot whose contractor was withdrawn: the decision, and the way back.
fn withdrawn(world: &World, about: About, card: &LotCard) -> Detail {
    let texts = &world.texts;
    let decided = card.decisions.first().map(|it| {
        let what = texts.text(&format!("decision-{}", it.decision.kind.word()));
        let from = texts.month(it.decision.from);
        let by_policy = it.reason.is_empty().then(|| texts.text("decided-by-policy"));
        let reason = by_policy.as_ref().unwrap_or(&it.reason);
        texts.fill("card-decision", &[("what", &what), ("from", &from), ("reason", reason)])
    });
    let sentences = decided.into_iter().chain([texts.text("alerts-out")]).collect();
    let head = site_and_lot(&card.site.code, &card.site.name, &card.lot.name);
    Detail { about, head, sentences, defects: String::new() }
}

fn missing(world: &World, project: Id<Project>, month: Month) -> Result<Option<Alert>, Failure> {
    let rows = world.portfolio.rows.iter().filter(|it| it.project == project);
    let lots: Vec<_> = rows.filter_map(|it| Some((it.lot, it.looked.missing_since?))).collect();
    let expected =
        world.portfolio.projects.iter().find(|it| it.project.id == project).map_or(0, |it| it.expected);
    missing_alert(world.session.store.read(), project, month, expected, &lots)
}

fn explained(world: &World, about: About, alert: &Alert) -> Result<Detail, Failure> {
    let texts = &world.texts;
    let names = RecipientNames::load(&world.session)?;
    let project = world.portfolio.project_name(alert.project);
    let mut sentences = vec![texts.reason(alert)];
    let head = match &alert.grounds {
        Grounds::Missing { .. } => project.to_owned(),
        Grounds::Rule { site, lot, next, .. } => {
            sentences.push(texts.next_sentence(next));
            let firms = lot.contractors.iter().filter_map(|it| world.portfolio.contractors.get(it));
            let firms = firms.map(String::as_str).collect::<Vec<_>>().join(" / ");
            let place = site_and_lot(&site.code, &site.name, &lot.name);
            [place.as_str(), &firms, project]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        }
    };
    let unreachable: Vec<String> =
        recipients(alert, &names).into_iter().filter(|it| it.email.is_none()).map(|it| it.name).collect();
    let defects = if unreachable.is_empty() {
        String::new()
    } else {
        texts.fill("alerts-unreachable", &[("names", &unreachable.join(", "))])
    };
    Ok(Detail { about, head, sentences, defects })
}
