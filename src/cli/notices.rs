//! `chantier notices`: what is written to whom, looked at, approved, held, withdrawn.

use std::fmt::Display;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{NoticesApprove, NoticesEdit, NoticesList, NoticesPrepare, NoticesVerb};
use super::context::Context;
use super::out::{print, print_json, print_rows, say};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop, notices_run};
use crate::actions::names;
use crate::actions::notices::{self, Address, Chosen, Demand, Edits, Filter, NoticeLine, NoticeSheet, Works};
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryState, Notice, NoticeKind, NoticeState};
use crate::model::problem::Problem;
use crate::model::text::{LETTER_CHARS_MAX, show};

/// Most bytes of a body that is read from a file.
const BODY_BYTES_MAX: u64 = LETTER_CHARS_MAX as u64 * 4;
/// Signs of an identifier in a list.
const ID_CHARS: usize = 8;

/// Runs one of the verbs; without one, lists what is open.
pub fn run(context: &Context, verb: Option<NoticesVerb>) -> Result<Done, Stop> {
    match verb {
        None => list(context, &NoticesList { project: None, state: Vec::new() }),
        Some(NoticesVerb::List(it)) => list(context, &it),
        Some(NoticesVerb::Show { notice }) => {
            let session = context.open()?;
            show_notice(context, &session, notices::find(&session, &notice)?.id)
        }
        Some(NoticesVerb::Prepare(it)) => prepare(context, it),
        Some(NoticesVerb::Approve(it)) => approve(context, &it),
        Some(NoticesVerb::Hold { notice }) => settle(context, &notice, "notices-held", notices::hold),
        Some(NoticesVerb::Cancel { notice }) => {
            settle(context, &notice, "notices-cancelled", notices::cancel)
        }
        Some(NoticesVerb::Edit(it)) => edit(context, &it),
        Some(NoticesVerb::Check) => check(context),
        Some(NoticesVerb::Preview { kind, language }) => {
            let session = context.open()?;
            let language = language.as_deref().unwrap_or(match context.texts.language {
                crate::texts::Language::French => "fr",
                crate::texts::Language::English => "en",
            });
            print(&notices::preview(&session, kind.into(), language)?)?;
            Ok(Done::Fine)
        }
        Some(NoticesVerb::Send { notice }) => notices_run::send(context, &notice),
        Some(NoticesVerb::Run(it)) => notices_run::run(context, it),
        Some(NoticesVerb::Sender { verb }) => notices_run::sender(context, verb),
        Some(NoticesVerb::Templates { into }) => {
            let session = context.open()?;
            let (folder, written) = notices::write_standard(&session, into.as_deref())?;
            let (folder, count) = (folder.display().to_string(), written.len());
            say(&context.texts.fill("templates-written", &[("count", &count), ("folder", &folder)]));
            Ok(Done::Fine)
        }
    }
}

fn list(context: &Context, asked: &NoticesList) -> Result<Done, Stop> {
    let session = context.open()?;
    let states = asked.state.iter().map(|it| NoticeState::from(*it)).collect();
    let filter = Filter { project: asked.project.clone(), lot: None, states };
    let lines = notices::list(&session, &filter)?;
    if context.json {
        print_rows(lines.iter().map(line_json))?;
        return Ok(Done::Fine);
    }
    if lines.is_empty() {
        print(&format!("{}\n", context.texts.text("notices-none")))?;
        return Ok(Done::Fine);
    }
    print(&table(context, &lines))?;
    let defects = lines.iter().map(|it| it.defects.len()).sum::<usize>();
    if defects > 0 {
        say(&context.texts.fill("notices-defects", &[("count", &defects)]));
    }
    Ok(Done::Fine)
}

