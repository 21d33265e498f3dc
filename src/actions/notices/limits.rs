//! How much goes out: so many messages a minute, and so many a day about one site.

use std::collections::{HashMap, HashSet};

use crate::store::error::StoreError;
use crate::store::read::Reader;

/// Messages a minute.
const MINUTE_MAX: usize = 30;
/// Messages a day about one site, or about a project where they are about no site.
const DAY_MAX: usize = 300;

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// What went out lately.
pub struct Limits {
    minute: Vec<i64>,
    day: HashMap<[u8; 16], usize>,
}

/// Whether another message may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Yes,
    /// Not before so many milliseconds have passed.
    After(i64),
    /// Not about this site today.
    NotToday,
}

impl Limits {
    /// Counts what the log says. What was sent later than now was sent by a wrong clock and counts for nothing.
    pub fn load(read: Reader<'_>, now_ms: i64) -> Result<Self, StoreError> {
        let mut limits = Self { minute: Vec::new(), day: HashMap::new() };
        for (about, at_ms) in read.sent_since(now_ms.saturating_sub(DAY_MS))? {
            if at_ms <= now_ms {
                limits.count(about, at_ms);
            }
        }
        Ok(limits)
    }

    /// Says whether a message may go.
    pub fn allows(&mut self, about: [u8; 16], now_ms: i64) -> Allowed {
        self.minute.retain(|it| (0..MINUTE_MS).contains(&now_ms.saturating_sub(*it)));
        if self.day.get(&about).is_some_and(|it| *it >= DAY_MAX) {
            return Allowed::NotToday;
        }
        match self.minute.iter().min().filter(|_| self.minute.len() >= MINUTE_MAX) {
            Some(first) => Allowed::After(first.saturating_add(MINUTE_MS).saturating_sub(now_ms)),
            None => Allowed::Yes,
        }
    }

    /// Returns about which sites, or projects, nothing more goes today.
    pub fn full(self) -> HashSet<[u8; 16]> {
        self.day.into_iter().filter(|(_, count)| *count >= DAY_MAX).map(|it| it.0).collect()
    }

    /// Counts a message that goes.
    pub fn count(&mut self, about: [u8; 16], at_ms: i64) {
        self.minute.push(at_ms);
        *self.day.entry(about).or_default() += 1;
    }
}
