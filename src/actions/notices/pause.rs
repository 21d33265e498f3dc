//! A server that does not want this machine is left alone for a while: a wrong password that is tried all week closes
//! the account. The messages do not wait longer for it.

use serde::{Deserialize, Serialize};

use super::super::failure::Failure;
use super::super::session::Session;
use crate::store::value::Value;

/// Under this name the file keeps since when it waits, and why.
const PAUSED: &str = "mail.paused";
/// How long the server is left alone.
const PAUSE_MS: i64 = 60 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Pause {
    since_ms: i64,
    reply: String,
}

/// Says why the server is left alone now. A pause that would begin later was set by a wrong clock.
pub fn reason(session: &Session, now_ms: i64) -> Result<Option<String>, Failure> {
    Ok(kept(session, now_ms)?.map(|it| it.0.reply))
}

/// Says in how many milliseconds the server is turned to again; `None` where it is not left alone.
pub fn rest_ms(session: &Session, now_ms: i64) -> Result<Option<i64>, Failure> {
    Ok(kept(session, now_ms)?.map(|it| it.1))
}

/// Returns the pause that holds now, and what is left of it in milliseconds.
fn kept(session: &Session, now_ms: i64) -> Result<Option<(Pause, i64)>, Failure> {
    let Some(Value::Text(kept)) = session.store.read().about(PAUSED)? else { return Ok(None) };
    let Ok(pause) = serde_json::from_str::<Pause>(&kept) else { return Ok(None) };
    let age = now_ms.saturating_sub(pause.since_ms);
    Ok((0..PAUSE_MS).contains(&age).then_some((pause, PAUSE_MS - age)))
}

/// Leaves the server alone from now on.
pub fn begin(session: &Session, reply: &str, now_ms: i64) -> Result<(), Failure> {
    let pause = Pause { since_ms: now_ms, reply: reply.to_owned() };
    let text = serde_json::to_string(&pause).unwrap_or_default();
    Ok(session.store.keep_about(PAUSED, &Value::from(text.as_str()))?)
}

/// Turns to the server again.
pub fn end(session: &Session) -> Result<(), Failure> {
    if session.store.read().about(PAUSED)?.is_some_and(|it| it != Value::Null) {
        session.store.keep_about(PAUSED, &Value::Null)?;
    }
    Ok(())
}
