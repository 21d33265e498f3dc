//! Prepares the notices that are called for; drafts whose alert is gone go with it.

use std::collections::{HashMap, HashSet};

use super::addressees::{self, Touch};
use super::decided::month_by_policy;
use super::doubt::any_may_be_gone;
use super::facts::{Desk, figures_now};
use super::keep;
use super::known::Known;
use super::templates;
use super::view::is_gone;
use super::wanted::{Looking, Wanted};
use crate::actions::alerts;
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::op::{Note, OpName};
use crate::actions::session::Session;
use crate::model::decision::DecisionKind;
use crate::model::id::Id;
use crate::model::notice::{Delivery, Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::notify::vocabulary::language;
use crate::notify::{Draft, Facts, Templates, Writer};
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// What was prepared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// New drafts, and those that came back.
    pub made: Vec<Id<Notice>>,
    /// Drafts whose figures or words are new.
    pub renewed: Vec<Id<Notice>>,
    /// Drafts whose alert is gone, and notices that did not go before their figures changed.
    pub withdrawn: Vec<Id<Notice>>,
}

/// What is done about one notice.
pub(super) enum Step {
    /// It is written, or written again.
    Write(Box<Write>),
    /// Only those to whom it goes are others.
    Address(Id<Notice>, Scope, Vec<Touch>),
    /// It is dropped.
    Drop(Notice, Scope),
    /// It is withdrawn, and comes back with its alert.
    Cancel(Notice, Scope),
}

/// A notice to write.
pub(super) struct Write {
    pub id: Id<Notice>,
    pub wanted: Wanted,
    pub draft: Draft,
    language: String,
    state: NoticeState,
    touches: Vec<Touch>,
    is_new: bool,
    is_changed: bool,
}

/// Prepares everything that is called for, of one project or all.
pub fn prepare(session: &mut Session, project: Option<&str>) -> Result<Prepared, Failure> {
    prepare_as(session, project, OpName::Notify)
}

/// Prepares as an op of some name.
pub(super) fn prepare_as(
    session: &mut Session,
    project: Option<&str>,
    name: OpName,
) -> Result<Prepared, Failure> {
    session.steady(|session| {
        let (desk, known) = (Desk::new(session)?, Known::load(session.store.read())?);
        let templates = templates::load(session)?;
        let wanted = Looking::new(session, &desk, &known).everything(project)?;
        let read = session.store.read();
        let chosen = project.map(|it| names::project(read, it)).transpose()?.map(|it| it.id);
        let steps = Plan::new(read, &desk, &templates, &known).steps(wanted, chosen)?;
        let note = Note::new().with("step", "prepare").with("count", steps.len());
        let (prepared, _) = session.transact(name, &note, |tx| commit(tx, steps))?;
        Ok(prepared)
    })
}

/// Writes what is planned.
pub(super) fn commit(tx: &mut Tx<'_>, steps: Vec<Step>) -> Result<Prepared, Failure> {
    let mut prepared = Prepared::default();
    for step in steps {
        match step {
            Step::Write(it) => {
                keep::write_draft(tx, &it.wanted, it.id, (&it.draft, it.state), &it.language)?;
                let scope = keep::scope(it.wanted.project, it.wanted.site);
                addressees::write(tx, scope, it.id, &it.touches)?;
                if it.is_new {
                    prepared.made.push(it.id);
                } else if it.is_changed {
                    prepared.renewed.push(it.id);
                }
            }
            Step::Address(notice, scope, touches) => addressees::write(tx, scope, notice, &touches)?,
            Step::Drop(notice, scope) => {
                keep::set(tx, scope, notice.id, [("archived", Some(true.into()))])?;
                prepared.withdrawn.push(notice.id);
            }
            Step::Cancel(notice, scope) => {
                let facts = Facts { superseded: true, ..Facts::read(&notice.facts) };
                let columns = [
                    ("state", Some(Value::from(NoticeState::Cancelled.word()))),
                    ("facts", Some(facts.json().as_str().into())),
                ];
                keep::set(tx, scope, notice.id, columns)?;
                prepared.withdrawn.push(notice.id);
            }
        }
    }
    Ok(prepared)
}

