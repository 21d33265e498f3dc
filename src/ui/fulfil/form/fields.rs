//! The fields of every form, with what is known.

use crate::actions::directory::{Directory, Selection};
use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::register::lot::WHOLE;
use crate::actions::register::organisation::{CURRENCY, ZONE};
use crate::actions::settings::DURATION;
use crate::model::id::Id;
use crate::model::money;
use crate::model::month::Month;
use crate::model::organisation::{Contact, Contractor, Party, Post, Project};
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::texts::decimal;
use crate::ui::command::FormAim;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::form::Form;
use crate::ui::widgets::check::Check;
use crate::ui::widgets::field::{Choice, Field};
use crate::ui::world::World;

/// Message key of the title, what is changed, the fields.
type Parts = (&'static str, String, Vec<Field>);

/// Opens a form.
pub fn open(world: &World, aim: FormAim) -> Result<AnyScreen, Failure> {
    let (heading, name, fields) = match aim {
        FormAim::Organisation => organisation(world)?,
        FormAim::AddProject => ("form-add-project", String::new(), project(world, None)?),
        FormAim::EditProject(id) => {
            let it = names::wanted_project(world.session.store.read(), &id.into())?;
            ("form-edit-project", it.name.clone(), project(world, Some(&it))?)
        }
        FormAim::AddSite(project) => ("form-add-site", String::new(), new_site(world, project)?),
        FormAim::EditSite(id) => edit_site(world, id)?,
        FormAim::AddLot(id) => {
            let site = names::wanted_site(world.session.store.read(), &id.into())?;
            ("form-add-lot", code_or_name(&site), lot(world, None)?)
        }
        FormAim::EditLot(id) => {
            let (site, it) = names::known_lot(world.session.store.read(), id)?;
            let name = crate::actions::record_entry::place(&site, &it);
            ("form-edit-lot", name, lot(world, Some(&it))?)
        }
        FormAim::AddContractor => ("form-add-contractor", String::new(), contractor(world, None)?),
        FormAim::EditContractor(id) => {
            let it = names::wanted_contractor(world.session.store.read(), &id.into())?;
            ("form-edit-contractor", it.party.name.clone(), contractor(world, Some(&it))?)
        }
        FormAim::AddContact => ("form-add-contact", String::new(), contact(world, None)?),
        FormAim::EditContact(id) => {
            let it = names::wanted_contact(world.session.store.read(), &id.into())?;
            ("form-edit-contact", it.party.name.clone(), contact(world, Some(&it))?)
        }
    };
    Ok(AnyScreen::Form(Box::new(Form::new(aim, heading, name, fields))))
}

/// Names a site by its code, or by its name where it has none.
pub fn code_or_name(site: &Site) -> String {
    if site.code.is_empty() { site.name.clone() } else { site.code.clone() }
}

fn organisation(world: &World) -> Result<Parts, Failure> {
    let present = world.session.store.read().organisation()?;
    let heading = if present.is_some() { "form-edit-organisation" } else { "form-add-organisation" };
    let (name, currency, zone) = present.map_or_else(
        || (String::new(), CURRENCY.to_owned(), ZONE.to_owned()),
        |it| (it.name, it.currency, it.zone),
    );
    let fields = vec![
        Field::text("form-name", Check::Name, &name),
        Field::text("form-currency", Check::Currency, &currency).hinted("hint-currency"),
        Field::text("form-zone", Check::Zone, &zone).hinted("hint-zone"),
    ];
    Ok((heading, name, fields))
}

fn project(world: &World, it: Option<&Project>) -> Result<Vec<Field>, Failure> {
    world.session.organisation()?;
    let client = it.map(|it| it.client.clone()).unwrap_or_default();
    let name = it.map_or("", |it| &it.name);
    let usual = match it {
        Some(it) => {
            let settings = world.session.store.read().settings()?;
            let own = settings.into_iter().find(|row| row.owner == it.id.bytes() && row.name == DURATION);
            own.map(|it| it.value).unwrap_or_default()
        }
        None => String::new(),
    };
    Ok(vec![
        Field::text("form-name", Check::Name, name),
        Field::text("form-client", Check::Any, &client.name),
        Field::text("form-client-address", Check::Any, &client.address),
        Field::text("form-client-email", Check::Email, &client.email).hinted("hint-email"),
        Field::text("form-client-phone", Check::Any, &client.phone),
        Field::text("form-usual-duration", Check::Months, &usual).hinted("hint-usual-duration"),
    ])
}

/// The projects to choose from; `first` is put before them.
fn projects(world: &World, first: Option<Choice>) -> Result<Vec<Choice>, Failure> {
    let known = world.session.store.read().projects()?.into_iter().filter(|it| !it.archived);
    let named = known.map(|it| Choice { value: it.id.to_string(), label: it.name });
    Ok(first.into_iter().chain(named).collect())
}

fn new_site(world: &World, project: Option<Id<Project>>) -> Result<Vec<Field>, Failure> {
    let currency = world.session.organisation()?.currency;
    let options = projects(world, None)?;
    if options.is_empty() {
        return Err(Problem::new("form-no-project").into());
    }
    let chosen = project.map(|it| it.to_string()).unwrap_or_default();
    Ok(vec![
        Field::choice("form-project", options, &chosen).hinted("hint-choice"),
        Field::text("form-code", Check::Name, "").hinted("hint-code"),
        Field::text("form-name", Check::Any, "").hinted("hint-site-name"),
        Field::text("form-address", Check::Any, ""),
        Field::text("form-start", Check::Start, "").hinted("hint-start"),
        Field::text("form-duration", Check::Months, "").hinted("hint-duration"),
        Field::text("form-initial", Check::Progress, "").hinted("hint-initial"),
        Field::text("form-contractors", Check::Any, "").hinted("hint-contractors"),
        Field::text("form-architect", Check::Any, ""),
        Field::text("form-manager", Check::Any, ""),
        Field::text("form-budget", Check::Amount(currency.clone()), "")
            .hinted("hint-budget")
            .noted(Some(currency)),
    ])
}

fn edit_site(world: &World, id: Id<Site>) -> Result<Parts, Failure> {
    let read = world.session.store.read();
    let it = names::wanted_site(read, &Wanted::Known(id))?;
    let own = world.session.organisation()?.currency;
    let (budget, currency) = read.budget(id)?.map_or_else(
        || (String::new(), own.clone()),
        |(minor, currency)| (amount(minor, &currency, world), currency),
    );
    let initial =
        if it.initial.0 == 0 { String::new() } else { world.texts.decimal(&it.initial.to_string()) };
    let text = |it: Option<String>| it.unwrap_or_default();
    let duration = text(it.duration_months.map(|it| it.to_string()));
    let chosen = it.project.to_string();
    let mut fields = vec![
        Field::choice("form-project", projects(world, None)?, &chosen).hinted("hint-choice"),
        Field::text("form-code", Check::Any, &it.code).hinted("hint-code"),
        Field::text("form-name", Check::Name, &it.name),
        Field::text("form-address", Check::Any, &it.address),
        Field::text("form-start", Check::Start, &text(it.start.map(|it| it.to_string())))
            .hinted("hint-start"),
        Field::text("form-duration", Check::Months, &duration)
            .hinted("hint-duration")
            .noted(amendments(world, id)?),
    ];
    if it.duration_months.is_some() {
        fields.push(Field::text("form-from", Check::Month, "").hinted("hint-from"));
    }
    fields.extend([
        Field::text("form-initial", Check::Progress, &initial).hinted("hint-initial"),
        Field::text("form-architect", Check::Any, &it.architect),
        Field::text("form-manager", Check::Any, &it.manager),
        Field::text("form-budget", Check::Amount(own), &budget).hinted("hint-budget").noted(Some(currency)),
    ]);
    Ok(("form-edit-site", code_or_name(&it), fields))
}

/// Names the durations that later amendments gave a site.
fn amendments(world: &World, site: Id<Site>) -> Result<Option<String>, Failure> {
    let rows = world.session.store.read().settings()?.into_iter();
    let own = rows.filter(|it| it.owner == site.bytes() && it.name == DURATION && it.month > Month::MIN);
    let named: Vec<String> = own
        .map(|it| {
            let month = world.texts.month(it.month);
            world.texts.fill("duration-from", &[("months", &it.value), ("month", &month)])
        })
        .collect();
    Ok((!named.is_empty()).then(|| named.join(" ; ")))
}

/// Shows an amount as it is typed: groups of three digits.
fn amount(minor: i64, currency: &str, world: &World) -> String {
    let shown = money::shown(minor, currency);
    let number = shown.split(' ').next().unwrap_or_default();
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|it| it.iter().collect()).collect();
    let point = if rest.is_empty() { String::new() } else { world.texts.decimal(&format!(".{rest}")) };
    groups.join(" ") + &point
}

