//! `chantier contractor`: firms.

use serde_json::{Value, json};

use super::{facts, list, said, said_edited};
use crate::actions::names;
use crate::actions::register::contractor::{self, ContractorFields};
use crate::cli::arguments::{Contractor as Arguments, ContractorVerb, PartyArgs};
use crate::cli::context::Context;
use crate::cli::table::Layout;
use crate::cli::{Done, Stop};
use crate::model::organisation::Contractor;

/// Lists, shows, adds, edits or archives contractors.
pub fn run(context: &Context, arguments: Arguments) -> Result<Done, Stop> {
    match arguments.verb {
        ContractorVerb::List => {
            let session = context.open()?;
            let contractors = session.store.read().contractors()?.into_iter().filter(|it| !it.archived);
            let rows = contractors.map(|it| {
                (vec![it.party.name.clone(), it.party.email.clone(), it.party.phone.clone()], json(&it))
            });
            let titles = [
                ("column-contractor", Layout::Flexible),
                ("column-email", Layout::Flexible),
                ("column-phone", Layout::Optional),
            ];
            list(context, &titles, rows.collect())
        }
        ContractorVerb::Show { name } => {
            let it = names::contractor(context.open()?.store.read(), &name)?;
            let value = json(&it);
            let party = it.party;
            let shown = [
                ("field-name", party.name),
                ("field-address", party.address),
                ("field-email", party.email),
                ("field-phone", party.phone),
            ];
            facts(context, &shown, &value)
        }
        ContractorVerb::Add { name, party } => {
            contractor::add(&mut context.open()?, &fields(Some(name.clone()), party))?;
            Ok(said(context, "added", &name))
        }
        ContractorVerb::Edit { name, rename, party } => {
            let changed =
                contractor::edit(&mut context.open()?, &name.as_str().into(), &fields(rename, party))?;
            Ok(said_edited(context, changed, &name))
        }
        ContractorVerb::Archive { name } => {
            let archived = ContractorFields { archived: Some(true), ..ContractorFields::default() };
            contractor::edit(&mut context.open()?, &name.as_str().into(), &archived)?;
            Ok(said(context, "archived", &name))
        }
    }
}

fn fields(name: Option<String>, party: PartyArgs) -> ContractorFields {
    ContractorFields { name, address: party.address, email: party.email, phone: party.phone, archived: None }
}

fn json(it: &Contractor) -> Value {
    json!({
        "id": it.id.to_string(), "name": it.party.name, "address": it.party.address, "email": it.party.email,
        "phone": it.party.phone, "archived": it.archived,
    })
}
