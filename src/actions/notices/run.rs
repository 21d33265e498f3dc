//! One pass over the outbox: what is due goes out, and the log says what became of it.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::super::failure::Failure;
use super::super::session::Session;
use super::attempt::{self, Stand, Work};
use super::gather::{Wording, gather};
use super::limits::{Allowed, Limits};
use super::mail_settings::{Carrier, Mail, Ways};
use super::pass::look_ahead;
pub use super::pass::{Pass, Stopped};
use super::pause;
use super::sender::sender;
use super::settle::{self, DIGEST, Outcome, settle};
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryState, Notice};
use crate::model::outbox::OutboxState;
use crate::model::problem::Problem;
use crate::notify::address::Address;
use crate::notify::folder::{self, Page};
use crate::notify::message::{Letter, name_of};
use crate::notify::outbox::{Ending, Haste, said};
use crate::notify::smtp::{Conversation, Server, Shut, denies_relay};

/// After so many broken lines a pass ends: on a line that breaks again and again, doubts would pile up.
const BREAKS_MAX: usize = 3;
/// After so many addressees in a row for whom the server does not carry, it does not carry for this machine.
const DENIED_MAX: usize = 3;

/// The channel of letters that are printed.
const LETTER: &str = "letter";

/// What is asked of a pass.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Who works: the machine's start and the number of the program.
    pub owner: String,
    /// Only this notice, whether its time has come or not.
    pub only: Option<Id<Notice>>,
    /// Also to a server that did not want this machine a moment ago.
    pub retry: bool,
}

impl Order {
    const fn haste(&self) -> Haste {
        match (self.only, self.retry) {
            (Some(_), _) => Haste::All,
            (None, true) => Haste::Line,
            (None, false) => Haste::None,
        }
    }
}

/// Names this program at work: by the start of the machine, so that a number that is given again means nobody else.
pub fn worker() -> String {
    let start = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    format!("{} {}", start.trim(), std::process::id())
}

/// The machine's clock.
pub type Clock<'a> = &'a dyn Fn() -> DateTime<Utc>;

/// Runs one pass.
pub fn run(
    session: &mut Session,
    ways: &Ways,
    order: &Order,
    wording: Wording<'_>,
    clock: Clock<'_>,
) -> Result<Pass, Failure> {
    let who = sender(session)?;
    let mut pass = Pass::default();
    if !who.is_this() {
        pass.stopped = Some(Stopped::Sender(who));
        return Ok(pass);
    }
    session.now = clock();
    let now_ms = session.now.timestamp_millis();
    pass.gathered = gather(session, wording, order.only, now_ms)?;
    pass.stopped = match &ways.mail {
        None if ways.letters.is_none() => Some(Stopped::NoWay),
        Some(Mail { carrier: Carrier::Server(_), .. }) if !order.retry => {
            pause::reason(session, now_ms)?.map(Stopped::Paused)
        }
        _ => None,
    };
    let limits = Limits::load(session.store.read(), now_ms)?;
    let from_name = session.organisation()?.name;
    let mut worker = Worker { ways, order, clock, from_name, limits, talk: None, breaks: 0, denied: 0, pass };
    for delivery in session.store.read().deliveries_waiting()? {
        if delivery.channel != DIGEST && order.only.is_none_or(|it| it == delivery.notice) {
            worker.deliver(session, &delivery)?;
        }
    }
    if let Some(talk) = worker.talk.take() {
        talk.close();
    }
    let mut pass = worker.pass;
    look_ahead(session, &mut pass, clock().timestamp_millis())?;
    Ok(pass)
}

struct Worker<'a> {
    ways: &'a Ways,
    order: &'a Order,
    clock: Clock<'a>,
    from_name: String,
    limits: Limits,
    talk: Option<Conversation>,
    breaks: usize,
    denied: usize,
    pass: Pass,
}

