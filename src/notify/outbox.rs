//! What becomes of this machine's work at a delivery on each event. Pure: what is written down is the caller's.

use super::backoff::{is_due, is_over, wait_ms};
use crate::model::id::Id;
use crate::model::notice::{DeliveryMark, DeliveryState};
use crate::model::outbox::{OutboxRow, OutboxState};
use crate::model::problem::Problem;

/// How long a worker has what it took.
pub const LEASE_MS: i64 = 15 * 60 * 1000;
/// How long one waits for the network, which is no try.
const NETWORK_MS: i64 = 5 * 60 * 1000;
/// After so many times that nobody knows whether it went, a person decides.
const UNKNOWNS_MAX: u32 = 2;

/// How an attempt ended. The text is what the server said, or a [`Problem`] as [`said`] writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A server accepted it.
    Accepted(String),
    /// It lies in a folder.
    Written(String),
    /// The server said later.
    Later(String),
    /// The server said no to this message.
    Refused(String),
    /// The server said no to whoever sends: it is not the message's fault.
    Unwelcome(String),
    /// There was no server: not a try.
    Unreachable(String),
    /// The line broke before the server could have the whole.
    Cut(String),
    /// The line broke where nobody can tell whether the server has it.
    Unknown(String),
}

/// What is to be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stays, like this.
    Keep(OutboxRow),
    /// It goes, and the log says what became of the delivery.
    Settle(DeliveryState, String),
}

/// What a worker that looks at a row may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the worker's, like this.
    Taken(OutboxRow),
    /// It is another's, or its time has not come.
    NotYet(OutboxRow),
    /// Nobody works at it any more: a person decides.
    Settle(DeliveryState, String),
}

/// Writes a reason of our own where the words of a server would stand.
pub fn said(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_else(|_| problem.key.clone())
}

/// What is not waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// Everything waits for its time.
    None,
    /// The line is said to be there: what waits only for a server goes now.
    Line,
    /// A person wants it to go now.
    All,
}

impl Haste {
    const fn spares(self, state: OutboxState) -> bool {
        match self {
            Self::None => false,
            Self::Line => matches!(state, OutboxState::Ready),
            Self::All => true,
        }
    }
}

/// Takes a row for a worker, when it is free and its time has come, or need not be waited for.
pub fn claim(
    row: Option<OutboxRow>,
    delivery: Id<DeliveryMark>,
    owner: &str,
    now_ms: i64,
    haste: Haste,
) -> Claim {
    let row = row.unwrap_or_else(|| fresh(delivery, now_ms));
    let is_leased = (1..=LEASE_MS).contains(&row.lease_ms.saturating_sub(now_ms));
    match row.state {
        OutboxState::Claimed | OutboxState::Attempting if is_leased => return Claim::NotYet(row),
        // Its worker died where nobody can tell whether the server has it.
        OutboxState::Attempting => {
            let reply = said(&Problem::new("reply-interrupted"));
            return match unknown(row, reply, now_ms) {
                Step::Keep(row) => Claim::NotYet(row),
                Step::Settle(state, reply) => Claim::Settle(state, reply),
            };
        }
        // Its worker died before it began: nothing was waited for.
        OutboxState::Claimed => {}
        _ if !haste.spares(row.state) && !is_due(row.next_ms, now_ms) => return Claim::NotYet(row),
        _ => {}
    }
    let lease_ms = now_ms.saturating_add(LEASE_MS);
    Claim::Taken(OutboxRow { state: OutboxState::Claimed, owner: owner.to_owned(), lease_ms, ..row })
}

/// Says that the content goes out now; `None` when the row is not this worker's any more.
pub fn begin(row: Option<OutboxRow>, owner: &str, now_ms: i64) -> Option<OutboxRow> {
    let row = row.filter(|it| it.state == OutboxState::Claimed && it.owner == owner)?;
    let lease_ms = now_ms.saturating_add(LEASE_MS);
    Some(OutboxRow { state: OutboxState::Attempting, lease_ms, ..row })
}

/// Gives back what a worker took and did not begin: nothing was tried.
pub fn give_back(row: OutboxRow, owner: &str) -> OutboxRow {
    if row.state == OutboxState::Claimed && row.owner == owner {
        return free(OutboxRow { state: OutboxState::Ready, ..row });
    }
    row
}

