//! `chantier bundle`: what travels by stick or mail.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::{BundleExport, BundleImport, BundleInspect, BundleVerb};
use super::context::{Context, machine_name};
use super::out::{print, print_json, say};
use super::{Done, Stop};
use crate::actions::exchange::bundle_in::{self, BundleFile, Taken};
use crate::actions::exchange::bundle_out::{self, Wanted};
use crate::actions::exchange::machines::{find, own_key, shown};
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::key_file;
use crate::model::problem::Problem;
use crate::sync::envelope::Recipient;
use crate::sync::size::read_size;

/// Runs one of the verbs.
pub fn run(context: &Context, verb: BundleVerb) -> Result<Done, Stop> {
    match verb {
        BundleVerb::Export(it) => export(context, &it),
        BundleVerb::Import(it) => import(context, &it),
        BundleVerb::Inspect(it) => inspect(context, &it),
    }
}

fn export(context: &Context, arguments: &BundleExport) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let key = own_key(&session)?;
    let reader = arguments.reader.as_deref().map(|it| find(&session, it)).transpose()?;
    let mut recipients = Vec::new();
    for text in &arguments.to {
        recipients.push(recipient(&session, text)?);
    }
    let bytes_max = arguments.max_size.as_deref().map(read_size).transpose()?;
    let wanted = Wanted { reader: reader.map(|it| it.replica), bytes_max, recipients };
    let written = bundle_out::export(&mut session, &key, &machine_name(), &arguments.bundle, &wanted)?;
    let files: Vec<String> = written.files.iter().map(|it| it.display().to_string()).collect();
    if context.json {
        print_json(&json!({ "files": files, "changes": written.changes, "bytes": written.bytes }))?;
        return Ok(Done::Fine);
    }
    let texts = &context.texts;
    let places = [
        ("files", &files.join(", ") as &dyn std::fmt::Display),
        ("changes", &written.changes),
        ("size", &texts.size(written.bytes)),
    ];
    print(&format!("{}\n", texts.fill("bundle-written", &places)))?;
    Ok(Done::Fine)
}

/// Reads whom to close a bundle to: a machine of the organisation, a key, or a file with a key.
fn recipient(session: &Session, text: &str) -> Result<Recipient, Stop> {
    if let Ok(recipient) = Recipient::read(text) {
        return Ok(recipient);
    }
    match find(session, text) {
        Ok(machine) => return Ok(Recipient::read(&machine.key.line())?),
        Err(Failure::Problem(problem)) if problem.key == "machine-ambiguous" => return Err(problem.into()),
        Err(_) => {}
    }
    let unreadable = || Problem::new("recipient-unreadable").with("text", text);
    let content = key_file::read(Path::new(text)).map_err(|_| unreadable())?;
    Ok(Recipient::read(&content).map_err(|_| unreadable())?)
}

fn keys(session: Option<&Session>, identities: &[PathBuf]) -> Result<Vec<String>, Stop> {
    let mut keys = Vec::new();
    for path in identities {
        keys.push(key_file::read(path)?);
    }
    if let Some(session) = session {
        keys.push(own_key(session)?.text()?);
    }
    Ok(keys)
}

fn import(context: &Context, arguments: &BundleImport) -> Result<Done, Stop> {
    if !context.has_database()? {
        check_first(context, arguments)?;
    }
    let mut session = context.create()?;
    let mut done = Done::Fine;
    for path in &arguments.bundles {
        let keys = keys(Some(&session), &arguments.identity)?;
        let mut file = BundleFile::open(path, keys)?;
        let taken = bundle_in::import(&mut session, &mut file, arguments.partial)?;
        if taken.summary.wants_attention() || taken.damage.is_some() {
            done = Done::Some;
        }
        report(context, path, &taken)?;
    }
    Ok(done)
}

/// Checks the first bundle before there is a database: one that is refused must not leave an empty one behind.
fn check_first(context: &Context, arguments: &BundleImport) -> Result<(), Stop> {
    let Some(path) = arguments.bundles.first() else { return Ok(()) };
    let mut file = BundleFile::open(path, keys(None, &arguments.identity)?)?;
    bundle_in::check(&Session::empty(context.date())?, &mut file, arguments.partial)?;
    Ok(())
}

fn report(context: &Context, path: &Path, taken: &Taken) -> Result<(), Stop> {
    let (texts, summary) = (&context.texts, &taken.summary);
    if context.json {
        let mut value = serde_json::to_value(summary).map_err(|it| Stop::Output(it.into()))?;
        value["from"] = json!(taken.header.sender_name);
        value["damage"] = json!(taken.damage.as_ref().map(|it| texts.problem(it)));
        for (list, problems) in
            [("refused", &summary.refused), ("lacks", &summary.lacks), ("unsigned", &summary.unsigned)]
        {
            value[list] = problems.iter().map(|it| texts.problem(it)).collect();
        }
        return print_json(&value);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let places: [(&str, &dyn std::fmt::Display); 2] =
        [("file", &name), ("machine", &taken.header.sender_name)];
    print(&format!("{}\n", texts.fill("bundle-taken", &places)))?;
    print(&super::exchange_words::brought(texts, summary))?;
    if let Some(damage) = &taken.damage {
        say(&texts.problem(&rest(damage)));
    }
    Ok(())
}

/// What is said of a bundle of which the whole part was taken.
fn rest(damage: &Problem) -> Problem {
    let says_where = matches!(damage.key.as_str(), "bundle-cut" | "bundle-damaged");
    if says_where { Problem { key: "bundle-rest".to_owned(), ..damage.clone() } } else { damage.clone() }
}

fn inspect(context: &Context, arguments: &BundleInspect) -> Result<Done, Stop> {
    let session = if context.has_database()? { Some(context.open()?) } else { None };
    let keys = keys(session.as_ref(), &arguments.identity)?;
    let mut file = BundleFile::open(&arguments.bundle, keys)?;
    if let Some(folder) = &arguments.extract {
        let count = bundle_in::extract(&mut file, folder)?;
        say(&context.texts.fill("bundle-extracted", &[("count", &count), ("folder", &folder.display())]));
    }
    let seen = bundle_in::inspect(session.as_ref(), &mut file)?;
    let (texts, header) = (&context.texts, &seen.header);
    let lacks: Vec<String> = seen.lacks.iter().map(|it| texts.problem(it)).collect();
    if context.json {
        print_json(&json!({
            "organisation": header.organisation_name, "machine": header.sender_name,
            "replica": shown(header.sender), "fingerprint": header.sender_key.fingerprint(),
            "founder": header.founder.fingerprint(), "arrivals": [header.first, header.last],
            "part": header.part.0, "parts": header.part.1, "closed": seen.is_closed,
            "segments": seen.segments, "changes": seen.changes, "users": seen.users, "lacks": lacks,
        }))?;
    } else {
        let rows: [(&str, String); 7] = [
            ("bundle-organisation", header.organisation_name.clone()),
            ("bundle-machine", format!("{} ({})", header.sender_name, shown(header.sender))),
            ("bundle-fingerprint", header.sender_key.fingerprint()),
            ("bundle-part", format!("{}/{}", header.part.0, header.part.1)),
            ("bundle-segments", seen.segments.to_string()),
            ("bundle-changes", seen.changes.to_string()),
            ("bundle-users", seen.users.join(", ")),
        ];
        print(&super::exchange_words::facts(texts, &rows))?;
        for lack in &lacks {
            say(lack);
        }
    }
    Ok(if seen.lacks.is_empty() { Done::Fine } else { Done::Some })
}
