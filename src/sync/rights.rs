//! Who may seal what: decided from the machines that are enrolled, never by a clock.

use std::collections::HashMap;

use minicbor::{Decoder, Encoder};

use super::keys::MachinePublicKey;
use crate::store::change::{Body, ReplicaId, Scope};
use crate::store::exchange::segment::Segment;
use crate::store::registry::MACHINE;
use crate::store::value::Value;

/// Numbers of the columns of a machine.
const NAME: u8 = 1;
const KEY: u8 = 2;
const ADMIN: u8 = 3;
const UNTIL: u8 = 4;
const ARCHIVED: u8 = 5;

/// A machine of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Which.
    pub replica: ReplicaId,
    /// How people call it.
    pub name: String,
    /// Its key.
    pub key: MachinePublicKey,
    /// Whether it may enrol and withdraw machines.
    pub admin: bool,
    /// For a machine that is withdrawn: up to which of its changes it counts, by scope.
    pub withdrawn: Option<HashMap<Scope, u64>>,
}

/// The machines, and the key that the organisation began with.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    machines: HashMap<ReplicaId, Machine>,
    founder: Option<MachinePublicKey>,
}

/// Why a segment is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its machine is not enrolled.
    Unknown,
    /// Its machine was withdrawn before it wrote this.
    Withdrawn,
    /// Its machine may not write there.
    NotAllowed,
}

impl Rights {
    /// Gathers what is known.
    pub fn new(machines: impl IntoIterator<Item = Machine>, founder: Option<MachinePublicKey>) -> Self {
        Self { machines: machines.into_iter().map(|it| (it.replica, it)).collect(), founder }
    }

    /// Returns the key that the organisation began with.
    pub const fn founder(&self) -> Option<MachinePublicKey> {
        self.founder
    }

    /// Trusts a founder when none is known yet.
    pub fn trust(&mut self, founder: MachinePublicKey) {
        self.founder.get_or_insert(founder);
    }

    /// Returns a machine.
    pub fn machine(&self, replica: ReplicaId) -> Option<&Machine> {
        self.machines.get(&replica)
    }

    /// Tells whether a key belongs to a machine that counts.
    pub fn is_enrolled(&self, key: MachinePublicKey) -> bool {
        self.machines.values().any(|it| it.key == key && it.withdrawn.is_none())
    }

    /// Tells whether a key may enrol and withdraw machines.
    pub fn is_admin(&self, key: MachinePublicKey) -> bool {
        self.founder == Some(key)
            || self.machines.values().any(|it| it.key == key && it.admin && it.withdrawn.is_none())
    }

