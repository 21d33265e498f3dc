//! How fast frames may follow each other: a slow line gets the next frame when it has swallowed the last.
//!
//! The first frame asks the terminal for a receipt. If it comes at once the line is fast and nothing is
//! ever asked again. Otherwise each frame asks, and none is drawn while much is still under way; keys go
//! on changing the screens meanwhile, so that one frame shows what many keys did. A terminal that has
//! never answered may never do so: until it does, the clock alone paces the frames.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A later receipt means a slow line.
const FAST: Duration = Duration::from_millis(80);
/// So many receipts within [`FAST`], one after the other, make a slow line fast again.
const FAST_RECEIPTS: u32 = 8;
/// More bytes under way hold the next frame back.
const BYTES_UNDER_WAY_MAX: u64 = 160;
/// A terminal that does not answer for so long never will.
const PATIENCE: Duration = Duration::from_secs(5);
/// What the slowest line in use carries.
const BYTES_PER_SECOND: u64 = 960;
/// The longest pause between frames where only time tells.
const PAUSE_MAX: Duration = Duration::from_millis(250);
/// A lone escape waits at least so long for the rest of a key: lines that cut keys in two are common.
const ESCAPE_MIN: Duration = Duration::from_millis(150);
const ESCAPE_MAX: Duration = Duration::from_millis(400);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speed {
    /// The first receipt has not come.
    Unknown,
    Fast,
    Slow,
    /// The terminal gives no receipts.
    Mute,
}

/// A frame under way.
#[derive(Clone, Copy, Debug)]
struct Flight {
    bytes: u64,
    sent: Instant,
}

/// What is known about a line; the clock is passed in.
#[derive(Clone, Debug)]
pub struct Pacing {
    speed: Speed,
    flights: VecDeque<Flight>,
    fast_receipts: u32,
    round_trip: Option<Duration>,
    last: Option<Flight>,
}

impl Default for Pacing {
    fn default() -> Self {
        Self {
            speed: Speed::Unknown,
            flights: VecDeque::new(),
            fast_receipts: 0,
            round_trip: None,
            last: None,
        }
    }
}

impl Pacing {
    /// Tells whether the next frame has to ask for a receipt.
    pub fn wants_receipt(&self) -> bool {
        match self.speed {
            Speed::Unknown => self.flights.is_empty(),
            Speed::Slow => true,
            Speed::Fast | Speed::Mute => false,
        }
    }

    /// Notes that a frame was written, and whether it asked for a receipt.
    pub fn sent(&mut self, bytes: u64, with_receipt: bool, now: Instant) {
        let flight = Flight { bytes, sent: now };
        self.last = Some(flight);
        if with_receipt {
            self.flights.push_back(flight);
        } else if let Some(last) = self.flights.back_mut() {
            last.bytes += bytes;
        }
    }

    /// Notes that a receipt came.
    pub fn acknowledged(&mut self, now: Instant) {
        let Some(flight) = self.flights.pop_front() else {
            // The receipt of a frame that was given up: the terminal answers after all, late.
            if self.speed == Speed::Mute {
                self.speed = Speed::Slow;
            }
            return;
        };
        let took = now.saturating_duration_since(flight.sent);
        self.round_trip = Some(self.round_trip.map_or(took, |it| it.min(took)));
        if took > FAST {
            self.speed = Speed::Slow;
            self.fast_receipts = 0;
            return;
        }
        self.fast_receipts += 1;
        if self.speed == Speed::Unknown || self.fast_receipts >= FAST_RECEIPTS {
            self.speed = Speed::Fast;
        }
    }

    /// Tells whether a frame may be drawn now; else after how long it may, if no receipt comes first.
    pub fn pause(&mut self, now: Instant) -> Option<Duration> {
        let waited = self.flights.front().map_or(Duration::ZERO, |it| now.saturating_duration_since(it.sent));
        if waited >= PATIENCE {
            self.speed = Speed::Mute;
            self.flights.clear();
        }
        let end = match self.speed {
            Speed::Fast => None,
            Speed::Unknown if waited <= FAST => None,
            Speed::Unknown | Speed::Mute => self
                .last
                .map(|it| it.sent + Duration::from_millis(it.bytes * 1000 / BYTES_PER_SECOND).min(PAUSE_MAX)),
            Speed::Slow => {
                let under_way: u64 = self.flights.iter().map(|it| it.bytes).sum();
                let oldest = self.flights.front().filter(|_| under_way > BYTES_UNDER_WAY_MAX);
                oldest.map(|it| it.sent + PATIENCE)
            }
        };
        end.map(|it| it.saturating_duration_since(now)).filter(|it| !it.is_zero())
    }

