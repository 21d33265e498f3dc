//! `chantier site`: sites.

use serde_json::{Value, json};

use super::{facts, list, said, said_edited};
use crate::actions::directory::{Directory, Place, Selection};
use crate::actions::names;
use crate::actions::register::site::{self, SiteFields};
use crate::actions::session::Session;
use crate::cli::arguments::{Site as Arguments, SiteTerms, SiteVerb};
use crate::cli::context::Context;
use crate::cli::table::Layout;
use crate::cli::{Done, Stop};
use crate::model::money;
use crate::model::percent::Percent;
use crate::model::site::Start;

/// Lists, shows, adds, edits or archives sites.
pub fn run(context: &Context, arguments: Arguments) -> Result<Done, Stop> {
    match arguments.verb {
        SiteVerb::List { project } => all(context, project.as_deref()),
        SiteVerb::Show { site } => show(context, &site),
        SiteVerb::Add { code, project, contractor, terms } => {
            let mut session = context.open()?;
            let fields = SiteFields { code: Some(code.clone()), ..fields(&session, terms)? };
            let firms = site::add(&mut session, &project.into(), &fields, &contractor)?;
            for firm in &firms {
                said(context, "contractor-added", firm);
            }
            Ok(said(context, "added", &code))
        }
        SiteVerb::Edit { site, code, from, terms } => {
            let mut session = context.open()?;
            let fields = SiteFields { code, ..fields(&session, terms)? };
            let changed = site::edit(&mut session, &site.as_str().into(), &fields, from)?;
            Ok(said_edited(context, changed, &site))
        }
        SiteVerb::Archive { site } => {
            let archived = site::archive(&mut context.open()?, &site.into())?;
            let name = if archived.code.is_empty() { archived.name } else { archived.code };
            Ok(said(context, "archived", &name))
        }
    }
}

fn all(context: &Context, project: Option<&str>) -> Result<Done, Stop> {
    let session = context.open()?;
    let read = session.store.read();
    let project = project.map(|it| names::project(read, it)).transpose()?;
    let directory = Directory::load(read, project.map_or(Selection::All, |it| Selection::Project(it.id)))?;
    let rows = directory.places.iter().map(|it| {
        let site = &it.site;
        let start = site.start.map(|it| it.to_string()).unwrap_or_default();
        let duration =
            site.duration_months.map_or_else(|| context.texts.text("to-complete"), |it| it.to_string());
        let firms = firms(&directory, it).join(" / ");
        let project = directory.project(site.project).to_owned();
        (
            vec![site.code.clone(), site.name.clone(), project, firms, start, duration],
            json(&directory, it, None),
        )
    });
    let titles = [
        ("column-code", Layout::Left),
        ("column-site", Layout::Flexible),
        ("column-project", Layout::Optional),
        ("column-contractor", Layout::Optional),
        ("column-start", Layout::Left),
        ("column-duration", Layout::Right),
    ];
    list(context, &titles, rows.collect())
}

fn show(context: &Context, wanted: &str) -> Result<Done, Stop> {
    let session = context.open()?;
    let read = session.store.read();
    let found = names::site(read, wanted)?;
    let budget = read.budget(found.id)?;
    let directory = Directory::load(read, Selection::Site(found.id))?;
    let place = Place { lots: read.lots_of(found.id)?, site: found };
    let site = &place.site;
    let lots = place.lots.iter().filter(|it| !it.archived).map(|it| it.name.clone()).collect::<Vec<_>>();
    let shown = [
        ("field-code", site.code.clone()),
        ("field-name", site.name.clone()),
        ("field-project", directory.project(site.project).to_owned()),
        ("field-address", site.address.clone()),
        ("field-start", site.start.map(|it| it.to_string()).unwrap_or_default()),
        (
            "field-duration",
            site.duration_months.map_or_else(
                || context.texts.text("to-complete"),
                |it| context.texts.fill("months", &[("count", &it)]),
            ),
        ),
        ("field-initial", format!("{} %", context.texts.hundredths(Some(site.initial.hundredths())))),
        ("field-architect", site.architect.clone()),
        ("field-manager", site.manager.clone()),
        ("field-contractor", firms(&directory, &place).join(" / ")),
        ("field-lots", lots.join(" ; ")),
        (
            "field-budget",
            budget
                .as_ref()
                .map(|(amount, currency)| context.texts.decimal(&money::shown(*amount, currency)))
                .unwrap_or_default(),
        ),
    ];
    facts(context, &shown, &json(&directory, &place, budget.as_ref()))
}

fn fields(session: &Session, terms: SiteTerms) -> Result<SiteFields, Stop> {
    let currency = session.organisation()?.currency;
    Ok(SiteFields {
        project: None,
        code: None,
        name: terms.name,
        address: terms.address,
        start: terms.start.map(|it| it.parse::<Start>()).transpose()?,
        duration_months: terms.duration,
        initial: terms.initial.map(|it| it.parse::<Percent>()).transpose()?,
        architect: terms.architect,
        manager: terms.manager,
        budget: terms.budget.map(|it| money::minor(&it, &currency)).transpose()?,
        ..SiteFields::default()
    })
}

fn firms(directory: &Directory, place: &Place) -> Vec<String> {
    let mut firms: Vec<String> = Vec::new();
    for firm in place.lots.iter().flat_map(|it| directory.contractors_of(it)) {
        if !firms.contains(&firm) {
            firms.push(firm);
        }
    }
    firms
}

fn json(directory: &Directory, it: &Place, budget: Option<&(i64, String)>) -> Value {
    let site = &it.site;
    json!({
        "id": site.id.to_string(), "project": directory.project(site.project), "site_code": site.code, "site": site.name,
        "address": site.address, "start": site.start.map(|it| it.to_string()), "duration_months": site.duration_months,
        "initial": site.initial.to_string(), "architect": site.architect, "manager": site.manager,
        "contractors": firms(directory, it), "lots": it.lots.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        "budget": budget.map(|(amount, currency)| money::shown(*amount, currency)), "archived": site.archived,
    })
}
