//! A person changes a notice: its words while it is a draft, its addressees until it went.

use super::gather::folded;
use super::keep;
use super::review::{about, is_open, refused, waits};
use super::view::known;
use crate::actions::failure::Failure;
use crate::actions::op::OpName;
use crate::actions::register::email as checked_email;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeState};
use crate::model::problem::Problem;
use crate::model::text::{LETTER_CHARS_MAX, NAME_CHARS_MAX, clean_line};
use crate::notify::Facts;
use crate::notify::layout::folded as folded_lines;
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

/// Rewrites subject or body of a draft; what is not given stays. From now on the words are the person's.
pub fn edit_words(
    session: &mut Session,
    id: Id<Notice>,
    subject: Option<&str>,
    body: Option<&str>,
) -> Result<bool, Failure> {
    session.steady(|session| {
        let notice = known(session.store.read(), id)?;
        let is_draft = matches!(notice.state, NoticeState::Draft | NoticeState::Held);
        if !is_draft || !notice.reference.is_empty() {
            return Err(Problem::new("notice-not-draft").with("reference", &notice.reference).into());
        }
        let subject = subject.map_or_else(|| notice.subject.clone(), |it| clean_line(it, NAME_CHARS_MAX));
        let body = body.map_or_else(|| notice.body.clone(), cleaned_body);
        if subject.is_empty() || body.trim().is_empty() {
            return Err(Problem::new("notice-words-empty").into());
        }
        if (&subject, &body) == (&notice.subject, &notice.body) {
            return Ok(false);
        }
        let facts = Facts { edited: true, ..Facts::read(&notice.facts) }.json();
        let scope = keep::scope_of(session.store.read(), &notice)?;
        let note = about(std::iter::once(&notice), "edit");
        session.transact(OpName::Notify, &note, |tx| {
            let columns = [
                ("subject", Some(Value::from(subject.as_str()))),
                ("body", Some(body.as_str().into())),
                ("facts", Some(facts.as_str().into())),
            ];
            keep::set(tx, scope, notice.id, columns)
        })?;
        Ok(true)
    })
}

/// Cleans what a person wrote line by line, keeping indents, and folds it.
fn cleaned_body(text: &str) -> String {
    let text: String = text.chars().take(LETTER_CHARS_MAX).collect();
    let lines = text.lines().map(|line| {
        let words = line.trim_start_matches(' ');
        format!(
            "{}{}",
            " ".repeat((line.len() - words.len()).min(NAME_CHARS_MAX)),
            clean_line(words, LETTER_CHARS_MAX)
        )
    });
    folded_lines(&lines.collect::<Vec<_>>().join("\n"))
}

/// Adds somebody to a notice.
pub fn add_address(session: &mut Session, id: Id<Notice>, address: &Address) -> Result<(), Failure> {
    session.steady(|session| {
        let (notice, deliveries) = open(session, id)?;
        let email = checked(&address.email)?;
        let name = clean_line(&address.name, NAME_CHARS_MAX);
        let role = clean_line(&address.role, NAME_CHARS_MAX);
        check_once(&deliveries, None, &email)?;
        let scope = keep::scope_of(session.store.read(), &notice)?;
        let note = about(std::iter::once(&notice), "address-add").with("name", &email);
        session.transact(OpName::Notify, &note, |tx| {
            keep::write_addressee(tx, scope, notice.id, (&role, &name, &email), address.copy)
        })?;
        Ok(())
    })
}

/// Takes somebody off a notice, by name or address.
pub fn remove_address(session: &mut Session, id: Id<Notice>, who: &str) -> Result<(), Failure> {
    session.steady(|session| {
        let (notice, deliveries) = open(session, id)?;
        let delivery = one(&deliveries, who)?;
        let scope = keep::scope_of(session.store.read(), &notice)?;
        let note = about(std::iter::once(&notice), "address-remove").with("name", who);
        session.transact(OpName::Notify, &note, |tx| keep::take_off(tx, scope, delivery))?;
        Ok(())
    })
}

/// Writes the address of somebody on a notice, by name, role or the address so far.
pub fn repair_address(session: &mut Session, id: Id<Notice>, who: &str, email: &str) -> Result<(), Failure> {
    session.steady(|session| {
        let (notice, deliveries) = open(session, id)?;
        let delivery = one(&deliveries, who)?;
        let email = checked(email)?;
        check_once(&deliveries, Some(delivery), &email)?;
        let scope = keep::scope_of(session.store.read(), &notice)?;
        let note = about(std::iter::once(&notice), "address-repair").with("name", &email);
        session.transact(OpName::Notify, &note, |tx| keep::set_email(tx, scope, delivery, &email))?;
        Ok(())
    })
}

/// Refuses an address that the notice goes to already.
fn check_once(deliveries: &[Delivery], own: Option<Id<DeliveryMark>>, email: &str) -> Result<(), Failure> {
    let others = deliveries.iter().filter(|it| it.state != DeliveryState::Cancelled && Some(it.id) != own);
    if others.map(|it| folded(&it.email)).any(|it| it == folded(email)) {
        return Err(Problem::new("notice-address-twice").with("email", email).into());
    }
    Ok(())
}

fn open(session: &Session, id: Id<Notice>) -> Result<(Notice, Vec<Delivery>), Failure> {
    let read = session.store.read();
    let notice = known(read, id)?;
    if !is_open(&notice) {
        return Err(refused(&notice));
    }
    let deliveries = read.deliveries(notice.id)?;
    Ok((notice, deliveries))
}

fn checked(email: &str) -> Result<String, Failure> {
    let email = email.trim();
    match checked_email(Some(email))? {
        Some(Value::Text(email)) => Ok(email),
        _ => Err(Problem::new("email-unreadable").with("text", email).into()),
    }
}

/// Finds the one who is meant: by address, name, role or identifier. What went stays.
fn one(deliveries: &[Delivery], who: &str) -> Result<Id<DeliveryMark>, Failure> {
    let waiting = deliveries.iter().filter(|it| waits(it.state) && it.state != DeliveryState::Cancelled);
    let same = |it: &&Delivery| {
        !it.email.is_empty() && it.email.eq_ignore_ascii_case(who)
            || it.name == who
            || it.role == who
            || it.id.to_string() == who
    };
    let found: Vec<&Delivery> = waiting.filter(same).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Problem::new("notice-nobody").with("name", who).into()),
        _ => Err(Problem::new("notice-several").with("name", who).into()),
    }
}
