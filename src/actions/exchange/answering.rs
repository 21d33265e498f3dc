//! The side of a line that answers, one turn for each turn of the caller.

use std::io::{Read, Write};

use super::super::failure::Failure;
use super::super::names;
use super::super::session::Session;
use super::conversation::{Broken, Conversation, Heard, Turn};
use super::machines::{enrol_key, introduce, machines, rights, seal};
use super::scopes::Scopes;
use crate::model::problem::Problem;
use crate::store::exchange::ranges::Ranges;
use crate::sync::hello::{Hello, Reason, Refused};
use crate::sync::keys::MachineKey;
use crate::sync::line::{LineFault, Mouth, PACKS_WITH};

/// How calls are answered.
pub struct Answerer<'a> {
    /// The key of this machine.
    pub key: &'a MachineKey,
    /// How this machine is called when nobody named it.
    pub own_name: &'a str,
    /// Whether a machine that is not enrolled is enrolled: the line itself says who it is.
    pub enrols: bool,
    /// Says in words what went wrong, for the caller.
    pub words: &'a dyn Fn(&Problem) -> String,
}

/// Answers a call to its end. A caller that goes away is no failure: what it brought is saved.
pub fn answer<R: Read, W: Write>(
    session: &mut Session,
    answerer: &Answerer<'_>,
    input: R,
    output: W,
) -> Result<(), Failure> {
    let mut silent = |_| {};
    let answered = Conversation::new(input, output, &mut silent).and_then(|mut line| {
        let answered = answerer.converse(session, &mut line);
        if let Err(Broken::Failure(failure)) = &answered {
            line.refuse(Reason::Said, &(answerer.words)(&failure.problem()))?;
        }
        answered
    });
    match answered {
        Ok(()) | Err(Broken::Line(LineFault::Ended | LineFault::Cut | LineFault::Io(_))) => Ok(()),
        Err(Broken::Line(LineFault::TooNew)) => Err(Problem::new("line-too-new").into()),
        Err(Broken::Line(LineFault::Damaged)) => Err(Problem::new("line-damaged").into()),
        Err(Broken::Line(LineFault::Foreign(_))) => Err(Problem::new("line-for-machines").into()),
        Err(Broken::Failure(failure)) => Err(failure),
    }
}

/// Says to a caller, without a database to answer from, what is wrong.
pub fn refuse(output: impl Write, text: &str) -> std::io::Result<()> {
    let mut mouth = Mouth::new(output)?;
    mouth.refusal(&Refused { reason: Reason::Said, n: 0, text: text.to_owned() })?;
    mouth.flush()
}

impl Answerer<'_> {
    fn converse<R: Read, W: Write>(
        &self,
        session: &mut Session,
        line: &mut Conversation<'_, R, W>,
    ) -> Result<(), Broken> {
        let Ok(mut hello) = line.meet()? else { return Ok(()) };
        let organisation = session.organisation()?;
        if hello.organisation.is_some_and(|it| it != organisation.id.bytes()) {
            return line.refuse(Reason::OtherOrganisation, &organisation.name);
        }
        introduce(session, self.key, self.own_name)?;
        self.enrol(session, &hello)?;
        for name in &hello.asks {
            hello.projects.push(names::project(session.store.read(), name)?.id.bytes());
        }
        line.bytes_left = hello.bytes_max;
        line.trust(session, organisation.id.bytes(), None)?;
        if hello.expects == Some(session.store.replica_id()) {
            line.acknowledged(session, &hello.theirs)?;
        }
        let Ok(mut heard) = line.listen(session)? else { return Ok(()) };
        if let Some(reason) = stranger(session, &hello)? {
            return line.refuse(reason, "");
        }
        let mut own = Some(self.hello(session, &hello)?);
        loop {
            self.speak(session, line, &hello, &heard, own.take())?;
            match line.listen(session)? {
                Ok(turn) if !turn.over.ends => heard = turn,
                _ => return Ok(()),
            }
        }
    }

    /// Enrols the caller under the name that it gives.
    fn enrol(&self, session: &mut Session, hello: &Hello) -> Result<(), Failure> {
        let Some(key) = hello.key.filter(|_| self.enrols) else { return Ok(()) };
        // A machine that was withdrawn does not come back by calling again.
        if machines(session)?
            .iter()
            .any(|it| it.replica == hello.replica || it.key == key && it.withdrawn.is_some())
        {
            return Ok(());
        }
        enrol_key(session, self.key, self.own_name, &hello.name, (hello.replica, key)).map(|_| ())
    }

    fn hello(&self, session: &Session, caller: &Hello) -> Result<Hello, Failure> {
        let organisation = session.organisation()?;
        let is_new = caller.expects.is_none() || caller.organisation.is_none();
        let founder = rights(session)?.founder().filter(|_| is_new);
        Ok(Hello {
            dictionary: PACKS_WITH,
            organisation: Some(organisation.id.bytes()),
            replica: session.store.replica_id(),
            founder,
            projects: if caller.asks.is_empty() { Vec::new() } else { caller.projects.clone() },
            name: if is_new { self.own_name.to_owned() } else { String::new() },
            organisation_name: if is_new { organisation.name } else { String::new() },
            ..Hello::default()
        })
    }

    /// Says what the caller lacks, as far as it said what it has.
    fn speak<R: Read, W: Write>(
        &self,
        session: &mut Session,
        line: &mut Conversation<'_, R, W>,
        caller: &Hello,
        heard: &Heard,
        hello: Option<Hello>,
    ) -> Result<(), Broken> {
        introduce(session, self.key, self.own_name)?;
        seal(session, self.key)?;
        let last = session.store.read().last_arrival()?;
        let scopes = Scopes::of(session, &caller.projects)?;
        let peer = session.store.read().peer(caller.replica)?;
        let knows = caller.is_empty || caller.expects == Some(session.store.replica_id());
        let (arrivals, covers) = match &heard.have {
            Some(have) => (scopes.lacking(session, have)?, last),
            None if knows => {
                let mut arrivals = line.lacking(session, peer.as_ref())?;
                arrivals.retain(|it| scopes.hold(it.scope));
                (arrivals, last)
            }
            None => (Vec::new(), 0),
        };
        let have = heard.have.is_some().then(|| scopes.have(session)).transpose()?;
        let receipt =
            Some(peer.map(|it| it.theirs).unwrap_or_default()).filter(|it| *it != Ranges::default());
        let digest = Some(scopes.digest(session)?);
        line.speak(session, Turn { hello, receipt, have, arrivals, covers, digest, ends: false })
    }
}

/// Says why nothing is exchanged with a caller.
fn stranger(session: &Session, hello: &Hello) -> Result<Option<Reason>, Failure> {
    Ok(match rights(session)?.machine(hello.replica) {
        None => Some(Reason::NotEnrolled),
        Some(machine) if machine.withdrawn.is_some() => Some(Reason::Withdrawn),
        Some(_) => None,
    })
}