/// Says what becomes of a row when an attempt ended.
pub fn end(row: OutboxRow, ending: Ending, now_ms: i64) -> Step {
    match ending {
        Ending::Accepted(reply) => Step::Settle(DeliveryState::Sent, reply),
        Ending::Written(reply) => Step::Settle(DeliveryState::Written, reply),
        Ending::Refused(reply) => Step::Settle(DeliveryState::Failed, reply),
        Ending::Later(reply) | Ending::Cut(reply) => {
            let tries = row.tries.saturating_add(1);
            if is_over(row.first_ms, now_ms, tries) {
                return Step::Settle(DeliveryState::Failed, reply);
            }
            let next_ms = now_ms.saturating_add(wait_ms(row.delivery, tries));
            Step::Keep(free(OutboxRow { state: OutboxState::Deferred, tries, next_ms, reply, ..row }))
        }
        Ending::Unknown(reply) => unknown(row, reply, now_ms),
        Ending::Unreachable(reply) => {
            let next_ms = now_ms.saturating_add(NETWORK_MS);
            Step::Keep(free(OutboxRow { state: OutboxState::Ready, next_ms, reply, ..row }))
        }
        // The transport waits; the message does not.
        Ending::Unwelcome(reply) => {
            Step::Keep(free(OutboxRow { state: OutboxState::Ready, next_ms: now_ms, reply, ..row }))
        }
    }
}

/// Nobody knows whether it went: one more time, after a wait, then a person decides.
fn unknown(row: OutboxRow, reply: String, now_ms: i64) -> Step {
    let (tries, unknowns) = (row.tries.saturating_add(1), row.unknowns.saturating_add(1));
    if unknowns >= UNKNOWNS_MAX {
        return Step::Settle(DeliveryState::Held, reply);
    }
    let next_ms = now_ms.saturating_add(wait_ms(row.delivery, tries));
    Step::Keep(free(OutboxRow { state: OutboxState::Unknown, tries, unknowns, next_ms, reply, ..row }))
}

fn free(row: OutboxRow) -> OutboxRow {
    OutboxRow { owner: String::new(), lease_ms: 0, ..row }
}

