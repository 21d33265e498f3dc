//! `chantier sign`: signs off the figures of a project and month; lists, prints and verifies.

use serde_json::{Value, json};

use super::arguments::Sign;
use super::context::Context;
use super::history::{instant, when};
use super::out::{print, print_json, print_rows, say};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::names;
use crate::actions::session::Session;
use crate::actions::sign_off::{
    self, Form, Request, Signed, Vouched, code, statement, text_of, vouched, vouched_months,
};
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::sign_off::SignLevel;

/// Signs, or shows.
pub fn run(context: &Context, arguments: Sign) -> Result<Done, Stop> {
    if let Some(typed) = &arguments.verify {
        return verify(context, &arguments, typed);
    }
    if arguments.show {
        return show(context, &arguments);
    }
    let (Some(project), Some(month)) = (arguments.what.clone(), arguments.month) else {
        return Err(Problem::new("verb-missing").into());
    };
    if arguments.text || arguments.page {
        return text(context, &project, month, arguments.page);
    }
    let request = Request {
        project: project.into(),
        month,
        level: arguments.level.map(Into::into),
        form: form(&arguments),
        comment: arguments.comment.unwrap_or_default(),
    };
    let done = sign_off::sign(&mut context.open()?, &request)?;
    done.warnings.iter().for_each(|it| say(&context.texts.problem(it)));
    if context.json {
        let mut value = vouched_json(&done.vouched);
        value["signed"] = done.level.word().into();
        print_json(&value)?;
        return Ok(Done::Fine);
    }
    print(&format!("{}\n", context.texts.signed_sentence(&done)))?;
    Ok(Done::Fine)
}

fn form(arguments: &Sign) -> Form {
    if let Some(code) = &arguments.paper {
        return Form::Paper { signer: arguments.signer.clone(), code: code.clone() };
    }
    match (&arguments.key, &arguments.agent) {
        (Some(path), _) => Form::Key(path.clone()),
        (None, Some(file)) => Form::Agent(file.clone()),
        (None, None) => Form::Session,
    }
}

/// Prints the text that is signed, with its code.
fn text(context: &Context, project: &str, month: Month, as_page: bool) -> Result<Done, Stop> {
    let session = context.open()?;
    let read = session.store.read();
    let found = text_of(read, &names::project(read, project)?, month)?;
    if context.json {
        let hash = found.hash.iter().map(|it| format!("{it:02x}")).collect::<String>();
        print_json(&json!({
            "text": found.text, "hash": hash, "code": found.code(), "missing": found.missing,
        }))?;
        return Ok(Done::Fine);
    }
    if as_page {
        print(&found.text)?;
        print(&format!("\n{}\n", context.texts.fill("visa-code-is", &[("code", &found.code())])))?;
        for level in SignLevel::ALL {
            let level = context.texts.visa_level(level);
            print(&format!("\n{}\n", context.texts.fill("visa-page-line", &[("level", &level)])))?;
        }
        return Ok(Done::Fine);
    }
    // The text alone goes to the output: its bytes are what is hashed.
    print(&found.text)?;
    say(&context.texts.fill("visa-code-is", &[("code", &found.code())]));
    Ok(Done::Fine)
}

/// Reads the projects that are named, or all.
fn projects(session: &Session, wanted: Option<&str>) -> Result<Vec<Project>, Stop> {
    let read = session.store.read();
    match wanted {
        Some(name) => Ok(vec![names::project(read, name)?]),
        None => Ok(read.projects().map_err(crate::actions::failure::Failure::from)?),
    }
}

fn found(session: &Session, arguments: &Sign) -> Result<Vec<Vouched>, Stop> {
    let mut found = Vec::new();
    for project in projects(session, arguments.what.as_deref())? {
        found.extend(vouched_months(session, &project)?);
    }
    found.retain(|it| arguments.month.is_none_or(|month| it.month == month));
    Ok(found)
}

