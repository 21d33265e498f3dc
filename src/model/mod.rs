//! Plain data and newtypes; no input or output, no clock.

pub mod decision;
pub mod entry;
pub mod grounds;
pub mod id;
pub mod money;
pub mod month;
pub mod notice;
pub mod organisation;
pub mod outbox;
pub mod percent;
pub mod policy;
pub mod problem;
pub mod sign_off;
pub mod site;
pub mod text;
