//! A person changes a notice: its words while it is a draft, its addressees until it went.

use super::doubt::{in_doubt, may_be_gone};
use super::gather::folded as folded_address;
use super::keep;
use super::review::{about, check_post, is_open, refused, waits};
use super::settle::{self, Outcome};
use super::view::known;
use crate::actions::failure::Failure;
use crate::actions::op::OpName;
use crate::actions::register::email as checked_email;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeState};
use crate::model::problem::Problem;
use crate::model::text::{LETTER_CHARS_MAX, NAME_CHARS_MAX, clean_letter, clean_line};
use crate::notify::Facts;
use crate::notify::layout::folded;
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// Somebody who is added to a notice.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// `entreprise`, `maitre-ouvrage`, or a post; may be empty.
    pub role: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Whether as a copy.
    pub copy: bool,
}

/// What a person changes about a notice, in this order: all of it is written, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Who is not written to: by address, name, role or identifier.
    pub without: Option<String>,
    /// Who gets which address.
    pub mended: Option<(String, String)>,
    /// Who is written to as well.
    pub added: Option<Address>,
    /// The subject of a draft; from now on its words are the person's.
    pub subject: Option<String>,
    /// The body of a draft; from now on its words are the person's.
    pub body: Option<String>,
}

/// A change of those to whom a notice goes.
enum Change {
    TakeOff(Id<DeliveryMark>),
    /// With whether it is tried again: what was refused or held was so at the address before.
    Mend(Id<DeliveryMark>, String, bool),
    Add(Address),
}

/// Changes a notice. Returns whether anything was written.
pub fn edit(session: &mut Session, id: Id<Notice>, edits: &Edits) -> Result<bool, Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let notice = known(read, id)?;
        let (changes, step) = changes(read, &notice, edits)?;
        let words = words(&notice, edits)?;
        if !changes.is_empty() {
            check_post(session, &notice)?;
        }
        let scope = keep::scope_of(read, &notice)?;
        let note = match (step, &words) {
            (Some((step, name)), None) => about(std::iter::once(&notice), step).with("name", name),
            (None, None) => return Ok(false),
            _ => about(std::iter::once(&notice), "edit"),
        };
        session.transact(OpName::Notify, &note, |tx| {
            changes.iter().try_for_each(|it| write(tx, scope, notice.id, it))?;
            if let Some((subject, body)) = &words {
                let facts = Facts { edited: true, ..Facts::read(&notice.facts) }.json();
                let columns = [
                    ("subject", Some(Value::from(subject.as_str()))),
                    ("body", Some(body.as_str().into())),
                    ("facts", Some(facts.as_str().into())),
                ];
                keep::set(tx, scope, notice.id, columns)?;
            }
            Ok(())
        })?;
        Ok(true)
    })
}

