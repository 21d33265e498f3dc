//! `chantier join`: a new machine joins the organisation of another one.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::{BundleImport, BundleVerb, Join};
use super::context::{Context, machine_name, ssh_program};
use super::out::{print, print_json, progress};
use super::{Done, Stop, bundle};
use crate::actions::exchange::exchange::Request;
use crate::actions::exchange::joining::{Joined, join};
use crate::actions::exchange::machines::own_key;
use crate::model::problem::Problem;

/// Joins the organisation of a machine that answers, or of a bundle.
pub fn run(context: &Context, arguments: &Join) -> Result<Done, Stop> {
    let path = context.path()?;
    let fresh = Fresh::of(&path);
    if Path::new(&arguments.target).is_file() {
        let import = BundleImport {
            bundles: vec![PathBuf::from(&arguments.target)],
            partial: false,
            identity: Vec::new(),
        };
        let done = bundle::run(context, BundleVerb::Import(import));
        return fresh.keep_if(done.is_ok(), done);
    }
    let joined = call(context, arguments);
    // Who still has to be enrolled calls again as the same machine.
    let waits = matches!(&joined, Err(Stop::Failure(it)) if it.problem().key == "exchange-not-enrolled");
    let has_come = joined.is_ok() || waits || context.open().is_ok_and(|it| it.organisation().is_ok());
    let joined = fresh.keep_if(has_come, joined)?;
    report(context, &joined)?;
    Ok(if joined.summary.wants_attention() { Done::Some } else { Done::Fine })
}

fn call(context: &Context, arguments: &Join) -> Result<Joined, Stop> {
    let mut session = context.create()?;
    if session.organisation().is_ok() && !arguments.project.is_empty() {
        return Err(Problem::new("join-here").into());
    }
    let key = own_key(&session)?;
    let request = Request {
        own_name: machine_name(),
        may_ask: std::io::stdin().is_terminal(),
        joins: true,
        projects: arguments.project.clone(),
        ssh: ssh_program(),
        ..Request::default()
    };
    let bar = progress(0, &context.texts.fill("sync-working", &[("name", &arguments.target)]));
    let place = (arguments.target.as_str(), arguments.name.as_deref());
    let joined = join(&mut session, &key, place, &request, &mut |so_far| {
        bar.set_length(so_far.received.1.unwrap_or(0));
        bar.set_position(so_far.received.0);
    });
    bar.finish_and_clear();
    Ok(joined?)
}

fn report(context: &Context, joined: &Joined) -> Result<(), Stop> {
    let founder = joined.founder.map(|it| it.fingerprint()).unwrap_or_default();
    if context.json {
        return print_json(&json!({
            "organisation": joined.organisation, "founder": founder, "remote": joined.remote.name,
            "summary": super::exchange_words::json(&context.texts, &joined.summary),
        }));
    }
    let places: [(&str, &dyn std::fmt::Display); 3] =
        [("organisation", &joined.organisation), ("fingerprint", &founder), ("name", &joined.remote.name)];
    print(&format!("{}\n", context.texts.fill("joined", &places)))?;
    print(&super::exchange_words::summary(&context.texts, &joined.summary))
}

/// The files of a database that was not there before.
struct Fresh(Vec<PathBuf>);

impl Fresh {
    fn of(path: &Path) -> Self {
        let key = crate::sync::keys::MachineKey::place(path);
        let beside = |end: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        let all = [path.to_path_buf(), beside("-wal"), beside("-shm"), key];
        Self(if path.exists() { Vec::new() } else { all.into_iter().filter(|it| !it.exists()).collect() })
    }

    /// Removes what was made for nothing.
    fn keep_if<T>(self, good: bool, result: Result<T, Stop>) -> Result<T, Stop> {
        if !good {
            for path in &self.0 {
                // Some of them were never made.
                let _ = std::fs::remove_file(path);
            }
        }
        result
    }
}
