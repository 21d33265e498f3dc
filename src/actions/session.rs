//! Who acts, when, on which database.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::failure::Failure;
use super::op::{Note, OpName};
use super::register::organisation::ZONE;
use crate::clock;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Organisation;
use crate::model::problem::Problem;
use crate::store::Store;
use crate::store::transact::{OpDraft, OpId, Saved, Tx};

/// The problem of an action whose ground moved.
pub(super) const CHANGED_SINCE: &str = "store-changed-since";
/// Each attempt fails only when another process succeeded.
const ATTEMPTS_MAX: u32 = 100;

/// A user at work.
pub struct Session {
    /// The database.
    pub store: Store,
    /// Who acts.
    pub user: String,
    /// The machine's instant.
    pub now: DateTime<Utc>,
    /// The civil date in the organisation's time zone, or the one that the user asked for.
    pub today: NaiveDate,
    /// The last op when the action that runs began to read.
    pub seen: i64,
}

impl Session {
    /// Opens a database. `today` is taken from `now` in the organisation's time zone unless it is given.
    pub fn open(
        path: &Path,
        create: bool,
        user: String,
        now: DateTime<Utc>,
        today: Option<NaiveDate>,
    ) -> Result<Self, Failure> {
        let mut store = if create { Store::create(path)? } else { Store::open(path)? };
        super::standing::renew(&mut store)?;
        let zone = store.read().organisation()?.map_or_else(|| ZONE.to_owned(), |it| it.zone);
        let today = today.unwrap_or_else(|| clock::date_in(now, &zone));
        Ok(Self { store, user, now, today, seen: 0 })
    }

    /// Opens an empty database in memory: for trying things out.
    pub fn empty(today: NaiveDate) -> Result<Self, Failure> {
        let store = Store::in_memory()?;
        Ok(Self { store, user: String::new(), now: DateTime::UNIX_EPOCH, today, seen: 0 })
    }

    /// Returns the organisation, or says how to make one.
    pub fn organisation(&self) -> Result<Organisation, Failure> {
        self.store.read().organisation()?.ok_or_else(|| Problem::new("organisation-missing").into())
    }

    /// Returns the month of today.
    pub fn this_month(&self) -> Month {
        Month::of(self.today)
    }

    /// Runs an action that reads before it writes, again when another process wrote in between: what it decided on
    /// still holds when it is written.
    pub fn steady<T>(
        &mut self,
        mut action: impl FnMut(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        for _ in 1..ATTEMPTS_MAX {
            self.seen = self.store.read().last_op()?;
            match action(self) {
                Err(failure) if failure.problem().key == CHANGED_SINCE => {}
                done => return done,
            }
        }
        self.seen = self.store.read().last_op()?;
        action(self)
    }

    /// Runs `work` as one op: logged, with the standing of the lots that it touches derived again, or not at all.
    pub fn transact<T>(
        &mut self,
        name: OpName,
        note: &Note,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure>,
    ) -> Result<(T, Saved), Failure> {
        self.transact_undoing(name, note, None, work)
    }

    /// As [`Session::transact`], naming the op that is taken back.
    pub fn transact_undoing<T>(
        &mut self,
        name: OpName,
        note: &Note,
        undoes: Option<OpId>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure>,
    ) -> Result<(T, Saved), Failure> {
        let wall_ms = self.now.timestamp_millis();
        let draft = OpDraft { name: name.word(), user: &self.user, wall_ms, note: Some(note.json()), undoes };
        let (seen, today) = (self.seen, self.today);
        self.store.transact(&draft, |tx| {
            if tx.last_op_before() != seen {
                return Err(Problem::new(CHANGED_SINCE).into());
            }
            let result = work(tx)?;
            // Who takes something back knows what it did.
            if undoes.is_some() {
                super::standing::refresh(tx)?;
            } else {
                super::standing::refresh_and_hold(tx, today)?;
            }
            Ok(result)
        })
    }

    /// Takes in what other machines wrote, with the standing of the lots that it touches derived again. What happened
    /// here since is no obstacle: versions that compete are kept.
    pub fn receive<T>(
        &mut self,
        note: &Note,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (name, wall_ms) = (OpName::Receive.word(), self.now.timestamp_millis());
        let draft = OpDraft { name, user: &self.user, wall_ms, note: Some(note.json()), undoes: None };
        self.store.receive(&draft, |tx| {
            let result = work(tx)?;
            super::standing::refresh(tx)?;
            Ok(result)
        })
    }
}

/// Makes a new identifier.
pub fn new_id<T>() -> Id<T> {
    Id::from_bytes(uuid::Uuid::now_v7().into_bytes())
}
