//! What may have gone although nobody knows: its words and its addresses stay as they are, so that no second letter bears
//! the same number.

use super::super::failure::Failure;
use super::review::shown;
use crate::model::notice::{Delivery, DeliveryState, Notice};
use crate::model::outbox::OutboxRow;
use crate::model::problem::Problem;
use crate::store::read::Reader;

/// Tells whether a delivery may have gone: this machine works at it, the line broke where nobody can tell, or it is in a
/// digest.
pub(super) fn may_be_gone(read: Reader<'_>, delivery: &Delivery) -> Result<bool, Failure> {
    if !matches!(delivery.state, DeliveryState::Waiting | DeliveryState::Held) {
        return Ok(false);
    }
    // Only what was tried, or put together, has a way while it waits.
    let was_tried = !delivery.channel.is_empty();
    Ok(was_tried || read.outbox_row(delivery.id)?.as_ref().is_some_and(OutboxRow::may_be_gone))
}

/// Tells whether something of a notice may have gone.
pub(super) fn any_may_be_gone(read: Reader<'_>, deliveries: &[Delivery]) -> Result<bool, Failure> {
    for delivery in deliveries {
        if may_be_gone(read, delivery)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Says that a notice may have gone, and what can be done.
pub(super) fn in_doubt(notice: &Notice) -> Failure {
    Problem::new("notice-may-be-gone").with("reference", shown(notice)).into()
}
