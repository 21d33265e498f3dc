//! Archives what a person confirmed.

use super::fields::code_or_name;
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::record_entry::place;
use crate::actions::register::contact::{self, ContactFields};
use crate::actions::register::contractor::{self, ContractorFields};
use crate::actions::register::lot::{self, LotFields};
use crate::actions::register::{project, site};
use crate::texts::fit::shortened;
use crate::ui::app::App;
use crate::ui::command::Archived;
use crate::ui::fulfil::{refresh, say};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::confirm::Confirm;
use crate::ui::world::World;

/// A longer name is shortened in the question.
const NAME_WIDTH_MAX: usize = 60;

/// Asks before it archives; asked again from the dialog, it does.
pub fn archive(app: &mut App, world: &mut World, what: Archived) -> Result<(), Failure> {
    let (question, name) = question(world, what)?;
    if !matches!(app.screen(), AnyScreen::Confirm(it) if it.what == what) {
        app.push(AnyScreen::Confirm(Box::new(Confirm::new(what, question, name))));
        return Ok(());
    }
    carry_out(world, what)?;
    app.pop();
    refresh(app, world);
    say(app, world.texts.fill("form-archived", &[("name", &name)]));
    Ok(())
}

/// Returns what is asked, and the name that may be typed instead of yes.
fn question(world: &World, what: Archived) -> Result<(String, String), Failure> {
    let read = world.session.store.read();
    let ask = |key: &str, name: &str, count: usize| {
        world.texts.fill(key, &[("name", &shortened(name, NAME_WIDTH_MAX)), ("count", &count)])
    };
    Ok(match what {
        Archived::Project(id) => {
            let it = names::wanted_project(read, &id.into())?;
            let sites = read.sites_of(id)?.iter().filter(|it| !it.archived).count();
            (ask("confirm-project", &it.name, sites), it.name)
        }
        Archived::Site(id) => {
            let it = names::wanted_site(read, &id.into())?;
            let lots = read.lots_of(id)?.iter().filter(|it| !it.archived).count();
            let shown = crate::texts::site_and_lot(&it.code, &it.name, "");
            (ask("confirm-site", &shown, lots), code_or_name(&it))
        }
        Archived::Lot(id) => {
            let (site, it) = names::known_lot(read, id)?;
            (ask("confirm-lot", &place(&site, &it), 1), it.name)
        }
        Archived::Contractor(id) => {
            let it = names::wanted_contractor(read, &id.into())?;
            let lots = world.portfolio.rows.iter().filter(|row| row.contractors.contains(&id)).count();
            (ask("confirm-contractor", &it.party.name, lots), it.party.name)
        }
        Archived::Contact(id) => {
            let it = names::wanted_contact(read, &id.into())?;
            (ask("confirm-contact", &it.party.name, 1), it.party.name)
        }
    })
}

fn carry_out(world: &mut World, what: Archived) -> Result<(), Failure> {
    let session = &mut world.session;
    match what {
        Archived::Project(id) => {
            project::archive(session, &id.into())?;
        }
        Archived::Site(id) => {
            site::archive(session, &id.into())?;
        }
        Archived::Lot(id) => {
            let archived = LotFields { archived: Some(true), ..LotFields::default() };
            lot::edit(session, &id.into(), &archived)?;
        }
        Archived::Contractor(id) => {
            let archived = ContractorFields { archived: Some(true), ..ContractorFields::default() };
            contractor::edit(session, &id.into(), &archived)?;
        }
        Archived::Contact(id) => {
            let archived = ContactFields { archived: Some(true), ..ContactFields::default() };
            contact::edit(session, &id.into(), &archived)?;
        }
    }
    Ok(())
}