    /// Tells whether the line is known to be slow.
    pub fn is_slow(&self) -> bool {
        self.speed == Speed::Slow
    }

    /// How long a lone escape waits for more. 150 ms, on a slow line its round trip up to 400 ms.
    pub fn escape_patience(&self) -> Duration {
        let slow = self.round_trip.filter(|_| self.is_slow());
        slow.unwrap_or(ESCAPE_MIN).clamp(ESCAPE_MIN, ESCAPE_MAX)
    }

    /// How long to wait for the receipts under way before the terminal is given back.
    pub fn farewell(&self, now: Instant) -> Option<Duration> {
        let patience = Duration::from_secs(if self.is_slow() { 3 } else { 1 });
        let newest = self.flights.back()?;
        Some(patience.saturating_sub(now.saturating_duration_since(newest.sent))).filter(|it| !it.is_zero())
    }

    /// Forgets what is under way: the terminal was given back and taken again.
    pub fn forget_flights(&mut self) {
        self.flights.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_fast_line_is_asked_once() {
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        assert!(pacing.wants_receipt());
        pacing.sent(1700, true, start);
        assert!(!pacing.wants_receipt());
        assert_eq!(pacing.pause(start + ms(5)), None);
        pacing.acknowledged(start + ms(6));
        pacing.sent(9000, false, start + ms(7));
        assert!(!pacing.wants_receipt() && !pacing.is_slow());
        assert_eq!(pacing.pause(start + ms(8)), None);
        assert_eq!(pacing.farewell(start + ms(8)), None);
    }

    #[test]
    fn a_slow_line_holds_frames_back() {
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        pacing.sent(1700, true, start);
        pacing.acknowledged(start + ms(600));
        assert!(pacing.is_slow() && pacing.wants_receipt());
        assert_eq!(pacing.pause(start + ms(600)), None);
        pacing.sent(30, true, start + ms(600));
        assert_eq!(pacing.pause(start + ms(610)), None);
        pacing.sent(131, true, start + ms(700));
        assert_eq!(pacing.pause(start + ms(710)), Some(ms(4890)));
        assert_eq!(pacing.farewell(start + ms(710)), Some(ms(2990)));
        pacing.acknowledged(start + ms(1200));
        assert_eq!(pacing.pause(start + ms(1200)), None);
        assert_eq!(pacing.escape_patience(), ms(400));
    }

    #[test]
    fn a_mute_terminal_is_paced_by_time() {
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        pacing.sent(1700, true, start);
        assert_eq!(pacing.pause(start + ms(80)), None);
        assert_eq!(pacing.pause(start + ms(100)), Some(ms(150)));
        assert_eq!(pacing.pause(start + ms(300)), None);
        assert!(!pacing.wants_receipt() && !pacing.is_slow());
        assert_eq!(pacing.pause(start + ms(5001)), None);
        assert!(!pacing.wants_receipt());
        pacing.sent(48, false, start + ms(6000));
        assert_eq!(pacing.pause(start + ms(6000)), Some(ms(50)));
        pacing.sent(9600, false, start + ms(7000));
        assert_eq!(pacing.pause(start + ms(7000)), Some(ms(250)));
        pacing.acknowledged(start + ms(7100));
        assert!(pacing.is_slow());
    }

    #[test]
    fn a_line_that_stands_still_is_given_up() {
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        pacing.sent(10, true, start);
        pacing.acknowledged(start + ms(300));
        pacing.sent(1000, true, start + ms(400));
        assert_eq!(pacing.pause(start + ms(5000)), Some(ms(400)));
        assert_eq!(pacing.pause(start + ms(5400)), None);
        assert!(!pacing.is_slow() && !pacing.wants_receipt());
    }

    #[test]
    fn a_line_that_was_slow_once_becomes_fast_again() {
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        pacing.sent(10, true, start);
        pacing.acknowledged(start + ms(200));
        assert!(pacing.is_slow());
        for _ in 0..FAST_RECEIPTS {
            pacing.sent(10, true, start + ms(300));
            pacing.acknowledged(start + ms(301));
        }
        assert!(!pacing.is_slow() && !pacing.wants_receipt());
    }

    #[test]
    fn a_lone_escape_outlasts_a_cut_of_100_ms() {
        assert_eq!(Pacing::default().escape_patience(), ms(150));
        let (mut pacing, start) = (Pacing::default(), Instant::now());
        pacing.sent(10, true, start);
        pacing.acknowledged(start + ms(220));
        assert_eq!(pacing.escape_patience(), ms(220));
    }
}
