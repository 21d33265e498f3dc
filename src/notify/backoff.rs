//! When a delivery is tried again, and when it is given up.

use crate::model::id::Id;
use crate::model::notice::DeliveryMark;

/// The first wait and the longest, before they are spread.
const FIRST_MS: i64 = 5 * 60 * 1000;
const LONGEST_MS: i64 = 4_000 * 1000;
/// A wait is spread by so many thousandths to each side, so that what failed together does not come back together.
const SPREAD: i64 = 200;
/// Both must be over before a delivery is given up: a clock that jumps does not lose what waits.
const EXPIRY_MS: i64 = 5 * 24 * 60 * 60 * 1000;
const EXPIRY_TRIES: u32 = 20;

/// The longest wait there can be.
pub const WAIT_MS_MAX: i64 = LONGEST_MS * (1000 + SPREAD) / 1000;

/// Returns how long to wait after so many tries, in milliseconds: twice as long each time, the same for the same
/// delivery and try.
pub fn wait_ms(delivery: Id<DeliveryMark>, tries: u32) -> i64 {
    let doublings = tries.saturating_sub(1).min(10);
    let plain = (FIRST_MS << doublings).min(LONGEST_MS);
    let mut seed = delivery.bytes().to_vec();
    seed.extend(tries.to_le_bytes());
    let hash = blake3::hash(&seed);
    let dice = u16::from_le_bytes([hash.as_bytes()[0], hash.as_bytes()[1]]);
    plain * (1000 - SPREAD + i64::from(dice) % (2 * SPREAD + 1)) / 1000
}

/// Tells whether the time that was set for the next try has come. A time further away than any wait was set by a
/// clock that was wrong.
pub const fn is_due(next_ms: i64, now_ms: i64) -> bool {
    now_ms >= next_ms || next_ms.saturating_sub(now_ms) > WAIT_MS_MAX
}

/// Tells whether a delivery is given up: an age below nothing is none.
pub const fn is_over(first_ms: i64, now_ms: i64, tries: u32) -> bool {
    now_ms.saturating_sub(first_ms) >= EXPIRY_MS && tries >= EXPIRY_TRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const TEN_YEARS: i64 = 3_652 * 24 * 60 * MINUTE;

    #[test]
    fn waits_double_and_end_at_an_hour() {
        for seed in 0..=255 {
            let id = Id::from_bytes([seed; 16]);
            for (tries, minutes) in
                [(0, 5), (1, 5), (2, 10), (3, 20), (4, 40), (5, 66), (6, 66), (u32::MAX, 66)]
            {
                let wait = wait_ms(id, tries);
                let least = minutes * MINUTE * 8 / 10;
                let most = (minutes * MINUTE + 40_000) * 12 / 10;
                assert!((least..=most).contains(&wait), "{seed} {tries}: {wait}");
                assert!(wait <= WAIT_MS_MAX);
                assert_eq!(wait, wait_ms(id, tries));
            }
        }
        let first: Vec<i64> = (0..20).map(|it| wait_ms(Id::from_bytes([it; 16]), 1)).collect();
        assert!(first.iter().any(|it| *it != first[0]), "they are not all tried again together");
    }

    #[test]
    fn both_days_and_tries_give_up() {
        let days = |it: i64| it * 24 * 60 * MINUTE;
        assert!(!is_over(0, days(5), 19));
        assert!(!is_over(0, days(5) - 1, 20));
        assert!(is_over(0, days(5), 20));
        assert!(!is_over(0, TEN_YEARS, 19), "a clock that jumps gives nothing up");
        assert!(!is_over(TEN_YEARS, 0, 100), "an age below nothing is none");
        assert!(!is_over(i64::MAX, i64::MIN, 100));
        assert!(!is_over(i64::MIN, i64::MAX, 19));
    }

    #[test]
    fn a_time_set_by_a_wrong_clock_is_now() {
        assert!(is_due(10, 10) && !is_due(11, 10));
        assert!(!is_due(WAIT_MS_MAX, 0));
        assert!(is_due(TEN_YEARS, 0) && is_due(-TEN_YEARS, 0));
        assert!(is_due(i64::MAX, i64::MIN));
    }
}