    /// Returns the key with which a segment must be signed, or why it is not taken in.
    pub fn judge(&self, segment: &Segment) -> Result<MachinePublicKey, Refusal> {
        let known = self.machines.get(&segment.replica);
        if let Some(machine) = known
            && let Some(until) = &machine.withdrawn
            && until.get(&segment.scope).is_none_or(|it| segment.hi() > *it)
        {
            return Err(Refusal::Withdrawn);
        }
        if !matches!(segment.scope, Scope::Rights(_)) {
            return known.map(|it| it.key).ok_or(Refusal::Unknown);
        }
        let own = || segment.bodies().ok()?.iter().find_map(|it| introduced(it, segment.replica));
        let Some(key) = known.map(|it| it.key).or_else(own) else { return Err(Refusal::Unknown) };
        if self.is_admin(key) {
            return Ok(key);
        }
        if !self.is_enrolled(key) {
            return Err(Refusal::Unknown);
        }
        // A machine whose file was copied or restored enrols its new self, with the key that is enrolled: it writes its
        // own row, and nothing in it but its name and that key.
        let own_row = [Value::Bytes(segment.replica.to_vec())];
        let succeeds = |body: &Body| {
            body.key == own_row
                && column(body, KEY) == Some(&Value::Bytes(key.0.to_vec()))
                && body.columns.iter().all(|it| matches!(it.0, NAME | KEY))
        };
        let all = segment.bodies().is_ok_and(|it| it.iter().all(succeeds));
        if all && segment.changes.iter().all(|it| it.table == MACHINE.id) {
            Ok(key)
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// Takes in what a verified segment says about machines.
    pub fn learn(&mut self, segment: &Segment) {
        if !matches!(segment.scope, Scope::Rights(_)) {
            return;
        }
        let bodies = segment.bodies().unwrap_or_default();
        for (body, _) in bodies.iter().zip(&segment.changes).filter(|(_, change)| change.table == MACHINE.id)
        {
            let Some(Value::Bytes(id)) = body.key.first() else { continue };
            let Ok(replica) = ReplicaId::try_from(id.as_slice()) else { continue };
            let values = [NAME, KEY, ADMIN, UNTIL, ARCHIVED].map(|it| column(body, it).cloned());
            match self.machines.get_mut(&replica) {
                Some(machine) => amend(machine, values),
                None => {
                    if let Some(machine) = machine(replica, values.map(Option::unwrap_or_default)) {
                        self.machines.insert(replica, machine);
                    }
                }
            }
        }
    }
}

/// Makes a machine of the columns of its row: name, key, admin, until, archived.
pub fn machine(replica: ReplicaId, [name, key, admin, until, archived]: [Value; 5]) -> Option<Machine> {
    let Value::Bytes(key) = key else { return None };
    let key = MachinePublicKey(key.try_into().ok()?);
    let withdrawn = (archived.int() == Some(1)).then(|| read_until(&until));
    Some(Machine {
        replica,
        name: name.text().unwrap_or_default().to_owned(),
        key,
        admin: admin.int() == Some(1),
        withdrawn,
    })
}

fn amend(machine: &mut Machine, [name, _, admin, until, archived]: [Option<Value>; 5]) {
    if let Some(name) = name.as_ref().and_then(Value::text) {
        name.clone_into(&mut machine.name);
    }
    if let Some(admin) = admin {
        machine.admin = admin.int() == Some(1);
    }
    if let Some(archived) = archived {
        machine.withdrawn = (archived.int() == Some(1)).then(|| read_until(&until.unwrap_or_default()));
    }
}

/// Writes up to which of its changes a withdrawn machine counts.
pub fn write_until(until: &[(Scope, u64)]) -> Value {
    let mut out = Encoder::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = out.array(until.len() as u64 * 3);
    for (scope, seq) in until {
        let (kind, key) = scope.parts();
        let _ = out.u8(kind).and_then(|it| it.bytes(&key)).and_then(|it| it.u64(*seq));
    }
    Value::Bytes(out.into_writer())
}

/// Reads it back; what does not read counts nothing.
fn read_until(until: &Value) -> HashMap<Scope, u64> {
    let Value::Bytes(bytes) = until else { return HashMap::new() };
    let mut input = Decoder::new(bytes);
    let count = input.array().ok().flatten().unwrap_or(0) / 3;
    let mut read = || -> Option<(Scope, u64)> {
        let (kind, key) = (input.u8().ok()?, input.bytes().ok()?.try_into().ok()?);
        Some((Scope::of(kind, key)?, input.u64().ok()?))
    };
    (0..count).map_while(|_| read()).collect()
}

fn introduced(body: &Body, replica: ReplicaId) -> Option<MachinePublicKey> {
    let own = body.key.first() == Some(&Value::Bytes(replica.to_vec()));
    let Value::Bytes(key) = column(body, KEY).filter(|_| own)? else { return None };
    key.as_slice().try_into().ok().map(MachinePublicKey)
}

fn column(body: &Body, wanted: u8) -> Option<&Value> {
    body.columns.iter().find(|(id, _)| *id == wanted).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;
    use crate::store::exchange::segment::{SealedChange, SealedOp};
    use crate::sync::keys::MachineKey;

    const ORGANISATION: [u8; 16] = [1; 16];
    const SENDS: u8 = 6;

    fn key(seed: u8) -> MachinePublicKey {
        MachineKey::from_seed([seed; 32]).unwrap().public()
    }

    fn segment(scope: Scope, by: ReplicaId, bodies: &[Body]) -> Segment {
        let op = SealedOp {
            id: Id::from_bytes([0; 16]),
            lamport: 1,
            wall_ms: 0,
            user: String::new(),
            name: "enrol".into(),
            note: None,
            undoes: None,
        };
        let changes =
            bodies.iter().map(|it| SealedChange { op: 0, table: MACHINE.id, body: it.encode() }).collect();
        Segment { scope, replica: by, lo: 1, before: [0; 32], ops: vec![op], changes }
    }

    fn row(replica: ReplicaId, key: MachinePublicKey, more: &[(u8, Value)]) -> Body {
        let mut columns = vec![(NAME, Value::from("portable")), (KEY, Value::Bytes(key.0.to_vec()))];
        columns.extend_from_slice(more);
        Body { key: vec![Value::Bytes(replica.to_vec())], columns, preds: vec![], origin: None }
    }

    /// An organisation that began on machine 1, with machine 2 enrolled.
    fn two() -> Rights {
        let mut rights = Rights::new([], Some(key(1)));
        let rows = [row([1; 8], key(1), &[(ADMIN, Value::Int(1))]), row([2; 8], key(2), &[])];
        let first = segment(Scope::Rights(ORGANISATION), [1; 8], &rows);
        assert_eq!(rights.judge(&first), Ok(key(1)));
        rights.learn(&first);
        rights
    }

    #[test]
    fn enrolled_machines_write_and_others_do_not() {
        let rights = two();
        let figure = |by| segment(Scope::Site([5; 16]), by, &[row([0; 8], key(9), &[])]);
        assert_eq!(rights.judge(&figure([2; 8])), Ok(key(2)));
        assert_eq!(rights.judge(&figure([3; 8])), Err(Refusal::Unknown));
    }

    #[test]
    fn only_administrators_enrol() {
        let rights = two();
        let enrols = |by, row: Body| rights.judge(&segment(Scope::Rights(ORGANISATION), by, &[row]));
        assert_eq!(enrols([1; 8], row([3; 8], key(3), &[])), Ok(key(1)));
        assert_eq!(enrols([2; 8], row([3; 8], key(3), &[])), Err(Refusal::NotAllowed));
        assert_eq!(enrols([2; 8], row([2; 8], key(2), &[(ADMIN, Value::Int(1))])), Err(Refusal::NotAllowed));
        assert_eq!(enrols([3; 8], row([3; 8], key(3), &[])), Err(Refusal::Unknown));
        // Its own new self, after a restore.
        assert_eq!(enrols([4; 8], row([4; 8], key(2), &[])), Ok(key(2)));
        assert_eq!(enrols([4; 8], row([4; 8], key(2), &[(ADMIN, Value::Int(1))])), Err(Refusal::NotAllowed));
        // Not the row of another: an administrator with its key would be itself.
        assert_eq!(enrols([2; 8], row([1; 8], key(2), &[])), Err(Refusal::NotAllowed));
        assert_eq!(enrols([2; 8], row([3; 8], key(2), &[])), Err(Refusal::NotAllowed));
        let gone = [(UNTIL, write_until(&[])), (ARCHIVED, Value::Int(1))];
        assert_eq!(enrols([2; 8], row([2; 8], key(2), &gone)), Err(Refusal::NotAllowed));
        // Who sends notices is for administrators to say.
        assert_eq!(enrols([2; 8], row([2; 8], key(2), &[(SENDS, Value::Int(9))])), Err(Refusal::NotAllowed));
    }

    #[test]
    fn what_a_withdrawn_machine_wrote_before_still_counts() {
        let mut rights = two();
        let site = Scope::Site([5; 16]);
        let gone = [(UNTIL, write_until(&[(site, 1)])), (ARCHIVED, Value::Int(1))];
        rights.learn(&segment(Scope::Rights(ORGANISATION), [1; 8], &[row([2; 8], key(2), &gone)]));
        let mut figure = segment(site, [2; 8], &[row([0; 8], key(9), &[])]);
        assert_eq!(rights.judge(&figure), Ok(key(2)));
        figure.lo = 2;
        assert_eq!(rights.judge(&figure), Err(Refusal::Withdrawn));
        let elsewhere = segment(Scope::Site([6; 16]), [2; 8], &[row([0; 8], key(9), &[])]);
        assert_eq!(rights.judge(&elsewhere), Err(Refusal::Withdrawn));
        assert!(!rights.is_enrolled(key(2)));
    }
}
