//! `chantier project`: projects and their clients.

use serde_json::{Value, json};

use super::{facts, list, said, said_edited};
use crate::actions::names;
use crate::actions::register::project::{self, ProjectFields};
use crate::cli::arguments::{Client, Project as Arguments, ProjectVerb};
use crate::cli::context::Context;
use crate::cli::table::Layout;
use crate::cli::{Done, Stop};
use crate::model::organisation::Project;

/// Lists, shows, adds, edits or archives projects.
pub fn run(context: &Context, arguments: Arguments) -> Result<Done, Stop> {
    match arguments.verb {
        ProjectVerb::List => {
            let session = context.open()?;
            let projects = session.store.read().projects()?.into_iter().filter(|it| !it.archived);
            let rows = projects.map(|it| {
                (vec![it.name.clone(), it.client.name.clone(), it.client.email.clone()], json(&it))
            });
            let titles = [
                ("column-project", Layout::Flexible),
                ("column-client", Layout::Flexible),
                ("column-email", Layout::Optional),
            ];
            list(context, &titles, rows.collect())
        }
        ProjectVerb::Show { name } => {
            let it = names::project(context.open()?.store.read(), &name)?;
            let value = json(&it);
            let client = it.client;
            let shown = [
                ("field-name", it.name),
                ("field-client", client.name),
                ("field-client-address", client.address),
                ("field-client-email", client.email),
                ("field-client-phone", client.phone),
            ];
            facts(context, &shown, &value)
        }
        ProjectVerb::Add { name, client } => {
            project::add(&mut context.open()?, &fields(Some(name.clone()), client))?;
            Ok(said(context, "added", &name))
        }
        ProjectVerb::Edit { name, rename, client } => {
            let changed =
                project::edit(&mut context.open()?, &name.as_str().into(), &fields(rename, client))?;
            Ok(said_edited(context, changed, &name))
        }
        ProjectVerb::Archive { name } => {
            let archived = project::archive(&mut context.open()?, &name.into())?;
            Ok(said(context, "archived", &archived.name))
        }
    }
}

fn fields(name: Option<String>, client: Client) -> ProjectFields {
    ProjectFields {
        name,
        client: client.client,
        client_address: client.client_address,
        client_email: client.client_email,
        client_phone: client.client_phone,
        ..ProjectFields::default()
    }
}

fn json(it: &Project) -> Value {
    json!({
        "id": it.id.to_string(), "name": it.name, "client": it.client.name, "client_address": it.client.address,
        "client_email": it.client.email, "client_phone": it.client.phone,
    })
}
