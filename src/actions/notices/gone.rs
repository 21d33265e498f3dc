//! What went out, or may have gone, is not taken back.

use super::doubt::may_be_gone;
use crate::actions::failure::Failure;
use crate::model::id::Id;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice};
use crate::model::problem::Problem;
use crate::store::log::ChangeRow;
use crate::store::read::Reader;
use crate::store::registry;

/// Refuses to take back changes of a notice of which something went out or may have gone, or of such a delivery.
pub fn check_changes(read: Reader<'_>, changes: &[ChangeRow]) -> Result<(), Failure> {
    for id in rows::<Notice>(changes, registry::NOTICE.id) {
        read.deliveries(id)?.iter().try_for_each(|it| check(read, it))?;
    }
    for id in rows::<DeliveryMark>(changes, registry::DELIVERY.id) {
        read.delivery(id)?.iter().try_for_each(|it| check(read, it))?;
    }
    Ok(())
}

/// Returns the rows of a table that changes wrote, each once.
fn rows<T>(changes: &[ChangeRow], table: u16) -> Vec<Id<T>> {
    let mut rows: Vec<Id<T>> = Vec::new();
    for row in changes.iter().filter(|it| it.table == table).filter_map(|it| it.body.key.first()?.id()) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn check(read: Reader<'_>, delivery: &Delivery) -> Result<(), Failure> {
    // Of what a person decides about, nobody knows whether it went.
    let known = matches!(delivery.state, DeliveryState::Sent | DeliveryState::Written | DeliveryState::Held);
    if !known && !may_be_gone(read, delivery)? {
        return Ok(());
    }
    let reference = read.notice(delivery.notice)?.map(|it| super::review::shown(&it)).unwrap_or_default();
    Err(Problem::new("undo-notice-gone").with("reference", reference).into())
}