/// Tells whether a notice waits for its approval without a number, held or not.
fn is_draft(notice: &Notice) -> bool {
    match notice.state {
        NoticeState::Draft => true,
        NoticeState::Held => notice.reference.is_empty(),
        NoticeState::Ready | NoticeState::Cancelled => false,
    }
}

fn address(notice: Id<Notice>, scope: Scope, touches: Vec<Touch>) -> Option<Step> {
    (!touches.is_empty()).then_some(Step::Address(notice, scope, touches))
}

/// Compares what is called for with what is there.
pub(super) struct Plan<'a> {
    read: Reader<'a>,
    desk: &'a Desk,
    writers: HashMap<String, Writer<'a>>,
    templates: &'a Templates,
    known: &'a Known,
    /// A person asks for it: what was withdrawn comes back.
    is_asked_for: bool,
}

impl<'a> Plan<'a> {
    pub fn new(read: Reader<'a>, desk: &'a Desk, templates: &'a Templates, known: &'a Known) -> Self {
        Self { read, desk, writers: HashMap::new(), templates, known, is_asked_for: false }
    }

    /// As a person asks for it.
    pub fn asked_for(self) -> Self {
        Self { is_asked_for: true, ..self }
    }

    fn steps(mut self, wanted: Vec<Wanted>, project: Option<Id<Project>>) -> Result<Vec<Step>, Failure> {
        let ids: HashSet<_> =
            wanted.iter().map(|it| keep::notice_id(self.desk.organisation.id, it)).collect();
        let about: HashSet<_> = wanted.iter().map(|it| (it.kind, it.project, it.lot, it.month)).collect();
        let mut steps = Vec::new();
        for wanted in wanted {
            steps.extend(self.step(wanted)?);
        }
        let rest = self.known.all().filter(|(it, _)| !ids.contains(&it.id));
        for (notice, deliveries) in rest.filter(|(it, _)| project.is_none_or(|id| id == it.project)) {
            let regraded = about.contains(&(notice.kind, notice.project, notice.lot, notice.month));
            steps.extend(self.leave(notice, deliveries, regraded)?);
        }
        Ok(steps)
    }

    /// Decides what to do about a notice that is called for.
    pub fn step(&mut self, wanted: Wanted) -> Result<Option<Step>, Failure> {
        let id = keep::notice_id(self.desk.organisation.id, &wanted);
        let language = self.desk.language(wanted.project).to_owned();
        let draft = self.draft(&wanted, &language)?;
        let deliveries = self.known.deliveries(id);
        let touches = addressees::touches(id, &wanted.addressees, deliveries);
        let Some(notice) = self.known.notice(id) else {
            let (state, is_new, is_changed) = (NoticeState::Draft, true, true);
            let write = Write { id, wanted, draft, language, state, touches, is_new, is_changed };
            return Ok(Some(Step::Write(Box::new(write))));
        };
        let facts = Facts::read(&notice.facts);
        let stays = self.stays(deliveries)?;
        let moved = facts.figures != wanted.facts.figures && !stays;
        let comes_back = (facts.superseded || self.is_asked_for) && !stays;
        let said = (&notice.subject, &notice.body) == (&draft.subject, &draft.body);
        let is_changed = !said || !facts.says_the_same(&wanted.facts);
        let scope = keep::scope(wanted.project, wanted.site);
        // What a person holds stays held, with the figures of today.
        let state = if notice.state == NoticeState::Held { NoticeState::Held } else { NoticeState::Draft };
        let write = Write { id, wanted, draft, language, state, touches, is_new: comes_back, is_changed };
        Ok(match notice.state {
            // What says the same is not written again: another machine may have approved it meanwhile.
            _ if is_draft(notice) && (facts.edited || !is_changed) => address(id, scope, write.touches),
            _ if is_draft(notice) => Some(Step::Write(Box::new(write))),
            NoticeState::Cancelled if comes_back => Some(Step::Write(Box::new(write))),
            NoticeState::Ready if moved && !facts.edited && notice.kind.is_about_lot() => {
                Some(Step::Write(Box::new(write)))
            }
            _ => None,
        })
    }

