//! Which machine of the organisation sends its notices: exactly one, so that five laptops do not all write.

use super::super::exchange::machines::{introduce, machine_key, machines, require_admin, rights};
use super::super::failure::Failure;
use super::super::op::{Note, OpName};
use super::super::session::Session;
use crate::store::change::{ReplicaId, Scope};
use crate::store::registry::MACHINE;
use crate::store::value::Value;
use crate::sync::keys::MachineKey;
use crate::sync::rights::Machine;

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// This machine, which is the only one there is.
    OnlyThis,
    /// This machine.
    This,
    /// Another one.
    Other(Machine),
    /// Nobody: every machine that could was withdrawn, or the file was copied or restored and nobody took over yet.
    Nobody,
}

impl Sender {
    /// Tells whether this machine sends.
    pub const fn is_this(&self) -> bool {
        matches!(self, Self::OnlyThis | Self::This)
    }
}

/// Says who sends: the machine that was said to last; where none was, the one with which the organisation began.
pub fn sender(session: &Session) -> Result<Sender, Failure> {
    let machines: Vec<Machine> = machines(session)?;
    if machines.is_empty() {
        // A file that was copied or restored sends nothing until somebody says so: its original may be sending.
        let is_copy = !session.store.read().former_machines()?.is_empty();
        return Ok(if is_copy { Sender::Nobody } else { Sender::OnlyThis });
    }
    let numbers = session.store.read().machine_sends()?;
    let standing: Vec<Machine> = machines.into_iter().filter(|it| it.withdrawn.is_none()).collect();
    let number = |it: &Machine| numbers.iter().find(|(replica, _)| *replica == it.replica).map(|(_, it)| *it);
    // Two that took over at once have the same number: all agree on one of them.
    let said =
        standing.iter().filter_map(|it| Some((number(it)?, it.replica, it))).max_by_key(|it| (it.0, it.1));
    let founder = rights(session)?.founder();
    let first = || {
        let admins = || standing.iter().filter(|it| it.admin);
        let began = admins().filter(|it| Some(it.key) == founder).min_by_key(|it| it.replica);
        began.or_else(|| admins().min_by_key(|it| it.replica))
    };
    Ok(match said.map(|it| it.2).or_else(first) {
        Some(machine) if machine.replica == session.store.replica_id() => Sender::This,
        Some(machine) => Sender::Other(machine.clone()),
        None => Sender::Nobody,
    })
}

/// Makes this machine the one that sends. The others learn of it when they exchange; until then two may send.
/// Returns whether anything changed.
pub fn take(session: &mut Session, key: &MachineKey, own_name: &str) -> Result<bool, Failure> {
    if sender(session)?.is_this() {
        return Ok(false);
    }
    let rights = introduce(session, key, own_name)?;
    require_admin(key, &rights)?;
    let organisation = session.organisation()?.id.bytes();
    let own: ReplicaId = session.store.replica_id();
    let note = Note::new().with("name", own_name).with("what", "sends");
    session.steady(|session| {
        let last = session.store.read().machine_sends()?.into_iter().map(|it| it.1).max();
        let columns = MACHINE.columns([("sends", Some(Value::Int(last.unwrap_or(0).saturating_add(1))))]);
        session.transact(OpName::Enrol, &note, |tx| {
            Ok(tx.put(&MACHINE, Scope::Rights(organisation), machine_key(own), columns.clone(), None)?)
        })
    })?;
    Ok(true)
}