/// Lists who signed what, how, and whether it still holds; exit 1 when something does not.
fn show(context: &Context, arguments: &Sign) -> Result<Done, Stop> {
    let session = context.open()?;
    let found = found(&session, arguments)?;
    let done = if found.iter().any(Vouched::is_broken) { Done::Some } else { Done::Fine };
    if context.json {
        print_rows(found.iter().map(vouched_json))?;
        return Ok(done);
    }
    if found.is_empty() {
        print(&format!("{}\n", context.texts.text("visa-none")))?;
        return Ok(done);
    }
    print(&table(context, &found))?;
    for it in found.iter().filter(|it| it.is_broken() || it.awaits_second) {
        say(&context.texts.vouched_sentence(it));
    }
    Ok(done)
}

fn table(context: &Context, found: &[Vouched]) -> String {
    let texts = &context.texts;
    let titles = [
        ("column-project", Layout::Flexible),
        ("column-month", Layout::Left),
        ("column-level", Layout::Left),
        ("column-signer", Layout::Flexible),
        ("column-when", Layout::Left),
        ("column-form", Layout::Left),
        ("column-holds", Layout::Left),
        ("column-comment", Layout::Optional),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for vouched in found {
        for signed in &vouched.signed {
            let tone = if signed.counts() { Tone::Good } else { Tone::Critical };
            table.row(vec![
                Cell::new(&vouched.project.name),
                Cell::new(&texts.month(vouched.month)),
                Cell::new(&texts.visa_level(signed.sign_off.level)),
                Cell::new(&signed.sign_off.signer),
                Cell::new(&signed.op.as_ref().map(when).unwrap_or_default()).tone(Tone::Quiet),
                Cell::new(&texts.visa_form(signed)),
                Cell::new(&texts.visa_holds(signed)).tone(tone),
                Cell::new(&signed.sign_off.comment).tone(Tone::Quiet),
            ]);
        }
    }
    table.render(context.columns, context.colour)
}

fn vouched_json(vouched: &Vouched) -> Value {
    json!({
        "project": vouched.project.name, "month": vouched.month.to_string(), "code": vouched.text.code(),
        "reached": vouched.reached.map(SignLevel::word), "changed": vouched.is_broken(),
        "awaits_second": vouched.awaits_second,
        "sign_offs": vouched.signed.iter().map(signed_json).collect::<Vec<_>>(),
    })
}

fn signed_json(signed: &Signed) -> Value {
    let row = &signed.sign_off;
    let statement = signed.is_genuine.map(|_| statement(row.level, &row.signer, &row.hash));
    json!({
        "level": row.level.word(), "signer": row.signer, "form": row.form.word(), "comment": row.comment,
        "when": signed.op.as_ref().map(instant), "user": signed.op.as_ref().map(|it| it.user.clone()),
        "code": code::code(&row.hash), "holds": signed.holds, "genuine": signed.is_genuine,
        "fingerprint": signed.fingerprint(), "key": row.key, "signature": row.signature, "statement": statement,
    })
}

/// Says what the code of a printed page stands for: the present figures, or what somebody signed; exit 1 when the
/// figures are others since.
fn verify(context: &Context, arguments: &Sign, typed: &str) -> Result<Done, Stop> {
    let typed = code::read(typed)?;
    let session = context.open()?;
    let mut months = found(&session, arguments)?;
    if let (Some(project), Some(month)) = (&arguments.what, arguments.month)
        && months.is_empty()
    {
        let project = names::project(session.store.read(), project)?;
        months.push(vouched(&session, &project, month)?);
    }
    let present = months.iter().find(|it| it.text.code() == typed);
    let signed =
        || months.iter().find(|it| it.signed.iter().any(|it| code::code(&it.sign_off.hash) == typed));
    let Some(found) = present.or_else(signed) else {
        return Err(Problem::new("visa-code-unknown").with("code", typed).into());
    };
    let is_present = present.is_some();
    if context.json {
        let mut value = vouched_json(found);
        value["verified"] = is_present.into();
        print_json(&value)?;
    } else {
        let key = if is_present { "visa-code-present" } else { "visa-code-past" };
        let month = context.texts.month(found.month);
        let places: [(&str, &dyn std::fmt::Display); 3] =
            [("code", &typed), ("project", &found.project.name), ("month", &month)];
        print(&format!("{}\n", context.texts.fill(key, &places)))?;
    }
    Ok(if is_present { Done::Fine } else { Done::Some })
}