fn lot(world: &World, it: Option<&Lot>) -> Result<Vec<Field>, Failure> {
    let names = match it {
        Some(it) => Directory::load(world.session.store.read(), Selection::Site(it.site))?.contractors_of(it),
        None => Vec::new(),
    };
    let weight = it.and_then(|it| it.weight).map(|it| world.texts.decimal(&decimal(it))).unwrap_or_default();
    let name = it.map_or("", |it| &it.name);
    let named = Field::text("form-name", Check::Name, name);
    Ok(vec![
        if name == WHOLE { named.hinted("hint-whole") } else { named },
        Field::text("form-contractors", Check::Any, &names.join(" / ")).hinted("hint-contractors"),
        Field::text("form-weight", Check::Weight, &weight).hinted("hint-weight"),
    ])
}

fn contractor(world: &World, it: Option<&Contractor>) -> Result<Vec<Field>, Failure> {
    world.session.organisation()?;
    let party = it.map(|it| it.party.clone()).unwrap_or_default();
    let mut fields = vec![
        Field::text("form-name", Check::Name, &party.name),
        Field::text("form-address", Check::Any, &party.address),
    ];
    fields.extend(reached(&party));
    Ok(fields)
}

fn reached(party: &Party) -> [Field; 2] {
    [
        Field::text("form-email", Check::Email, &party.email).hinted("hint-email"),
        Field::text("form-phone", Check::Any, &party.phone),
    ]
}

