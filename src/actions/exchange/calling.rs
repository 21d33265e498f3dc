//! The side of a line that calls: it leads the conversation, so that the usual one takes one round trip.

use std::io::{Read, Write};

use super::super::failure::Failure;
use super::super::session::Session;
use super::conversation::{Broken, Conversation, Heard, Turn};
use super::exchange::{Progress, Request};
use super::machines::{introduce, not_enrolled, seal, shown};
use super::remotes::Remote;
use super::scopes::{Scopes, difference};
use super::summary::Summary;
use crate::model::problem::Problem;
use crate::store::change::ReplicaId;
use crate::store::exchange::arrivals::Arrival;
use crate::store::exchange::peers::Peer;
use crate::store::value::Value;
use crate::sync::hello::{Digest, Hello, Reason, Refused};
use crate::sync::keys::MachineKey;
use crate::sync::line::{LineFault, PACKS_WITH};

/// More than so many bytes are not sent before the other side said which of them it has: a line that was cut goes on
/// where it was.
const UNASKED_BYTES_MAX: usize = 16 * 1024;
/// More segments than this are too many to be looked at.
const UNASKED_SEGMENTS_MAX: usize = 128;

/// Who calls, whom, and how.
pub struct Caller<'a> {
    /// The key of this machine.
    pub key: &'a MachineKey,
    /// The place that is called.
    pub remote: &'a mut Remote,
    /// How the exchange is asked for.
    pub request: &'a Request,
}

