//! `chantier machine`: the machines of the organisation, and this one.

use std::collections::HashSet;

use serde_json::json;

use super::arguments::MachineVerb;
use super::context::{Context, machine_name};
use super::out::{print, print_json, print_rows};
use super::table::{Cell, Layout, Table, Tone};
use super::{Done, Stop};
use crate::actions::exchange::machines::{
    be_oneself, enrol, machines, own_key, own_line, shown, succeeded, withdraw,
};

/// Runs one of the verbs; without one, shows this machine.
pub fn run(context: &Context, verb: Option<MachineVerb>) -> Result<Done, Stop> {
    match verb.unwrap_or(MachineVerb::Show) {
        MachineVerb::Show => show(context),
        MachineVerb::List => list(context),
        MachineVerb::Add { name, line } => {
            let mut session = context.open()?;
            let key = own_key(&session)?;
            let machine = enrol(&mut session, &key, &machine_name(), &name, &line)?;
            let places: [(&str, &dyn std::fmt::Display); 2] =
                [("name", &machine.name), ("fingerprint", &machine.key.fingerprint())];
            print(&format!("{}\n", context.texts.fill("machine-added", &places)))?;
            Ok(Done::Fine)
        }
        MachineVerb::Remove { name } => {
            let mut session = context.open()?;
            let key = own_key(&session)?;
            let machine = withdraw(&mut session, &key, &machine_name(), &name)?;
            print(&format!("{}\n", context.texts.fill("machine-removed", &[("name", &machine.name)])))?;
            Ok(Done::Fine)
        }
    }
}

fn show(context: &Context) -> Result<Done, Stop> {
    let mut session = context.open()?;
    let key = own_key(&session)?;
    be_oneself(&mut session, &key)?;
    let line = own_line(&session, &key);
    if context.json {
        print_json(&json!({
            "replica": shown(session.store.replica_id()), "key": line, "fingerprint": key.public().fingerprint(),
        }))?;
    } else {
        print(&format!("{line}\n"))?;
    }
    Ok(Done::Fine)
}

fn list(context: &Context) -> Result<Done, Stop> {
    let session = context.open()?;
    let (own, texts) = (session.store.replica_id(), &context.texts);
    let machines = machines(&session)?;
    let former = if machines.is_empty() { HashSet::new() } else { succeeded(&session)? };
    if context.json {
        print_rows(machines.iter().map(|it| {
            json!({
                "name": it.name, "replica": shown(it.replica), "fingerprint": it.key.fingerprint(),
                "admin": it.admin, "withdrawn": it.withdrawn.is_some(), "here": it.replica == own,
                "former": former.contains(&it.replica),
            })
        }))?;
        return Ok(Done::Fine);
    }
    if machines.is_empty() {
        print(&format!("{}\n", texts.text("machines-none")))?;
        return Ok(Done::Fine);
    }
    let titles = [
        ("column-name", Layout::Left),
        ("column-machine", Layout::Left),
        ("column-role", Layout::Left),
        ("column-fingerprint", Layout::Flexible),
    ];
    let mut table = Table::new(titles.map(|(key, layout)| (texts.text(key), layout)).into());
    for machine in &machines {
        let role = match machine {
            it if it.withdrawn.is_some() => "machine-withdrawn",
            it if former.contains(&it.replica) => "machine-former",
            it if it.admin => "machine-admin",
            _ => "machine-enrolled",
        };
        let name = if machine.replica == own {
            texts.fill("machine-here", &[("name", &machine.name)])
        } else {
            machine.name.clone()
        };
        table.row(vec![
            Cell::new(&name),
            Cell::new(&shown(machine.replica)).tone(Tone::Quiet),
            Cell::new(&texts.text(role)),
            Cell::new(&machine.key.fingerprint()).tone(Tone::Quiet),
        ]);
    }
    print(&table.render(context.columns, context.colour))?;
    Ok(Done::Fine)
}
