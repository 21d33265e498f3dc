//! The only reader of the clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// Returns the machine's instant: a claim, never used to decide what is true.
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Returns the civil time of an instant in a time zone named as IANA does; in UTC where the name is unknown.
pub fn in_zone(instant: DateTime<Utc>, zone: &str) -> NaiveDateTime {
    zone.parse::<chrono_tz::Tz>()
        .map_or_else(|_| instant.naive_utc(), |it| instant.with_timezone(&it).naive_local())
}

/// Returns the civil date of an instant in a time zone, as [`in_zone`] does.
pub fn date_in(instant: DateTime<Utc>, zone: &str) -> NaiveDate {
    in_zone(instant, zone).date()
}

/// Tells whether a time zone is known.
pub fn is_zone(zone: &str) -> bool {
    zone.parse::<chrono_tz::Tz>().is_ok()
}