fn table(context: &Context, lines: &[NoticeLine]) -> String {
    let texts = &context.texts;
    let titles = [
        ("column-notice", Layout::Left),
        ("column-kind", Layout::Left),
        ("column-month", Layout::Left),
        ("column-subject", Layout::Flexible),
        ("column-project", Layout::Optional),
        ("column-state", Layout::Left),
        ("column-addressees", Layout::Left),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for line in lines {
        let notice = &line.notice;
        let place = if line.place.is_empty() { &line.project } else { &line.place };
        table.row(vec![
            Cell::new(&named(notice)),
            Cell::new(&texts.text(&format!("notice-kind-{}", notice.kind.word()))),
            Cell::new(&texts.month_short(notice.month)),
            Cell::new(place),
            Cell::new(&line.project).tone(Tone::Quiet),
            Cell::new(&texts.text(&format!("notice-state-{}", notice.state.word()))),
            Cell::new(&sent_of(line)).tone(if line.defects.is_empty() { Tone::Plain } else { Tone::Problem }),
        ]);
    }
    table.render(context.columns, context.colour)
}

/// Returns the number of a notice, or what names it before it has one.
fn named(notice: &Notice) -> String {
    if notice.reference.is_empty() { short(notice.id) } else { notice.reference.clone() }
}

fn short(id: Id<Notice>) -> String {
    id.to_string().chars().take(ID_CHARS).collect()
}

/// Says how many of the addressees have it: `1/3`, with a mark where an address is missing.
fn sent_of(line: &NoticeLine) -> String {
    let open: Vec<&Delivery> =
        line.deliveries.iter().filter(|it| it.state != DeliveryState::Cancelled).collect();
    let gone = open.iter().filter(|it| matches!(it.state, DeliveryState::Sent | DeliveryState::Written));
    let mark = if line.defects.is_empty() { "" } else { " !" };
    format!("{}/{}{mark}", gone.count(), open.len())
}

fn line_json(line: &NoticeLine) -> Value {
    let notice = &line.notice;
    json!({
        "id": notice.id.to_string(),
        "kind": notice.kind.word(),
        "project": line.project,
        "place": Some(&line.place).filter(|it| !it.is_empty()),
        "month": notice.month.to_string(),
        "gravity": Some(&notice.gravity).filter(|it| !it.is_empty()),
        "language": notice.language,
        "reference": Some(&notice.reference).filter(|it| !it.is_empty()),
        "subject": notice.subject,
        "state": notice.state.word(),
        "day": notice.day,
        "addressees": line.deliveries.iter().map(delivery_json).collect::<Vec<_>>(),
        "defects": line.defects.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(),
    })
}

fn delivery_json(delivery: &Delivery) -> Value {
    let given = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    json!({
        "role": delivery.role, "name": delivery.name, "email": given(&delivery.email), "copy": delivery.copy,
        "state": delivery.state.word(), "channel": given(&delivery.channel), "reply": given(&delivery.reply),
        "at_ms": delivery.at_ms,
    })
}

fn show_notice(context: &Context, session: &Session, id: Id<Notice>) -> Result<Done, Stop> {
    let sheet = notices::sheet(session, id)?;
    if context.json {
        let mut value = line_json(&sheet.line);
        value["letter"] = sheet.letter.as_str().into();
        value["facts"] = serde_json::from_str(&sheet.line.notice.facts).unwrap_or(Value::Null);
        print_json(&value)?;
        return Ok(Done::Fine);
    }
    print(&sheet_text(context, session, &sheet)?)?;
    sheet.line.defects.iter().for_each(|it| say(&context.texts.problem(it)));
    Ok(Done::Fine)
}

fn sheet_text(context: &Context, session: &Session, sheet: &NoticeSheet) -> Result<String, Stop> {
    let texts = &context.texts;
    let notice = &sheet.line.notice;
    let state = texts.text(&format!("notice-state-{}", notice.state.word()));
    let kind = texts.text(&format!("notice-kind-{}", notice.kind.word()));
    let mut text = format!("{kind} {} · {state}\n", show(&named(notice)));
    let (works, zone) = (Works::read(session)?, session.organisation()?.zone);
    for delivery in &sheet.line.deliveries {
        let whom = if delivery.copy { "notice-copy-line" } else { "notice-to-line" };
        let what = texts.fate(delivery, works.why(notice, delivery).as_ref(), &zone);
        let email = if delivery.email.is_empty() { "–" } else { &delivery.email };
        let arguments: [(&str, &dyn Display); 3] =
            [("name", &delivery.name), ("email", &email), ("state", &what)];
        text.push_str(&format!("  {}\n", texts.fill(whom, &arguments)));
    }
    text.push('\n');
    text.push_str(&sheet.letter);
    Ok(text)
}

fn prepare(context: &Context, asked: NoticesPrepare) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let kind = asked.kind.map(NoticeKind::from);
    let demand = match (asked.place, kind, &asked.project) {
        (Some(lot), kind, _) => {
            Some(Demand::Lot { lot: lot.into(), kind, grounds: asked.grounds.unwrap_or_default() })
        }
        (None, Some(kind), Some(project)) => Some(Demand::Project { project: project.as_str().into(), kind }),
        (None, Some(_), None) => return Err(Problem::new("notice-needs-place").into()),
        (None, None, _) => None,
    };
    if let Some(demand) = demand {
        let notice = notices::prepare_for(&mut session, &demand)?;
        return show_notice(context, &session, notice.id);
    }
    let prepared = notices::prepare(&mut session, asked.project.as_deref())?;
    if context.json {
        let ids = |ids: &[Id<Notice>]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        print_json(&json!({
            "made": ids(&prepared.made), "renewed": ids(&prepared.renewed), "withdrawn": ids(&prepared.withdrawn),
        }))?;
        return Ok(Done::Fine);
    }
    print(&format!("{}\n", context.texts.prepared(&prepared)))?;
    Ok(Done::Fine)
}