const fn fresh(delivery: Id<DeliveryMark>, now_ms: i64) -> OutboxRow {
    OutboxRow {
        delivery,
        state: OutboxState::Ready,
        owner: String::new(),
        tries: 0,
        unknowns: 0,
        first_ms: now_ms,
        next_ms: now_ms,
        lease_ms: 0,
        reply: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;
    const TEN_YEARS: i64 = 3_652 * 24 * 3_600_000;

    fn id() -> Id<DeliveryMark> {
        Id::from_bytes([7; 16])
    }

    fn row(state: OutboxState) -> OutboxRow {
        let lease_ms = match state {
            OutboxState::Claimed | OutboxState::Attempting => NOW + 1000,
            _ => 0,
        };
        OutboxRow { state, owner: "one".into(), lease_ms, ..fresh(id(), NOW) }
    }

    fn taken(row: Option<OutboxRow>, now: i64) -> bool {
        matches!(claim(row, id(), "two", now, Haste::None), Claim::Taken(it) if it.owner == "two" && it.state == OutboxState::Claimed)
    }

    fn kept(step: Step) -> OutboxRow {
        match step {
            Step::Keep(row) => row,
            Step::Settle(state, reply) => panic!("settled as {state:?}: {reply}"),
        }
    }

    #[test]
    fn what_is_free_is_taken_and_what_is_not_is_left() {
        assert!(taken(None, NOW));
        for state in [OutboxState::Ready, OutboxState::Deferred, OutboxState::Unknown] {
            assert!(taken(Some(row(state)), NOW));
            let later = OutboxRow { next_ms: NOW + 1, ..row(state) };
            assert_eq!(
                claim(Some(later.clone()), id(), "two", NOW, Haste::None),
                Claim::NotYet(later.clone())
            );
            let line = matches!(claim(Some(later.clone()), id(), "two", NOW, Haste::Line), Claim::Taken(_));
            assert_eq!(line, state == OutboxState::Ready, "what a server put off stays put off");
            assert!(
                matches!(claim(Some(later), id(), "two", NOW, Haste::All), Claim::Taken(_)),
                "a person asked"
            );
        }
        for state in [OutboxState::Claimed, OutboxState::Attempting] {
            assert_eq!(claim(Some(row(state)), id(), "two", NOW, Haste::All), Claim::NotYet(row(state)));
        }
    }

    #[test]
    fn a_lease_ends_by_time_and_by_clocks_that_are_put_right() {
        assert!(taken(Some(row(OutboxState::Claimed)), NOW + 1000));
        assert!(taken(Some(row(OutboxState::Claimed)), NOW + TEN_YEARS));
        assert!(taken(Some(row(OutboxState::Claimed)), NOW - TEN_YEARS));
        let Claim::NotYet(left) =
            claim(Some(row(OutboxState::Attempting)), id(), "two", NOW + 1000, Haste::None)
        else {
            panic!("nobody knows whether it went");
        };
        assert_eq!((left.state, left.unknowns, left.tries), (OutboxState::Unknown, 1, 1));
        assert!(left.next_ms > NOW + 1000, "one step is waited");
        let again = OutboxRow { unknowns: 1, ..row(OutboxState::Attempting) };
        assert!(matches!(
            claim(Some(again), id(), "two", NOW + 1000, Haste::None),
            Claim::Settle(DeliveryState::Held, _)
        ));
    }

    #[test]
    fn only_its_worker_begins() {
        let claimed = row(OutboxState::Claimed);
        let begun = begin(Some(claimed.clone()), "one", NOW).unwrap();
        assert_eq!((begun.state, begun.lease_ms), (OutboxState::Attempting, NOW + LEASE_MS));
        assert_eq!(begin(Some(claimed), "two", NOW), None);
        assert_eq!(begin(None, "one", NOW), None);
        for state in
            [OutboxState::Ready, OutboxState::Attempting, OutboxState::Deferred, OutboxState::Unknown]
        {
            assert_eq!(begin(Some(row(state)), "one", NOW), None, "{state:?}");
        }
    }

    #[test]
    fn only_what_was_not_begun_is_given_back() {
        let claimed = OutboxRow { unknowns: 1, tries: 2, ..row(OutboxState::Claimed) };
        let back = give_back(claimed.clone(), "one");
        assert_eq!((back.state, back.lease_ms, back.unknowns, back.tries), (OutboxState::Ready, 0, 1, 2));
        assert_eq!(give_back(claimed.clone(), "two"), claimed);
        assert_eq!(give_back(row(OutboxState::Attempting), "one"), row(OutboxState::Attempting));
    }

    #[test]
    fn each_ending_has_its_step() {
        let end = |ending: fn(String) -> Ending| end(row(OutboxState::Attempting), ending("x".into()), NOW);
        assert_eq!(end(Ending::Accepted), Step::Settle(DeliveryState::Sent, "x".into()));
        assert_eq!(end(Ending::Written), Step::Settle(DeliveryState::Written, "x".into()));
        assert_eq!(end(Ending::Refused), Step::Settle(DeliveryState::Failed, "x".into()));
        for (ending, state, tries, unknowns) in [
            (Ending::Later as fn(String) -> Ending, OutboxState::Deferred, 1, 0),
            (Ending::Cut, OutboxState::Deferred, 1, 0),
            (Ending::Unknown, OutboxState::Unknown, 1, 1),
            (Ending::Unreachable, OutboxState::Ready, 0, 0),
            (Ending::Unwelcome, OutboxState::Ready, 0, 0),
        ] {
            let row = kept(end(ending));
            assert_eq!((row.state, row.tries, row.unknowns), (state, tries, unknowns));
            assert_eq!((row.owner.as_str(), row.lease_ms, row.reply.as_str()), ("", 0, "x"));
            let waits = ending(String::new()) != Ending::Unwelcome(String::new());
            assert_eq!(row.next_ms > NOW, waits, "{state:?}");
        }
    }

    #[test]
    fn a_second_doubt_is_for_a_person() {
        let doubted = OutboxRow { unknowns: 1, ..row(OutboxState::Attempting) };
        let step = end(doubted.clone(), Ending::Unknown("x".into()), NOW);
        assert_eq!(step, Step::Settle(DeliveryState::Held, "x".into()));
        assert_eq!(kept(end(doubted, Ending::Unreachable("x".into()), NOW)).unknowns, 1, "it stays doubted");
    }

    #[test]
    fn it_is_given_up_after_days_and_tries_only() {
        let old = OutboxRow { tries: 30, ..row(OutboxState::Attempting) };
        let five_days = 5 * 24 * 3_600_000;
        assert!(matches!(end(old.clone(), Ending::Later("x".into()), NOW), Step::Keep(_)));
        assert!(matches!(end(old.clone(), Ending::Later("x".into()), NOW - TEN_YEARS), Step::Keep(_)));
        assert!(matches!(
            end(row(OutboxState::Attempting), Ending::Cut("x".into()), NOW + TEN_YEARS),
            Step::Keep(_)
        ));
        assert_eq!(
            end(old, Ending::Later("x".into()), NOW + five_days),
            Step::Settle(DeliveryState::Failed, "x".into())
        );
    }
}
