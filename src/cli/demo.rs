//! `chantier demo`: writes invented data and prints its board.

use super::arguments::{Alerts, Demo};
use super::context::Context;
use super::out::{progress, say};
use super::{Done, Stop, alerts, application};
use crate::actions::demo;
use crate::demo::Spec;
use crate::model::month::Month;
use crate::model::text::show;

/// Writes the demonstration into a file that is named; or into its own beside the user's data, and opens it: on a
/// terminal the application, else the board.
pub fn run(context: &Context, arguments: &Demo) -> Result<Done, Stop> {
    let last_month = Month::of(context.date()).previous();
    let spec = Spec { sites: arguments.sites, months: arguments.months, seed: arguments.seed, last_month };
    let path = match &arguments.into {
        Some(path) => path.clone(),
        None => Context::folder()?
            .join(format!("demo-{}x{}-{}-{last_month}.db", spec.sites, spec.months, spec.seed)),
    };
    let mut session = context.create_at(&path)?;
    let known = arguments.into.is_none() && session.store.read().organisation()?.is_some();
    if !known {
        let bar = progress(spec.sites.into(), &context.texts.text("demo-working"));
        demo::write(&mut session, &spec, |sites| bar.set_position(sites.into()))?;
        bar.finish_and_clear();
    }
    let shown = show(&path.to_string_lossy());
    if arguments.into.is_some() {
        say(&context.texts.fill("demo-written", &[("sites", &spec.sites), ("path", &shown)]));
        return Ok(Done::Fine);
    }
    if application::is_possible() && !context.json {
        drop(session);
        return application::open(context, path, None);
    }
    let board = alerts::print_board(context, &session, &Alerts { month: None, project: None })?;
    say(&context.texts.fill("demo-next", &[("path", &shown)]));
    // Alerts are what a demonstration is for: they are no reason to exit with 1.
    Ok(if board == Done::Some { Done::Fine } else { board })
}