fn approve(context: &Context, asked: &NoticesApprove) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let approved = if asked.all {
        let read = |name: &str| names::project(session.store.read(), name).map(|it| it.id);
        let project = asked.project.as_deref().map(read).transpose()?;
        notices::approve_all(&mut session, project)?
    } else {
        let chosen: Vec<Chosen> = ids(&session, &asked.notice)?.into_iter().map(Chosen::from).collect();
        notices::approve(&mut session, &chosen)?
    };
    approved.warnings.iter().for_each(|it| say(&context.texts.problem(it)));
    if context.json {
        print_rows(
            approved.notices.iter().map(|it| json!({ "id": it.id.to_string(), "reference": it.reference })),
        )?;
        return Ok(Done::Fine);
    }
    for notice in &approved.notices {
        let arguments: [(&str, &dyn Display); 2] =
            [("reference", &notice.reference), ("subject", &notice.subject)];
        print(&format!("{}\n", context.texts.fill("notice-approved", &arguments)))?;
    }
    if approved.notices.is_empty() {
        print(&format!("{}\n", context.texts.text("notices-none")))?;
    }
    approved.defects.iter().for_each(|it| say(&context.texts.problem(it)));
    Ok(Done::Fine)
}

fn ids(session: &Session, wanted: &[String]) -> Result<Vec<Id<Notice>>, Stop> {
    let found = wanted.iter().map(|it| notices::find(session, it).map(|it| it.id));
    Ok(found.collect::<Result<_, _>>()?)
}

fn settle(
    context: &Context,
    wanted: &[String],
    said: &str,
    action: impl FnOnce(&mut Session, &[Id<Notice>]) -> Result<(), crate::actions::failure::Failure>,
) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let ids = ids(&session, wanted)?;
    action(&mut session, &ids)?;
    say(&context.texts.fill(said, &[("count", &ids.len())]));
    Ok(Done::Fine)
}

fn edit(context: &Context, asked: &NoticesEdit) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let notice = notices::find(&session, &asked.notice)?;
    let pair = |it: &String| -> Result<(String, String), Problem> {
        let (who, email) = it.rsplit_once('=').ok_or_else(|| Problem::new("notice-address-form"))?;
        Ok((who.trim().to_owned(), email.to_owned()))
    };
    let added = asked.to.as_ref().map(|it| (it, false)).or(asked.copy.as_ref().map(|it| (it, true)));
    let name = asked.name.clone().unwrap_or_default();
    let edits = Edits {
        without: asked.without.clone(),
        mended: asked.address.as_ref().map(pair).transpose()?,
        added: added.map(|(email, copy)| Address { role: String::new(), name, email: email.clone(), copy }),
        subject: asked.subject.clone(),
        body: asked.body.as_deref().map(body_of).transpose()?,
    };
    notices::edit(&mut session, notice.id, &edits)?;
    show_notice(context, &session, notice.id)
}

/// Reads a body; one that is larger than what is kept is refused whole.
fn body_of(path: &Path) -> Result<String, Stop> {
    let unreadable = |error: &dyn Display| {
        Problem::new("template-unreadable").with("file", path.display()).with("error", error)
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|it| unreadable(&it))?;
    file.take(BODY_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|it| unreadable(&it))?;
    if bytes.len() as u64 > BODY_BYTES_MAX {
        return Err(notices::too_long(LETTER_CHARS_MAX).into());
    }
    Ok(String::from_utf8(bytes).map_err(|it| unreadable(&it))?)
}

fn check(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let errors = notices::check(&session)?;
    let done = if errors.is_empty() { Done::Fine } else { Done::Some };
    if context.json {
        print_rows(
            errors.iter().map(
                |it| json!({ "file": it.file, "line": it.line, "problem": it.key, "detail": it.detail }),
            ),
        )?;
        return Ok(done);
    }
    if errors.is_empty() {
        print(&format!("{}\n", context.texts.text("templates-fine")))?;
    }
    for error in errors {
        print(&format!("{}\n", context.texts.problem(&error.into())))?;
    }
    Ok(done)
}