/// Exchanges with the machine at the other end of a line. Which machine it is is kept with the place.
pub fn call<R: Read, W: Write>(
    session: &mut Session,
    caller: &mut Caller<'_>,
    input: R,
    output: W,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary, Broken> {
    let mut line = Conversation::new(input, output, watch)?;
    line.bytes_left = caller.request.bytes_max;
    let (known, there) = begin(session, caller, &mut line)?;
    let is_known = known.is_some_and(|it| it.machine == there.replica);
    caller.remote.machine = Some(there.replica);
    if !caller.request.projects.is_empty() {
        caller.remote.projects.clone_from(&there.projects);
    }
    let mut heard = hear(session, caller, &mut line)?;
    if session.store.read().about(&unanswered(line.peer))? == Some(Value::Int(1)) {
        session.store.keep_about(&unanswered(line.peer), &Value::Int(0))?;
    }
    caller.prepare(session)?;
    if is_known {
        heard = send_rest(session, caller, &mut line, heard)?;
    }
    let same = agree(session, caller, &mut line, &mut heard)?;
    let covers = if same && !is_known { session.store.read().last_arrival()? } else { 0 };
    if line.received() || covers > 0 {
        let receipt = same.then_some(heard.over.last).filter(|_| !is_known);
        line.close(session, covers, receipt)?;
    }
    let mut summary = line.finish(session)?;
    summary.pending += heard.over.pending;
    if !same && summary.pending == 0 {
        summary.lacks.push(Problem::new("line-differs"));
    }
    Ok(summary)
}

/// Says who calls, with what little there is to send, and hears who answers.
fn begin<R: Read, W: Write>(
    session: &mut Session,
    caller: &Caller<'_>,
    line: &mut Conversation<'_, R, W>,
) -> Result<(Option<Peer>, Hello), Broken> {
    let may_send = caller.prepare(session)?;
    let organisation = session.store.read().organisation()?;
    let known = match caller.remote.machine {
        Some(machine) => session.store.read().peer(machine)?,
        None => None,
    };
    let last = session.store.read().last_arrival()?;
    let arrivals = match &known {
        Some(_) if may_send => line.lacking(session, known.as_ref())?,
        _ => Vec::new(),
    };
    let is_cut = match &known {
        Some(peer) => session.store.read().about(&unanswered(peer.machine))? == Some(Value::Int(1)),
        None => false,
    };
    let unasked = known.is_some() && may_send && !is_cut && is_little(session, &arrivals)?;
    if let Some(peer) = known.as_ref().filter(|_| unasked && arrivals.len() > 1) {
        session.store.keep_about(&unanswered(peer.machine), &Value::Int(1))?;
    }
    let hello = Hello {
        dictionary: PACKS_WITH,
        organisation: organisation.as_ref().map(|it| it.id.bytes()),
        replica: session.store.replica_id(),
        expects: known.as_ref().map(|it| it.machine),
        theirs: known.as_ref().map(|it| it.theirs.clone()).unwrap_or_default(),
        joins: caller.request.joins,
        is_empty: organisation.is_none() && last == 0,
        projects: caller.remote.projects.clone(),
        asks: caller.request.projects.clone(),
        bytes_max: caller.request.bytes_max,
        key: (known.is_none() || !may_send).then(|| caller.key.public()),
        name: if known.is_none() { caller.request.own_name.clone() } else { String::new() },
        ..Hello::default()
    };
    let (arrivals, covers) = if unasked { (arrivals, last) } else { (Vec::new(), 0) };
    let spoken = line.speak(session, Turn { hello: Some(hello), arrivals, covers, ..Turn::default() });
    // A side that stopped listening may have said why.
    if let Err(Broken::Failure(failure)) = spoken {
        return Err(failure.into());
    }
    let there = line.meet()?.map_err(|it| caller.stopped(session, &it))?;
    let name = organisation.as_ref().map_or("", |it| &it.name);
    match (organisation.as_ref().map(|it| it.id.bytes()), there.organisation) {
        (_, None) => return Err(LineFault::Damaged.into()),
        (Some(own), Some(other)) if own != other => {
            let named = &there.organisation_name;
            return Err(Problem::new("line-other-organisation").with("name", named).with("own", name).into());
        }
        (_, Some(other)) => line.trust(session, other, there.founder)?,
    }
    Ok((known, there))
}

/// Under this name it is kept that several segments went to a machine which did not say yet what it got: after a cut
/// it is asked first.
fn unanswered(machine: ReplicaId) -> String {
    format!("unanswered-{}", shown(machine))
}

/// Tells whether segments amount to little.
fn is_little(session: &Session, arrivals: &[Arrival]) -> Result<bool, Failure> {
    if arrivals.len() > UNASKED_SEGMENTS_MAX {
        return Ok(false);
    }
    let mut bytes = 0;
    for arrival in arrivals {
        // Packing makes less than half of it.
        bytes += session.store.read().segment(arrival)?.encode().len() / 2 + 80;
        if bytes > UNASKED_BYTES_MAX {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hear<R: Read, W: Write>(
    session: &mut Session,
    caller: &Caller<'_>,
    line: &mut Conversation<'_, R, W>,
) -> Result<Heard, Broken> {
    line.listen(session)?.map_err(|it| caller.stopped(session, &it))
}

/// Sends what was kept back until the other side said what it has.
fn send_rest<R: Read, W: Write>(
    session: &mut Session,
    caller: &Caller<'_>,
    line: &mut Conversation<'_, R, W>,
    heard: Heard,
) -> Result<Heard, Broken> {
    let peer = session.store.read().peer(line.peer)?;
    let covers = session.store.read().last_arrival()?;
    let arrivals = line.lacking(session, peer.as_ref())?;
    if arrivals.is_empty() || line.pending() > 0 {
        return Ok(heard);
    }
    let receipt = peer.map(|it| it.theirs);
    line.speak(session, Turn { receipt, arrivals, covers, ..Turn::default() })?;
    hear(session, caller, line)
}

/// Makes sure that both sides hold the same; where they do not, both say how far every chain is, and send what lacks.
fn agree<R: Read, W: Write>(
    session: &mut Session,
    caller: &Caller<'_>,
    line: &mut Conversation<'_, R, W>,
    heard: &mut Heard,
) -> Result<bool, Broken> {
    if line.pending() > 0 || heard.over.pending > 0 {
        return Ok(false);
    }
    let apart = caller.apart(session, heard)?;
    let place = format!("apart-{}", shown(line.peer));
    if apart == Digest::default() {
        return Ok(true);
    }
    // The same chains as last time, when everything was said: saying it again changes nothing.
    if session.store.read().about(&place)? == Some(Value::Bytes(apart.to_vec())) {
        return Ok(false);
    }
    let scopes = Scopes::of(session, &caller.remote.projects)?;
    let have = Some(scopes.have(session)?);
    line.speak(session, Turn { have, ..Turn::default() })?;
    let answer = hear(session, caller, line)?;
    caller.prepare(session)?;
    let scopes = Scopes::of(session, &caller.remote.projects)?;
    let covers = session.store.read().last_arrival()?;
    let mut arrivals = scopes.lacking(session, answer.have.as_deref().unwrap_or_default())?;
    let peer = session.store.read().peer(line.peer)?;
    // What was written here goes there, whether it is talked about or not.
    let mut own = line.lacking(session, peer.as_ref())?;
    own.retain(|it| it.source == 0 && !scopes.hold(it.scope));
    arrivals.extend(own);
    let receipt = peer.map(|it| it.theirs);
    line.speak(session, Turn { receipt, arrivals, covers, ..Turn::default() })?;
    let came = answer.segments;
    *heard = hear(session, caller, line)?;
    heard.segments += came;
    if line.pending() > 0 || answer.over.pending > 0 {
        heard.over.pending = answer.over.pending;
        return Ok(false);
    }
    let apart = caller.apart(session, heard)?;
    session.store.keep_about(&place, &Value::Bytes(apart.to_vec()))?;
    Ok(apart == Digest::default())
}

impl Caller<'_> {
    /// Signs what was written here. Returns whether this machine may send.
    fn prepare(&self, session: &mut Session) -> Result<bool, Failure> {
        if session.store.read().organisation()?.is_none() {
            return Ok(false);
        }
        match introduce(session, self.key, &self.request.own_name) {
            Ok(_) => seal(session, self.key).map(|_| true),
            // The other side may enrol it.
            Err(failure) if failure.problem().key == "exchange-not-enrolled" => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Compares what both sides hold.
    fn apart(&self, session: &Session, heard: &Heard) -> Result<Digest, Failure> {
        let own = Scopes::of(session, &self.remote.projects)?.digest(session)?;
        Ok(difference(&own, &heard.over.digest.unwrap_or_default()))
    }

    /// Says why the other side stopped.
    fn stopped(&self, session: &Session, refused: &Refused) -> Broken {
        let problem = match refused.reason {
            Reason::NotEnrolled => not_enrolled(session, self.key),
            Reason::Withdrawn => Problem::new("line-withdrawn"),
            Reason::OtherOrganisation => {
                let own = session.organisation().map(|it| it.name).unwrap_or_default();
                Problem::new("line-other-organisation").with("name", &refused.text).with("own", own)
            }
            _ => Problem::new("line-says").with("text", &refused.text),
        };
        problem.into()
    }
}
