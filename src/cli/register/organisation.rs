//! `chantier org`: the organisation.

use serde_json::json;

use super::{facts, said, said_edited};
use crate::actions::register::organisation::{self, OrganisationFields};
use crate::cli::arguments::{Org, OrgVerb};
use crate::cli::context::Context;
use crate::cli::{Done, Stop};

/// Adds, edits or shows the organisation.
pub fn run(context: &Context, arguments: Org) -> Result<Done, Stop> {
    match arguments.verb {
        OrgVerb::Add { name, currency, zone } => {
            let fields = OrganisationFields { name: Some(name.clone()), currency, zone };
            organisation::add(&mut context.create()?, &fields)?;
            Ok(said(context, "added", &name))
        }
        OrgVerb::Edit { name, currency, zone } => {
            let mut session = context.open()?;
            let changed = organisation::edit(&mut session, &OrganisationFields { name, currency, zone })?;
            Ok(said_edited(context, changed, &session.organisation()?.name))
        }
        OrgVerb::Show => {
            let it = context.open()?.organisation()?;
            let value = json!({ "name": it.name, "currency": it.currency, "zone": it.zone });
            facts(
                context,
                &[("field-name", it.name), ("field-currency", it.currency), ("field-zone", it.zone)],
                &value,
            )
        }
    }
}