impl Worker<'_> {
    fn now_ms(&self, session: &mut Session) -> i64 {
        session.now = (self.clock)();
        session.now.timestamp_millis()
    }

    fn deliver(&mut self, session: &mut Session, delivery: &Delivery) -> Result<(), Failure> {
        let row = session.store.read().outbox_row(delivery.id)?;
        let work = Work { delivery: delivery.id, owner: &self.order.owner, channel: "" };
        let now_ms = self.now_ms(session);
        if !attempt::is_due(row.as_ref(), work, self.order.haste(), now_ms) {
            return Ok(());
        }
        let Some(notice) = session.store.read().notice(delivery.notice)? else { return Ok(()) };
        let ways = self.ways;
        let address =
            ways.mail.as_ref().map(|it| (it, Address::read(&delivery.email, Some(it.from.domain()))));
        match (address, &ways.letters) {
            (Some((mail, Ok(to))), _) => self.by_mail(session, (delivery, &notice), mail, &to),
            (_, Some(folder)) => self.by_letter(session, (delivery, &notice), folder),
            (_, None) => {
                self.pass.without_address += usize::from(ways.mail.is_some());
                Ok(())
            }
        }
    }

    fn by_mail(
        &mut self,
        session: &mut Session,
        (delivery, notice): (&Delivery, &Notice),
        mail: &Mail,
        to: &Address,
    ) -> Result<(), Failure> {
        if self.pass.stopped.is_some() {
            return Ok(());
        }
        let letter = Letter {
            delivery: delivery.id,
            from: &mail.from,
            from_name: &self.from_name,
            to,
            to_name: &delivery.name,
            subject: &notice.subject,
            body: &notice.body,
            day: notice.day.parse().unwrap_or_default(),
        };
        let message = match letter.bytes() {
            Ok(message) => message,
            Err(problem) => return self.hold(session, delivery, &problem),
        };
        match &mail.carrier {
            Carrier::Server(server) => {
                self.by_server(session, (delivery, notice), server, (&mail.from, to), &message)
            }
            Carrier::Folder(folder) => {
                let about = if notice.reference.is_empty() { notice.kind.word() } else { &notice.reference };
                let name = folder::file_name(&notice.day, about, &name_of(delivery.id), "eml");
                self.lay_down(session, delivery, "folder", folder, (&name, &message))
            }
        }
    }

    fn by_letter(
        &mut self,
        session: &mut Session,
        (delivery, notice): (&Delivery, &Notice),
        folder: &Path,
    ) -> Result<(), Failure> {
        if self.pass.letters_stopped.is_some() {
            return Ok(());
        }
        let page = Page { to: &delivery.name, address: &delivery.email, body: &notice.body };
        let about = if notice.reference.is_empty() { notice.kind.word() } else { &notice.reference };
        let name = folder::file_name(&notice.day, about, &name_of(delivery.id), "txt");
        self.lay_down(session, delivery, LETTER, folder, (&name, page.text().as_bytes()))
    }

    fn lay_down(
        &mut self,
        session: &mut Session,
        delivery: &Delivery,
        channel: &str,
        folder: &Path,
        (name, content): (&str, &[u8]),
    ) -> Result<(), Failure> {
        let order = self.order;
        let work = Work { delivery: delivery.id, owner: &order.owner, channel };
        if !self.take(session, work)? {
            return Ok(());
        }
        let ending = match folder::write(folder, name, content) {
            Ok(path) => Ending::Written(path.to_string_lossy().into_owned()),
            Err(problem) => Ending::Unreachable(said(&problem)),
        };
        self.end(session, work, ending)
    }

    fn by_server(
        &mut self,
        session: &mut Session,
        (delivery, notice): (&Delivery, &Notice),
        server: &Server,
        (from, to): (&Address, &Address),
        message: &[u8],
    ) -> Result<(), Failure> {
        let about = settle::about(session.store.read(), notice)?;
        let now_ms = self.now_ms(session);
        match self.limits.allows(about, now_ms) {
            Allowed::Yes => {}
            Allowed::NotToday => return Ok(()),
            Allowed::After(wait_ms) => {
                self.pass.stopped = Some(Stopped::Minute);
                self.pass.again_ms = Some(wait_ms);
                return Ok(());
            }
        }
        let order = self.order;
        let work = Work { delivery: delivery.id, owner: &order.owner, channel: "smtp" };
        if !self.take(session, work)? {
            return Ok(());
        }
        let mut talk = match self.addressed(server, from, to) {
            Ok(talk) => talk,
            Err(ending) => return self.end(session, work, ending),
        };
        let now_ms = self.now_ms(session);
        if !attempt::begin(session, work, now_ms)? {
            self.talk = Some(talk);
            return Ok(());
        }
        self.limits.count(about, now_ms);
        let ending = talk.content(message);
        self.talk = talk.is_open().then_some(talk);
        self.end(session, work, ending)
    }

    /// Finds a server that takes a message for the addressee. One that hung up since the last message is called again.
    fn addressed(&mut self, server: &Server, from: &Address, to: &Address) -> Result<Conversation, Ending> {
        if let Some(mut talk) = self.talk.take() {
            match talk.address(from, to) {
                Ok(()) => return Ok(talk),
                Err(Ending::Cut(_) | Ending::Later(_)) if !talk.is_open() => {}
                Err(ending) => {
                    self.talk = talk.is_open().then_some(talk);
                    return Err(ending);
                }
            }
        }
        let mut talk = Conversation::open(server).map_err(|shut| match shut {
            Shut::Unreachable(reply) => Ending::Unreachable(reply),
            Shut::Unwelcome(reply) => Ending::Unwelcome(reply),
            Shut::Busy(reply) => {
                self.pass.stopped = Some(Stopped::Busy(reply.clone()));
                Ending::Later(reply)
            }
        })?;
        match talk.address(from, to) {
            Ok(()) => Ok(talk),
            Err(ending) => {
                // Who hangs up on the first message would hang up on all of them.
                if let (Ending::Later(reply), false) = (&ending, talk.is_open()) {
                    self.pass.stopped = Some(Stopped::Busy(reply.clone()));
                }
                self.talk = talk.is_open().then_some(talk);
                Err(ending)
            }
        }
    }

    fn take(&mut self, session: &mut Session, work: Work<'_>) -> Result<bool, Failure> {
        let now_ms = self.now_ms(session);
        let (taken, stand) = attempt::claim(session, work, self.order.haste(), now_ms)?;
        if !taken && matches!(stand, Stand::Settled(_) | Stand::Kept(OutboxState::Unknown)) {
            self.pass.count(stand);
        }
        Ok(taken)
    }

    fn end(&mut self, session: &mut Session, work: Work<'_>, ending: Ending) -> Result<(), Failure> {
        let now_ms = self.now_ms(session);
        let stand = attempt::finish(session, work, &ending, now_ms)?;
        self.pass.count(stand);
        match ending {
            Ending::Unwelcome(reply) => {
                pause::begin(session, &reply, now_ms)?;
                self.pass.stopped = Some(Stopped::Unwelcome(reply));
            }
            Ending::Unreachable(reply) if work.channel == LETTER => self.pass.letters_stopped = Some(reply),
            Ending::Unreachable(reply) => self.pass.stopped = Some(Stopped::Unreachable(reply)),
            Ending::Accepted(_) => {
                self.denied = 0;
                pause::end(session)?;
            }
            // One refused addressee stops nobody else's mail.
            Ending::Refused(reply) if denies_relay(&reply) => {
                self.denied += 1;
                if self.denied >= DENIED_MAX {
                    self.pass.stopped = Some(Stopped::Unwelcome(reply));
                }
            }
            Ending::Cut(reply) | Ending::Unknown(reply) => {
                self.breaks += 1;
                if self.breaks >= BREAKS_MAX {
                    self.pass.stopped = Some(Stopped::Unreachable(reply));
                }
            }
            Ending::Written(_) | Ending::Later(_) | Ending::Refused(_) => {}
        }
        Ok(())
    }

    /// Nothing can be written of it: a person decides.
    fn hold(&mut self, session: &mut Session, delivery: &Delivery, problem: &Problem) -> Result<(), Failure> {
        let at_ms = self.now_ms(session);
        let state = DeliveryState::Held;
        settle(session, delivery.id, &Outcome { state, channel: "", reply: &said(problem), at_ms })?;
        self.pass.count(Stand::Settled(state));
        Ok(())
    }
}