    fn draft(&mut self, wanted: &Wanted, word: &str) -> Result<Draft, Failure> {
        let writer = self
            .writers
            .entry(word.to_owned())
            .or_insert_with(|| Writer::new(language(word), self.templates));
        Ok(writer.draft(wanted.kind, &wanted.facts).map_err(Problem::from)?)
    }

    /// Decides what to do about a notice that nothing calls for any more.
    fn leave(
        &self,
        notice: &Notice,
        deliveries: &[Delivery],
        regraded: bool,
    ) -> Result<Option<Step>, Failure> {
        if self.stays(deliveries)? {
            return Ok(None);
        }
        if matches!(notice.kind, NoticeKind::FormalNotice | NoticeKind::Digest) {
            return self.readdress(notice, deliveries);
        }
        let step = |make: fn(Notice, Scope) -> Step| -> Result<Option<Step>, Failure> {
            Ok(Some(make(notice.clone(), keep::scope_of(self.read, notice)?)))
        };
        // What a person holds and wrote anew is the person's to withdraw.
        let is_kept = notice.state == NoticeState::Held && Facts::read(&notice.facts).edited;
        match notice.state {
            _ if is_kept => self.readdress(notice, deliveries),
            NoticeState::Ready if regraded => step(Step::Cancel),
            _ if is_draft(notice) && regraded => step(Step::Cancel),
            _ if is_draft(notice) && !self.is_decided(notice)? => step(Step::Drop),
            NoticeState::Ready if self.is_void(notice)? => step(Step::Cancel),
            _ => self.readdress(notice, deliveries),
        }
    }

    /// A draft that stays goes to those who are called for now.
    fn readdress(&self, notice: &Notice, deliveries: &[Delivery]) -> Result<Option<Step>, Failure> {
        if !is_draft(notice) {
            return Ok(None);
        }
        let lot = notice.lot.map(|it| self.read.lot(it)).transpose()?.flatten();
        let called = alerts::addressees(notice.kind, notice.project, lot.as_ref(), &self.desk.names);
        let scope = keep::scope_of(self.read, notice)?;
        Ok(address(notice.id, scope, addressees::touches(notice.id, &called, deliveries)))
    }

    /// Tells whether a notice went, or may have: its letter stands.
    fn stays(&self, deliveries: &[Delivery]) -> Result<bool, Failure> {
        Ok(is_gone(deliveries) || any_may_be_gone(self.read, deliveries)?)
    }

    /// Tells whether a notice about a decision still has it.
    fn is_decided(&self, notice: &Notice) -> Result<bool, Failure> {
        let kind = match notice.kind {
            NoticeKind::Demobilisation => DecisionKind::Demobilise,
            NoticeKind::Remobilisation => DecisionKind::Remobilise,
            _ => return Ok(false),
        };
        let Some(lot) = notice.lot else { return Ok(false) };
        if kind == DecisionKind::Demobilise && month_by_policy(self.read, lot)? == Some(notice.month) {
            return Ok(true);
        }
        let decisions = self.read.decisions(lot)?;
        Ok(decisions.iter().any(|it| it.decision.kind == kind && it.decision.from == notice.month))
    }

    /// Tells whether an approved notice says what is no longer so: it did not go in time. A month that is over keeps
    /// its letter.
    fn is_void(&self, notice: &Notice) -> Result<bool, Failure> {
        match (notice.kind, notice.lot) {
            (NoticeKind::Reminder | NoticeKind::MissingEntries, _) => Ok(true),
            (NoticeKind::Demobilisation | NoticeKind::Remobilisation, _) => Ok(!self.is_decided(notice)?),
            (_, Some(lot)) => {
                let said = Facts::read(&notice.facts).figures;
                Ok(figures_now(self.read, &self.desk.terms, lot, notice.month)? != said)
            }
            (_, None) => Ok(false),
        }
    }
}
