//! `chantier contact`: people to write to.

use serde_json::{Value, json};

use super::{facts, list, said, said_edited};
use crate::actions::names;
use crate::actions::register::contact::{self, ContactFields};
use crate::cli::arguments::{Contact as Arguments, ContactVerb};
use crate::cli::context::Context;
use crate::cli::table::Layout;
use crate::cli::{Done, Stop};
use crate::model::organisation::{Contact, Post, Project};

/// Lists, shows, adds, edits or archives contacts.
pub fn run(context: &Context, arguments: Arguments) -> Result<Done, Stop> {
    match arguments.verb {
        ContactVerb::List => {
            let session = context.open()?;
            let read = session.store.read();
            let projects = read.projects()?;
            let contacts = read.contacts()?.into_iter().filter(|it| !it.archived);
            let rows = contacts.map(|it| (cells(context, &it, &projects), json(&it, &projects)));
            let titles = [
                ("column-name", Layout::Flexible),
                ("column-post", Layout::Left),
                ("column-project", Layout::Optional),
                ("column-email", Layout::Flexible),
                ("column-phone", Layout::Optional),
            ];
            list(context, &titles, rows.collect())
        }
        ContactVerb::Show { name } => {
            let session = context.open()?;
            let it = names::contact(session.store.read(), &name)?;
            let projects = session.store.read().projects()?;
            let shown = [
                ("field-name", it.party.name.clone()),
                ("field-post", post_word(context, it.post)),
                ("field-project", project_name(&it, &projects).to_owned()),
                ("field-email", it.party.email.clone()),
                ("field-phone", it.party.phone.clone()),
            ];
            facts(context, &shown, &json(&it, &projects))
        }
        ContactVerb::Add { name, post, project, email, phone } => {
            let post = Post::from_word(&post);
            let fields = ContactFields { name: Some(name.clone()), post, email, phone, archived: None };
            contact::add(&mut context.open()?, &fields, project.map(Into::into).as_ref())?;
            Ok(said(context, "added", &name))
        }
        ContactVerb::Edit { name, rename, post, email, phone } => {
            let post = post.as_deref().and_then(Post::from_word);
            let fields = ContactFields { name: rename, post, email, phone, archived: None };
            let changed = contact::edit(&mut context.open()?, &name.as_str().into(), &fields)?;
            Ok(said_edited(context, changed, &name))
        }
        ContactVerb::Archive { name } => {
            let archived = ContactFields { archived: Some(true), ..ContactFields::default() };
            contact::edit(&mut context.open()?, &name.as_str().into(), &archived)?;
            Ok(said(context, "archived", &name))
        }
    }
}

fn cells(context: &Context, it: &Contact, projects: &[Project]) -> Vec<String> {
    let project = project_name(it, projects).to_owned();
    vec![
        it.party.name.clone(),
        post_word(context, it.post),
        project,
        it.party.email.clone(),
        it.party.phone.clone(),
    ]
}

fn post_word(context: &Context, post: Post) -> String {
    context.texts.text(&format!("post-{}", post.word()))
}

fn project_name<'a>(contact: &Contact, projects: &'a [Project]) -> &'a str {
    projects.iter().find(|it| Some(it.id) == contact.project).map_or("", |it| &it.name)
}

fn json(it: &Contact, projects: &[Project]) -> Value {
    let project = Some(project_name(it, projects)).filter(|it| !it.is_empty());
    json!({
        "id": it.id.to_string(), "name": it.party.name, "post": it.post.word(), "project": project,
        "email": it.party.email, "phone": it.party.phone, "archived": it.archived,
    })
}
