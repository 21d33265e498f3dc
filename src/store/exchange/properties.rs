//! Properties of what travels and of what is kept: it survives its bytes, and every cut is noticed.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::ranges::Ranges;
use super::segment::{SealedChange, SealedOp, Segment};
use crate::model::id::Id;
use crate::store::change::{Body, Dot, Pred, Scope};
use crate::store::heads::Heads;
use crate::store::value::Value;

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Int),
        ".{0,12}".prop_map(Value::Text),
        vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
    ]
}

fn bodies() -> impl Strategy<Value = Body> {
    let columns = proptest::collection::btree_map(any::<u8>(), values(), 0..6);
    let pred = (any::<[u8; 8]>(), any::<u64>(), vec(any::<u8>(), 0..4));
    let pred = pred.prop_map(|(replica, seq, columns)| Pred { seen: Dot { replica, seq }, columns });
    let parts = (vec(values(), 0..4), columns, vec(pred, 0..4), option::of(".{0,12}"));
    parts.prop_map(|(key, columns, preds, origin)| Body {
        key,
        columns: columns.into_iter().collect(),
        preds,
        origin,
    })
}

fn ops() -> impl Strategy<Value = SealedOp> {
    let who = (any::<[u8; 16]>(), 0_i64..1 << 48, any::<i64>(), ".{0,8}", ".{0,8}");
    (who, option::of(".{0,8}"), option::of(any::<[u8; 16]>())).prop_map(
        |((id, lamport, wall_ms, user, name), note, undoes)| SealedOp {
            id: Id::from_bytes(id),
            lamport,
            wall_ms,
            user,
            name,
            note,
            undoes: undoes.map(Id::from_bytes),
        },
    )
}

fn segments() -> impl Strategy<Value = Segment> {
    let changes = vec((any::<usize>(), any::<u16>(), bodies()), 1..5);
    let place = (1_u8..=5, any::<[u8; 16]>(), any::<[u8; 8]>(), 1_u64..1 << 40, any::<[u8; 32]>());
    (place, vec(ops(), 1..4), changes).prop_map(|((kind, key, replica, lo, before), ops, changes)| {
        let change = |(op, table, body): (usize, u16, Body)| SealedChange {
            op: op % ops.len(),
            table,
            body: body.encode(),
        };
        let changes = changes.into_iter().map(change).collect();
        let before = if lo == 1 { [0; 32] } else { before };
        Segment { scope: Scope::of(kind, key).unwrap(), replica, lo, before, ops, changes }
    })
}

fn ranges() -> impl Strategy<Value = Ranges> {
    vec((1_u64..500, 0_u64..20), 0..12).prop_map(|runs| {
        let mut ranges = Ranges::default();
        for (first, length) in runs {
            ranges.insert(first, first + length);
        }
        ranges
    })
}

proptest! {
    #[test]
    fn a_body_survives_its_bytes_and_every_cut_is_refused(body in bodies()) {
        let bytes = body.encode();
        prop_assert_eq!(&Body::decode(&bytes).unwrap(), &body);
        prop_assert!((0..bytes.len()).all(|end| Body::decode(&bytes[..end]).is_err()));
    }

    #[test]
    fn a_segment_survives_its_bytes_and_every_cut_is_refused(segment in segments()) {
        let bytes = segment.encode();
        prop_assert_eq!(&Segment::decode(&bytes).unwrap(), &segment);
        prop_assert!((0..bytes.len()).all(|end| Segment::decode(&bytes[..end]).is_err()));
        prop_assert_eq!(segment.bodies().unwrap().len(), segment.changes.len());
        prop_assert_eq!(segment.links().len(), segment.changes.len());
    }

    #[test]
    fn another_byte_is_refused_or_says_something_else(segment in segments(), at: usize, bit in 0..8) {
        let mut bytes = segment.encode();
        let at = at % bytes.len();
        bytes[at] ^= 1_u8 << bit;
        if let Ok(other) = Segment::decode(&bytes) {
            prop_assert!(other != segment);
            prop_assert_eq!(other.encode(), bytes);
        }
    }

    #[test]
    fn sets_of_numbers_survive_their_bytes_and_hold_what_both_held(a in ranges(), b in ranges()) {
        let mut both = a.clone();
        both.merge(&b);
        prop_assert_eq!(&Ranges::decode(&both.encode()).unwrap(), &both);
        for number in 0..600 {
            prop_assert_eq!(both.contains(number), a.contains(number) || b.contains(number));
        }
        for (first, last) in both.beyond(&a) {
            prop_assert!((first..=last).any(|it| b.contains(it)));
        }
        prop_assert!((1..=both.whole()).all(|it| both.contains(it)));
        prop_assert!(!both.contains(both.whole() + 1));
    }

    #[test]
    fn heads_survive_their_bytes(heads in vec((1_u8..=60, any::<u32>(), any::<u64>()), 0..10)) {
        let mut made = Heads::default();
        for (column, replica, seq) in &heads {
            made.add(*column, *replica, *seq);
        }
        prop_assert_eq!(&Heads::decode(&made.encode()), &made);
        for (column, replica, seq) in &heads {
            made.remove(*column, *replica, *seq);
        }
        prop_assert_eq!(made, Heads::default());
    }
}