/// What a change of addressees is called in the log, with who is meant.
type Step = (&'static str, String);

/// Checks what is changed of those to whom a notice goes, each upon what the one before leaves. Several have no step of
/// their own.
fn changes(read: Reader<'_>, notice: &Notice, edits: &Edits) -> Result<(Vec<Change>, Option<Step>), Failure> {
    let (mut changes, mut step) = (Vec::new(), None);
    if edits.without.is_none() && edits.mended.is_none() && edits.added.is_none() {
        return Ok((changes, step));
    }
    if !is_open(notice) {
        return Err(refused(notice));
    }
    let mut deliveries = read.deliveries(notice.id)?;
    if let Some(who) = &edits.without {
        let delivery = changeable(read, notice, &deliveries, who)?;
        deliveries.retain(|it| it.id != delivery);
        changes.push(Change::TakeOff(delivery));
        step = Some(("address-remove", who.clone()));
    }
    if let Some((who, email)) = &edits.mended {
        let (delivery, email) = (changeable(read, notice, &deliveries, who)?, checked(email)?);
        check_once(&deliveries, Some(delivery), &email)?;
        let stopped = [DeliveryState::Failed, DeliveryState::Held];
        let again = deliveries.iter().any(|it| it.id == delivery && stopped.contains(&it.state));
        deliveries.iter_mut().filter(|it| it.id == delivery).for_each(|it| it.email.clone_from(&email));
        step = Some(("address-repair", email.clone()));
        changes.push(Change::Mend(delivery, email, again));
    }
    if let Some(added) = &edits.added {
        let (name, role, email) = (line(&added.name)?, line(&added.role)?, checked(&added.email)?);
        check_once(&deliveries, None, &email)?;
        step = Some(("address-add", email.clone()));
        changes.push(Change::Add(Address { role, name, email, copy: added.copy }));
    }
    Ok(if changes.len() > 1 { (changes, None) } else { (changes, step) })
}

/// Refuses an address that the notice goes to already.
fn check_once(deliveries: &[Delivery], own: Option<Id<DeliveryMark>>, email: &str) -> Result<(), Failure> {
    let others = deliveries.iter().filter(|it| it.state != DeliveryState::Cancelled && Some(it.id) != own);
    if others.map(|it| folded_address(&it.email)).any(|it| it == folded_address(email)) {
        return Err(Problem::new("notice-address-twice").with("email", email).into());
    }
    Ok(())
}

fn write(tx: &mut Tx<'_>, scope: Scope, notice: Id<Notice>, change: &Change) -> Result<(), Failure> {
    match change {
        Change::TakeOff(delivery) => keep::take_off(tx, scope, *delivery),
        Change::Mend(delivery, email, again) => {
            keep::set_email(tx, scope, *delivery, email)?;
            if *again {
                let outcome = Outcome { state: DeliveryState::Waiting, channel: "", reply: "", at_ms: 0 };
                settle::write(tx, scope, *delivery, &outcome)?;
            }
            Ok(())
        }
        Change::Add(it) => keep::write_addressee(tx, scope, notice, (&it.role, &it.name, &it.email), it.copy),
    }
}

/// Checks the words of a draft; `None` where they stay as they are.
fn words(notice: &Notice, edits: &Edits) -> Result<Option<(String, String)>, Failure> {
    if edits.subject.is_none() && edits.body.is_none() {
        return Ok(None);
    }
    let is_draft = matches!(notice.state, NoticeState::Draft | NoticeState::Held);
    if !is_draft || !notice.reference.is_empty() {
        return Err(Problem::new("notice-not-draft").with("reference", &notice.reference).into());
    }
    let subject = edits.subject.as_deref().map_or_else(|| Ok(notice.subject.clone()), line)?;
    let body = edits.body.as_deref().map_or_else(|| Ok(notice.body.clone()), cleaned_body)?;
    if subject.is_empty() || body.trim().is_empty() {
        return Err(Problem::new("notice-words-empty").into());
    }
    Ok(Some((subject, body)).filter(|(subject, body)| (subject, body) != (&notice.subject, &notice.body)))
}

/// Cleans one line; nothing of it is cut off.
fn line(text: &str) -> Result<String, Failure> {
    bounded(clean_line(text, usize::MAX), NAME_CHARS_MAX)
}

/// Cleans what a person wrote, keeping the spaces that set its tables, and folds it; nothing of it is cut off.
fn cleaned_body(text: &str) -> Result<String, Failure> {
    Ok(folded(&bounded(clean_letter(text), LETTER_CHARS_MAX)?))
}

fn bounded(text: String, chars_max: usize) -> Result<String, Failure> {
    if text.chars().count() > chars_max {
        return Err(too_long(chars_max).into());
    }
    Ok(text)
}

/// Says that a text is longer than what is kept.
pub fn too_long(chars_max: usize) -> Problem {
    Problem::new("notice-words-too-long").with("most", chars_max)
}

fn checked(email: &str) -> Result<String, Failure> {
    let email = email.trim();
    match checked_email(Some(email))? {
        Some(Value::Text(email)) => Ok(email),
        _ => Err(Problem::new("email-unreadable").with("text", email).into()),
    }
}

/// Finds the one who is meant, where it is known that nothing went there yet.
fn changeable(
    read: Reader<'_>,
    notice: &Notice,
    deliveries: &[Delivery],
    who: &str,
) -> Result<Id<DeliveryMark>, Failure> {
    let found = one(deliveries, who)?;
    if may_be_gone(read, found)? {
        return Err(in_doubt(notice));
    }
    Ok(found.id)
}

/// Finds the one who is meant: by address, name, role or identifier. What went stays.
fn one<'a>(deliveries: &'a [Delivery], who: &str) -> Result<&'a Delivery, Failure> {
    let waiting = deliveries.iter().filter(|it| waits(it.state) && it.state != DeliveryState::Cancelled);
    let same = |it: &&Delivery| {
        !it.email.is_empty() && it.email.eq_ignore_ascii_case(who)
            || it.name == who
            || it.role == who
            || it.id.to_string() == who
    };
    let found: Vec<&Delivery> = waiting.filter(same).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Problem::new("notice-nobody").with("name", who).into()),
        _ => Err(Problem::new("notice-several").with("name", who).into()),
    }
}