fn contact(world: &World, it: Option<&Contact>) -> Result<Vec<Field>, Failure> {
    world.session.organisation()?;
    let nobody = Choice { value: String::new(), label: world.texts.text("form-of-organisation") };
    // A contact keeps its kind of post and its project: another person takes another post.
    let stays = |post: &Post| it.is_none_or(|it| it.post.of_project() == post.of_project());
    let posts = Post::ALL.into_iter().filter(stays).map(|it| Choice {
        value: it.word().to_owned(),
        label: world.texts.text(&format!("post-{}", it.word())),
    });
    let mut options = projects(world, Some(nobody))?;
    let first = if options.len() > 1 { Post::ChefMission } else { Post::DirecteurGeneral };
    let (post, project) = match it {
        Some(it) => (it.post, it.project.map(|it| it.to_string()).unwrap_or_default()),
        None if first.of_project() => (first, options[1].value.clone()),
        None => (first, String::new()),
    };
    if it.is_some() {
        options.retain(|it| it.value == project);
    }
    let party = it.map(|it| it.party.clone()).unwrap_or_default();
    let mut fields = vec![
        Field::text("form-name", Check::Name, &party.name),
        Field::choice("form-post", posts.collect(), post.word()).hinted("hint-choice"),
        Field::choice("form-project", options, &project).hinted("hint-choice"),
    ];
    fields.extend(reached(&party));
    Ok(fields)
}
