//! The rule of the merge, without a database: what a change does to the heads of its row, which value is shown while
//! versions compete, what must be here before. No clock takes part.

use super::change::{Body, Dot, ReplicaId};
use super::heads::Heads;
use super::value::Value;

/// A version in a file's own numbers: the machine, and its number in the scope of the row.
pub type Version = (u32, u64);

/// When a version was written: Lamport time, then machine.
pub type WrittenAt = (i64, ReplicaId);

/// Lets a change stand in a column that it wrote: it takes the place of what its author saw. Returns the versions
/// that its author did not see and that compete with it. `number_of` finds the file's own number of a machine.
pub fn stand<E>(
    heads: &mut Heads,
    column: u8,
    body: &Body,
    own: Version,
    mut number_of: impl FnMut(ReplicaId) -> Result<Option<u32>, E>,
) -> Result<Vec<Version>, E> {
    for seen in body.seen(column) {
        if let Some(replica) = number_of(seen.replica)? {
            heads.remove(column, replica, seen.seq);
        }
    }
    let rivals = heads.of(column).collect();
    heads.add(column, own.0, own.1);
    Ok(rivals)
}

/// Returns what is shown of several versions: the latest in Lamport time, then of the greater machine; the same
/// everywhere, and never final.
pub fn shown<T>(versions: impl IntoIterator<Item = (WrittenAt, T)>) -> Option<T> {
    versions.into_iter().max_by_key(|(written, _)| *written).map(|(_, it)| it)
}

/// Returns what the author of a write to some columns sees: the versions that stand, each with its columns.
pub fn seen(heads: &Heads, columns: &[(u8, Value)]) -> impl Iterator<Item = (Version, Vec<u8>)> {
    heads.all().iter().filter_map(|head| {
        let stands = |column: &u8| head.columns >> (column - 1) & 1 == 1;
        let seen: Vec<u8> = columns.iter().map(|(id, _)| *id).filter(stands).collect();
        (!seen.is_empty()).then_some(((head.replica, head.seq), seen))
    })
}

/// Returns the change that is lacking before the first of a stretch, when the last one here is number `tip`.
pub fn gap(first: Dot, tip: u64) -> Option<Dot> {
    (first.seq > tip + 1).then(|| Dot { replica: first.replica, seq: first.seq - 1 })
}

/// Returns the changes of other machines on which a stretch builds: of each machine the last that its author saw.
pub fn needs<'a>(author: ReplicaId, bodies: impl IntoIterator<Item = &'a Body>) -> Vec<Dot> {
    let mut needs: Vec<Dot> = Vec::new();
    for seen in bodies.into_iter().flat_map(|it| &it.preds).map(|it| it.seen) {
        match needs.iter_mut().find(|it| it.replica == seen.replica) {
            Some(known) => known.seq = known.seq.max(seen.seq),
            None if seen.replica != author => needs.push(seen),
            None => {}
        }
    }
    needs
}

/// Returns the first of some needed changes that is not here. `tip_of` tells the last change of a machine.
pub fn unmet<E>(
    needs: &[Dot],
    mut tip_of: impl FnMut(ReplicaId) -> Result<u64, E>,
) -> Result<Option<Dot>, E> {
    for need in needs {
        if tip_of(need.replica)? < need.seq {
            return Ok(Some(*need));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::store::change::Pred;

    const ME: ReplicaId = [1; 8];
    const OTHER: ReplicaId = [2; 8];

    fn body(preds: &[(ReplicaId, u64)]) -> Body {
        let pred = |(replica, seq): &(ReplicaId, u64)| Pred {
            seen: Dot { replica: *replica, seq: *seq },
            columns: vec![1],
        };
        let preds = preds.iter().map(pred).collect();
        Body { key: Vec::new(), columns: vec![(1, Value::Int(0))], preds, origin: None }
    }

    #[test]
    fn what_was_seen_gives_way_and_what_was_not_competes() {
        let known = |it: ReplicaId| (it == ME || it == OTHER).then(|| it[0].into());
        let number_of = |it| Ok::<_, Infallible>(known(it));
        let mut heads = Heads::default();
        heads.add(1, 1, 1);
        heads.add(1, 2, 4);
        let rivals = stand(&mut heads, 1, &body(&[(ME, 1), ([9; 8], 1)]), (1, 2), number_of).unwrap();
        assert_eq!(rivals, [(2, 4)]);
        assert_eq!(heads.of(1).collect::<Vec<_>>(), [(1, 2), (2, 4)]);
        let rivals = stand(&mut heads, 1, &body(&[(ME, 2), (OTHER, 4)]), (2, 5), number_of).unwrap();
        assert_eq!((rivals, heads.contested()), (vec![], 0));
    }

    #[test]
    fn the_later_is_shown_then_the_greater_machine() {
        assert_eq!(shown([((3, ME), "a"), ((2, OTHER), "b")]), Some("a"));
        assert_eq!(shown([((3, ME), "a"), ((3, OTHER), "b")]), Some("b"));
        assert_eq!(shown::<()>([]), None);
    }

    #[test]
    fn a_stretch_waits_for_what_precedes_it_and_for_what_its_author_saw() {
        let first = |seq| Dot { replica: ME, seq };
        assert_eq!((gap(first(4), 3), gap(first(2), 3)), (None, None));
        assert_eq!(gap(first(5), 3), Some(first(4)));
        let bodies = [body(&[(OTHER, 2), (ME, 9)]), body(&[(OTHER, 1)])];
        let needed = needs(ME, &bodies);
        assert_eq!(needed, [Dot { replica: OTHER, seq: 2 }]);
        assert_eq!(unmet(&needed, |_| Ok::<_, Infallible>(1)), Ok(Some(needed[0])));
        assert_eq!(unmet(&needed, |_| Ok::<_, Infallible>(2)), Ok(None));
    }

    #[test]
    fn an_author_sees_the_versions_of_the_columns_that_are_written() {
        let mut heads = Heads::default();
        heads.add(1, 1, 1);
        heads.add(60, 1, 1);
        heads.add(1, 2, 2);
        let columns = [(1, Value::Null), (2, Value::Null)];
        assert_eq!(seen(&heads, &columns).collect::<Vec<_>>(), [((1, 1), vec![1]), ((2, 2), vec![1])]);
        assert_eq!(seen(&heads, &[(2, Value::Null)]).count(), 0);
    }
}
