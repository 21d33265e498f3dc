//! To whom a draft goes: it follows the register, and what a person added, changed or took off stays so.

use super::keep;
use crate::actions::alerts::NoticeRecipient;
use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice};
use crate::store::change::Scope;
use crate::store::registry::DELIVERY;
use crate::store::transact::Tx;

/// What is to be written so that a draft goes to those who are called for.
pub(super) enum Touch {
    /// Somebody who is new, or called otherwise now, or called for again.
    Write(Id<DeliveryMark>, NoticeRecipient),
    /// Somebody who is no longer called for.
    Leave(Id<DeliveryMark>),
}

/// Compares those who are called for with those who are there. An address is part of who somebody is: whose address
/// was corrected leaves, and comes with the new one.
pub(super) fn touches(notice: Id<Notice>, called: &[NoticeRecipient], present: &[Delivery]) -> Vec<Touch> {
    let mut touches = Vec::new();
    let mut stays: Vec<Id<DeliveryMark>> = Vec::new();
    for addressee in called {
        if present.iter().any(|it| !it.by_rule && is_about(it, addressee)) {
            continue;
        }
        let id = id_of(notice, addressee, present);
        stays.push(id);
        if !present.iter().any(|it| it.id == id && says(it, addressee)) {
            touches.push(Touch::Write(id, addressee.clone()));
        }
    }
    let open = |it: &&Delivery| {
        it.by_rule
            && !matches!(it.state, DeliveryState::Sent | DeliveryState::Written | DeliveryState::Cancelled)
    };
    let left = present.iter().filter(open).filter(|it| !stays.contains(&it.id));
    touches.extend(left.map(|it| Touch::Leave(it.id)));
    touches
}

/// Tells whether what a person wrote is about somebody: by address, or by role and name.
fn is_about(delivery: &Delivery, addressee: &NoticeRecipient) -> bool {
    let known = &addressee.recipient;
    let email = known.email.as_deref().unwrap_or_default();
    !email.is_empty() && delivery.email.eq_ignore_ascii_case(email)
        || delivery.role == known.role && delivery.name == known.name
}

/// Tells whether a delivery says what is to be said of an addressee.
fn says(delivery: &Delivery, addressee: &NoticeRecipient) -> bool {
    delivery.state != DeliveryState::Cancelled
        && delivery.name == addressee.recipient.name
        && delivery.email == addressee.recipient.email.as_deref().unwrap_or_default()
        && delivery.copy == addressee.copy
}

/// Returns the identifier of an addressee; another where a person made something else of the usual one.
fn id_of(notice: Id<Notice>, addressee: &NoticeRecipient, present: &[Delivery]) -> Id<DeliveryMark> {
    let known = &addressee.recipient;
    let email = known.email.as_deref().unwrap_or_default();
    let usual = keep::delivery_id(notice, known.role, &known.name, email);
    if present.iter().any(|it| it.id == usual && !it.by_rule) {
        return keep::delivery_id(notice, known.role, "", &format!("{email} {}", known.name));
    }
    usual
}

/// Writes to whom a draft goes.
pub(super) fn write(
    tx: &mut Tx<'_>,
    scope: Scope,
    notice: Id<Notice>,
    touches: &[Touch],
) -> Result<(), Failure> {
    for touch in touches {
        let (id, columns) = match touch {
            Touch::Write(id, NoticeRecipient { recipient, copy }) => {
                let email = recipient.email.as_deref().unwrap_or_default();
                let whom = (recipient.role, recipient.name.as_str(), email);
                (*id, keep::addressee(notice, whom, *copy, true.into()))
            }
            Touch::Leave(id) => {
                (*id, DELIVERY.columns([("state", Some(DeliveryState::Cancelled.word().into()))]))
            }
        };
        tx.put(&DELIVERY, scope, vec![id.into()], columns, None)?;
    }
    Ok(())
}
