//! Reads notices and what became of them at each addressee.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, ToSql};

use super::{Reader, id, or_default};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, DeliveryMark, DeliveryState, Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;
use crate::model::site::Lot;
use crate::store::error::StoreError;
use crate::store::registry;

const NOTICE: &str = "SELECT * FROM notice WHERE archived IS NOT 1 AND kind IS NOT NULL";
/// Notices without the letters and facts of those that are approved: these are most of what the table holds.
const LISTED: &str =
    "SELECT id, kind, project, lot, month, gravity, language, reference, subject, state, day,
    CASE WHEN state IN ('draft', 'held') THEN body END AS body,
    CASE WHEN state IN ('draft', 'held') THEN facts END AS facts
    FROM notice WHERE archived IS NOT 1 AND kind IS NOT NULL";
const DELIVERY: &str = "SELECT * FROM delivery WHERE archived IS NOT 1 AND notice IS NOT NULL";

impl Reader<'_> {
    /// Returns every notice, oldest first.
    pub fn notices(self) -> Result<Vec<Notice>, StoreError> {
        Ok(self.all(&format!("{NOTICE} ORDER BY day, id"), [], notice)?.into_iter().flatten().collect())
    }

    /// Returns notices of some states, all where none is named, of one project or lot or all, oldest first; without the
    /// letters and facts of those that are approved.
    pub fn notices_listed(
        self,
        (project, lot): (Option<Id<Project>>, Option<Id<Lot>>),
        states: &[NoticeState],
    ) -> Result<Vec<Notice>, StoreError> {
        let words: Vec<String> = states.iter().map(|it| format!("'{}'", it.word())).collect();
        let chosen =
            if words.is_empty() { "1".to_owned() } else { format!("state IN ({})", words.join(", ")) };
        let sql = format!(
            "{LISTED} AND {chosen} AND (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR lot = ?2) ORDER BY day, id"
        );
        let keys = (project.map(Id::bytes), lot.map(Id::bytes));
        Ok(self.all(&sql, keys, notice)?.into_iter().flatten().collect())
    }

    /// Returns the numbers that several notices have.
    pub fn references_given_twice(self) -> Result<HashSet<String>, StoreError> {
        let sql = "SELECT reference FROM notice
                   WHERE archived IS NOT 1 AND kind IS NOT NULL AND reference IS NOT NULL AND reference <> ''
                   GROUP BY reference HAVING count(*) > 1";
        Ok(self.all(sql, [], |row| row.get(0))?.into_iter().collect())
    }

    /// Counts the notices that wait for approval, and the approved ones that did not go to somebody for good; with `prints`,
    /// those who have no address get a letter on paper.
    pub fn notices_to_do(self, prints: bool) -> Result<(usize, usize), StoreError> {
        let count = |sql: &str, values: &[&dyn ToSql]| -> Result<usize, StoreError> {
            let count: i64 = self.0.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or_default())
        };
        let drafts =
            "SELECT count(*) FROM notice WHERE archived IS NOT 1 AND kind IS NOT NULL AND state = 'draft'";
        let stuck =
            "SELECT count(DISTINCT notice.id) FROM delivery CROSS JOIN notice ON notice.id = delivery.notice
                     WHERE delivery.state IN ('failed', 'held', 'waiting') AND delivery.archived IS NOT 1
                       AND (delivery.state <> 'waiting'
                         OR NOT ?1 AND delivery.email IS '' AND delivery.copy IS NOT 1)
                       AND notice.state = 'ready' AND notice.archived IS NOT 1 AND notice.kind IS NOT NULL";
        Ok((count(drafts, &[])?, count(stuck, &[&prints])?))
    }

    /// Returns the approved notices of which versions compete.
    pub fn notices_contested(self) -> Result<Vec<Id<Notice>>, StoreError> {
        // Two versions take at least 6 bytes: shorter ones are not even read.
        let sql = "SELECT id FROM notice WHERE state = 'ready' AND length(h) > 5";
        let mut contested = Vec::new();
        for found in self.all(sql, [], |row| id(row, "id"))? {
            if self.competes(&registry::NOTICE, &[found.into()])? {
                contested.push(found);
            }
        }
        Ok(contested)
    }

    /// Returns a notice.
    pub fn notice(self, wanted: Id<Notice>) -> Result<Option<Notice>, StoreError> {
        let mut find = self.0.prepare_cached(&format!("{NOTICE} AND id = ?1"))?;
        Ok(find.query_row([wanted.bytes().as_slice()], notice).optional()?.flatten())
    }

    /// Returns the notices of a lot, oldest first.
    pub fn notices_of_lot(self, lot: Id<Lot>) -> Result<Vec<Notice>, StoreError> {
        let sql = format!("{NOTICE} AND lot = ?1 ORDER BY day, id");
        Ok(self.all(&sql, [lot.bytes().as_slice()], notice)?.into_iter().flatten().collect())
    }

    /// Returns the notices of a project, those of its lots included, oldest first.
    pub fn notices_of_project(self, project: Id<Project>) -> Result<Vec<Notice>, StoreError> {
        let sql = format!("{NOTICE} AND project = ?1 ORDER BY day, id");
        Ok(self.all(&sql, [project.bytes().as_slice()], notice)?.into_iter().flatten().collect())
    }

    /// Returns what is sent for a notice, addressees before copies.
    pub fn deliveries(self, notice: Id<Notice>) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!("{DELIVERY} AND notice = ?1 ORDER BY copy IS 1, role, name, id");
        Ok(self.all(&sql, [notice.bytes().as_slice()], delivery)?.into_iter().flatten().collect())
    }

    /// Returns what is sent for every notice, addressees before copies.
    pub fn deliveries_by_notice(self) -> Result<HashMap<Id<Notice>, Vec<Delivery>>, StoreError> {
        let mut found: HashMap<Id<Notice>, Vec<Delivery>> = HashMap::new();
        let sql = format!("{DELIVERY} ORDER BY notice, copy IS 1, role, name, id");
        for it in self.all(&sql, [], delivery)?.into_iter().flatten() {
            found.entry(it.notice).or_default().push(it);
        }
        Ok(found)
    }

    /// Returns a delivery.
    pub fn delivery(self, wanted: Id<DeliveryMark>) -> Result<Option<Delivery>, StoreError> {
        let mut find = self.0.prepare_cached(&format!("{DELIVERY} AND id = ?1"))?;
        Ok(find.query_row([wanted.bytes().as_slice()], delivery).optional()?.flatten())
    }

    /// Returns the deliveries of approved notices of which nothing is known yet.
    pub fn deliveries_waiting(self) -> Result<Vec<Delivery>, StoreError> {
        let sql = "SELECT delivery.* FROM delivery JOIN notice ON notice.id = delivery.notice
                   WHERE delivery.archived IS NOT 1 AND delivery.state = 'waiting' AND notice.state = 'ready'
                     AND notice.archived IS NOT 1 ORDER BY notice.day, delivery.id";
        Ok(self.all(sql, [], delivery)?.into_iter().flatten().collect())
    }

    /// Returns the deliveries that were put into a digest and of which nothing is known yet.
    pub fn deliveries_in_digests(self) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!("{DELIVERY} AND state = 'waiting' AND channel = 'digest' ORDER BY id");
        Ok(self.all(&sql, [], delivery)?.into_iter().flatten().collect())
    }

    /// Returns the deliveries of digests, each with whether it was withdrawn.
    pub fn digests(self) -> Result<Vec<(Delivery, bool)>, StoreError> {
        let sql =
            "SELECT delivery.*, notice.state = 'cancelled' OR notice.archived IS 1 OR delivery.archived IS 1
                   AS withdrawn FROM delivery JOIN notice ON notice.id = delivery.notice
                   WHERE notice.kind = 'digest' ORDER BY delivery.id";
        let found = self.all(sql, [], |row| Ok(delivery(row)?.zip(Some(row.get("withdrawn")?))))?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Returns when servers accepted something since an instant, with the site that it is about, or else the project.
    /// What went in a digest went by another way: the digest counts once.
    pub fn sent_since(self, from_ms: i64) -> Result<Vec<([u8; 16], i64)>, StoreError> {
        let sql = "SELECT coalesce(lot.site, notice.project), delivery.at_ms FROM delivery
                   JOIN notice ON notice.id = delivery.notice LEFT JOIN lot ON lot.id = notice.lot
                   WHERE delivery.state = 'sent' AND delivery.channel = 'smtp' AND delivery.at_ms > ?1
                     AND notice.project IS NOT NULL";
        self.all(sql, [from_ms], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

/// A row of which something is not here yet, or of a newer program, is left out.
fn notice(row: &Row<'_>) -> rusqlite::Result<Option<Notice>> {
    let kind = NoticeKind::from_word(&or_default::<String>(row, "kind")?);
    let month = row.get::<_, Option<i64>>("month")?.and_then(Month::from_index);
    let state = NoticeState::from_word(&or_default::<String>(row, "state")?);
    let project: Option<[u8; 16]> = row.get("project")?;
    let (Some(kind), Some(month), Some(state), Some(project)) = (kind, month, state, project) else {
        return Ok(None);
    };
    Ok(Some(Notice {
        id: id(row, "id")?,
        kind,
        project: Id::from_bytes(project),
        lot: row.get::<_, Option<[u8; 16]>>("lot")?.map(Id::from_bytes),
        month,
        gravity: or_default(row, "gravity")?,
        language: or_default(row, "language")?,
        reference: or_default(row, "reference")?,
        subject: or_default(row, "subject")?,
        body: or_default(row, "body")?,
        facts: or_default(row, "facts")?,
        state,
        day: or_default(row, "day")?,
    }))
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Option<Delivery>> {
    let Some(state) = DeliveryState::from_word(&or_default::<String>(row, "state")?) else { return Ok(None) };
    Ok(Some(Delivery {
        id: id(row, "id")?,
        notice: id(row, "notice")?,
        role: or_default(row, "role")?,
        name: or_default(row, "name")?,
        email: or_default(row, "email")?,
        copy: row.get::<_, Option<i64>>("copy")? == Some(1),
        state,
        channel: or_default(row, "channel")?,
        reply: or_default(row, "reply")?,
        at_ms: row.get("at_ms")?,
        by_rule: row.get::<_, Option<i64>>("by_rule")? == Some(1),
    }))
}
