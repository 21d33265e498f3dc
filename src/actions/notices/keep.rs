//! Writes notices and their addressees as rows of the log.

use super::wanted::Wanted;
use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{DeliveryMark, DeliveryState, Notice, NoticeKind, NoticeState};
use crate::model::organisation::{Organisation, Project};
use crate::model::site::Site;
use crate::notify::Draft;
use crate::store::change::Scope;
use crate::store::read::Reader;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// Returns the identifier of a notice: the same on every machine for the same unit, month, kind and gravity.
pub(super) fn notice_id(organisation: Id<Organisation>, wanted: &Wanted) -> Id<Notice> {
    let unit = wanted.lot.map_or(wanted.project.bytes(), Id::bytes);
    identity(organisation, wanted.kind, unit, (wanted.month, &wanted.gravity))
}

/// Returns the identifier of the digest of a project and week.
pub(super) fn digest_id(
    organisation: Id<Organisation>,
    project: Id<Project>,
    (month, week): (Month, &str),
) -> Id<Notice> {
    identity(organisation, NoticeKind::Digest, project.bytes(), (month, week))
}

fn identity(
    organisation: Id<Organisation>,
    kind: NoticeKind,
    unit: [u8; 16],
    (month, gravity): (Month, &str),
) -> Id<Notice> {
    let month = month.index().to_be_bytes();
    let parts: [&[u8]; 5] =
        [&organisation.bytes(), kind.word().as_bytes(), &unit, &month, gravity.as_bytes()];
    Id::from_bytes(hashed("notice", &parts))
}

/// Returns the identifier of a delivery: the same on every machine for the same notice and addressee.
pub(super) fn delivery_id(notice: Id<Notice>, role: &str, name: &str, email: &str) -> Id<DeliveryMark> {
    let address = email.to_ascii_lowercase();
    let who = if address.is_empty() { name } else { &address };
    Id::from_bytes(hashed("delivery", &[&notice.bytes(), role.as_bytes(), who.as_bytes()]))
}

fn hashed(what: &str, parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in [what.as_bytes()].iter().chain(parts) {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    bytes
}

/// Returns the scope in which a notice lives: the site of its lot, else its project.
pub(super) fn scope(project: Id<Project>, site: Option<Id<Site>>) -> Scope {
    site.map_or(Scope::Project(project.bytes()), |it| Scope::Site(it.bytes()))
}

/// Returns the scope of a notice that is there.
pub(super) fn scope_of(read: Reader<'_>, notice: &Notice) -> Result<Scope, Failure> {
    let lot = notice.lot.map(|it| read.lot(it)).transpose()?.flatten();
    Ok(scope(notice.project, lot.map(|it| it.site)))
}

/// Writes a draft, one that comes back, or one that a person holds.
pub(super) fn write_draft(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    id: Id<Notice>,
    (draft, state): (&Draft, NoticeState),
    language: &str,
) -> Result<(), Failure> {
    let columns = registry::NOTICE.columns([
        ("kind", Some(wanted.kind.word().into())),
        ("project", Some(wanted.project.into())),
        ("lot", wanted.lot.map(Value::from)),
        ("month", Some(wanted.month.into())),
        ("gravity", Some(wanted.gravity.as_str().into())),
        ("language", Some(language.into())),
        ("reference", Some(Value::Null)),
        ("subject", Some(draft.subject.as_str().into())),
        ("body", Some(draft.body.as_str().into())),
        ("facts", Some(wanted.facts.json().as_str().into())),
        ("state", Some(state.word().into())),
        ("day", Some(wanted.day.to_string().as_str().into())),
        ("archived", Some(Value::Null)),
    ]);
    tx.put(&registry::NOTICE, scope(wanted.project, wanted.site), vec![id.into()], columns, None)?;
    Ok(())
}

/// Writes an addressee that a person adds: role, name, address.
pub(super) fn write_addressee(
    tx: &mut Tx<'_>,
    scope: Scope,
    notice: Id<Notice>,
    (role, name, email): (&str, &str, &str),
    copy: bool,
) -> Result<(), Failure> {
    let id = delivery_id(notice, role, name, email);
    let columns = addressee(notice, (role, name, email), copy, Value::Null);
    tx.put(&registry::DELIVERY, scope, vec![id.into()], columns, None)?;
    Ok(())
}

/// Returns the columns of somebody who is to be written to.
pub(super) fn addressee(
    notice: Id<Notice>,
    (role, name, email): (&str, &str, &str),
    copy: bool,
    by_rule: Value,
) -> Vec<(u8, Value)> {
    registry::DELIVERY.columns([
        ("notice", Some(notice.into())),
        ("role", Some(role.into())),
        ("name", Some(name.into())),
        ("email", Some(email.into())),
        ("copy", Some(if copy { true.into() } else { Value::Null })),
        ("state", Some(DeliveryState::Waiting.word().into())),
        ("archived", Some(Value::Null)),
        ("by_rule", Some(by_rule)),
    ])
}

/// Writes the address that a person gives a delivery.
pub(super) fn set_email(
    tx: &mut Tx<'_>,
    scope: Scope,
    delivery: Id<DeliveryMark>,
    email: &str,
) -> Result<(), Failure> {
    let columns = registry::DELIVERY.columns([("email", Some(email.into())), ("by_rule", Some(Value::Null))]);
    tx.put(&registry::DELIVERY, scope, vec![delivery.into()], columns, None)?;
    Ok(())
}

/// Writes that a person takes somebody off.
pub(super) fn take_off(tx: &mut Tx<'_>, scope: Scope, delivery: Id<DeliveryMark>) -> Result<(), Failure> {
    let columns = registry::DELIVERY
        .columns([("state", Some(DeliveryState::Cancelled.word().into())), ("by_rule", Some(Value::Null))]);
    tx.put(&registry::DELIVERY, scope, vec![delivery.into()], columns, None)?;
    Ok(())
}

/// Writes columns of a notice.
pub(super) fn set<const N: usize>(
    tx: &mut Tx<'_>,
    scope: Scope,
    notice: Id<Notice>,
    columns: [(&str, Option<Value>); N],
) -> Result<(), Failure> {
    let columns = registry::NOTICE.columns(columns);
    tx.put(&registry::NOTICE, scope, vec![notice.into()], columns, None)?;
    Ok(())
}
