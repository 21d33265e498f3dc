//! `chantier history --all`: everything that happened to a site or lot, in one list.

use serde_json::{Value, json};

use super::arguments::History;
use super::context::Context;
use super::history::{instant, plain, when};
use super::out::{print, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::history::{Written, machine};
use crate::actions::names;
use crate::actions::record_entry::place;
use crate::actions::session::Session;
use crate::actions::trail::{Event, Turn, told};
use crate::model::notice::NoticeState;
use crate::model::site::Lot;

/// Prints the trail, oldest first.
pub fn run(context: &Context, session: &Session, arguments: &History) -> Result<Done, Stop> {
    let (site, lots) = names::lots(session.store.read(), &arguments.place)?;
    let mut events: Vec<(i64, &Lot, Event)> = Vec::new();
    for (at, lot) in lots.iter().enumerate() {
        let (_, _, told) = told(session, lot.id)?;
        let kept = told.into_iter().filter(|(_, it)| at == 0 || it.is_of_lot());
        events.extend(kept.map(|(n, it)| (n, lot, it)));
    }
    events.sort_by_key(|(n, ..)| *n);
    events.retain(|(_, _, it)| arguments.month.is_none() || it.month() == arguments.month);
    if context.json {
        print_rows(events.iter().map(|(_, lot, event)| {
            let lot = if event.is_of_lot() { lot.name.as_str() } else { "" };
            let mut value = event_json(context, event);
            (value["site_code"], value["lot"]) = (site.code.as_str().into(), lot.into());
            value
        }))?;
        return Ok(Done::Fine);
    }
    let title = crate::texts::site_and_lot(&site.code, &site.name, "");
    let body = if events.is_empty() {
        context.texts.text("history-empty") + "\n"
    } else {
        let decided = events.iter().filter_map(|(_, lot, event)| match event {
            Event::Decision(it) => Some(super::decide::block(context, &place(&site, lot), it)),
            _ => None,
        });
        let blocks: Vec<String> = decided.collect();
        let mut body = table(context, &events, lots.len() > 1);
        if !blocks.is_empty() {
            body.push_str(&format!("\n{}\n\n{}", context.texts.text("decide-blocks"), blocks.join("\n")));
        }
        body
    };
    print(&format!("{title}\n\n{body}"))?;
    Ok(Done::Fine)
}

fn table(context: &Context, events: &[(i64, &Lot, Event)], several: bool) -> String {
    let titles = [
        ("column-when", Layout::Left),
        ("column-user", Layout::Flexible),
        ("column-lot", Layout::Flexible),
        ("column-month", Layout::Left),
        ("column-field", Layout::Left),
        ("column-told", Layout::Flexible),
    ];
    let shown = |key: &str| several || key != "column-lot";
    let kept = titles.iter().filter(|it| shown(it.0));
    let mut table = Table::new(kept.map(|(key, layout)| (context.texts.text(key), *layout)).collect());
    for (_, lot, event) in events {
        let texts = &context.texts;
        let told = texts.told(event);
        let change = match told.old.as_str() {
            "" | "–" => told.new,
            old => format!("{old} → {}", if told.new.is_empty() { "–" } else { &told.new }),
        };
        let undone = event.op().is_some_and(|it| it.undoes.is_some()) && !matches!(event, Event::Alert(_));
        let change = if undone { format!("{change} ({})", texts.text("trail-undone")) } else { change };
        let lot = if event.is_of_lot() { lot.name.as_str() } else { "" };
        let cells = [
            Cell::new(&moment(event)).tone(Tone::Quiet),
            Cell::new(&who(context, event)),
            Cell::new(lot),
            Cell::new(&event.month().map(|it| texts.month(it)).unwrap_or_default()),
            Cell::new(&told.what),
            Cell::new(&change.replace('\n', " ")).tone(told.tone),
        ];
        table.row(titles.iter().zip(cells).filter(|(it, _)| shown(it.0)).map(|(_, cell)| cell).collect());
    }
    table.render(context.columns, context.colour)
}

fn moment(event: &Event) -> String {
    match event {
        Event::Alert(it) if it.op.is_none() => it.due.to_string(),
        _ => event.op().map(when).unwrap_or_default(),
    }
}

/// Names who did it; what the rules find, nobody does.
fn who(context: &Context, event: &Event) -> String {
    match event {
        Event::Alert(_) => context.texts.text("trail-rules"),
        _ => event.op().map(|it| it.user.clone()).unwrap_or_default(),
    }
}

fn event_json(context: &Context, event: &Event) -> Value {
    let told = context.texts.told(event);
    let op = event.op().filter(|_| !matches!(event, Event::Alert(_)));
    let mut value = json!({
        "kind": kind(event), "when": event.op().map(instant), "user": op.map(|it| it.user.clone()),
        "machine": op.map(|it| machine(it.replica)), "operation": op.map(|it| it.name.clone()),
        "undone": op.is_some_and(|it| it.undoes.is_some()), "month": event.month().map(|it| it.to_string()),
        "what": told.what, "text": told.new, "origin": told.origin,
    });
    match event {
        Event::Value(it) => {
            value["field"] = format!("{}.{}", it.table, it.column).into();
            (value["old"], value["new"]) = (plain(it, &it.old), plain(it, &it.new));
        }
        Event::Observation(it) => {
            (value["old"], value["new"]) = (it.old.as_str().into(), it.new.as_str().into());
        }
        Event::Decision(it) => {
            let decision = super::decide::decision_json(it);
            value["decision"] = it.kind.as_str().into();
            for name in ["reason", "to", "plan", "months", "by_policy", "grounds"] {
                value[name] = decision[name].clone();
            }
        }
        Event::Alert(it) => {
            value["alert"] = it.kind.word().into();
            value["outcome"] = it.report.outcome.as_str().into();
            if it.is_in_force() {
                value["by_policy"] = true.into();
            }
            if it.op.is_none() {
                value["when"] = it.due.to_string().into();
            }
        }
        Event::Notice(it) => {
            value["notice"] = it.notice.kind.word().into();
            value["reference"] = it.notice.reference.as_str().into();
            value["state"] = it.state.map_or("words", NoticeState::word).into();
            value["to"] =
                it.addressees.iter().map(|it| json!({ "name": it.name, "email": it.email })).collect();
        }
        Event::Delivery(it) => {
            let delivery = &it.delivery;
            value["notice"] = it.notice.kind.word().into();
            value["state"] = match it.turn {
                Turn::Became => delivery.state.word(),
                Turn::Added => "added",
                Turn::Mended => "mended",
            }
            .into();
            (value["name"], value["email"]) = (delivery.name.as_str().into(), delivery.email.as_str().into());
            (value["channel"], value["reply"]) =
                (delivery.channel.as_str().into(), delivery.reply.as_str().into());
        }
        Event::SignOff(it) => {
            value["level"] = it.level.word().into();
            (value["form"], value["signer"]) = (it.form.as_str().into(), it.signer.as_str().into());
            value["holds"] = it.stands.as_ref().map(crate::actions::sign_off::Signed::counts).into();
            value["withdrawal"] = it.is_withdrawal.into();
        }
        Event::Derogation(it) => {
            (value["reason"], value["until"]) = (it.reason.as_str().into(), it.until.as_str().into());
            value["withdrawal"] = it.is_withdrawal.into();
        }
    }
    value
}

fn kind(event: &Event) -> &'static str {
    match event {
        Event::Value(it) if it.table == "entry" => {
            if it.old == Written::Nothing {
                "figure"
            } else {
                "correction"
            }
        }
        Event::Value(_) => "value",
        Event::Observation(_) => "observation",
        Event::Decision(_) => "decision",
        Event::Alert(_) => "alert",
        Event::Notice(_) => "notice",
        Event::Delivery(_) => "delivery",
        Event::SignOff(_) => "sign-off",
        Event::Derogation(_) => "derogation",
    }
}
