//! `chantier backup`: saves a verified copy of the database.

use super::context::Context;
use super::out::{print, print_json};
use super::{Done, Stop, arguments};
use crate::actions::backup;

/// Saves the copy and says where it lies.
pub fn run(context: &Context, arguments: &arguments::Backup) -> Result<Done, Stop> {
    let session = context.open()?;
    let path = backup::backup(&session, arguments.copy.as_deref())?;
    if context.json {
        print_json(&serde_json::json!({ "path": path.display().to_string() }))?;
    } else {
        print(&format!("{}\n", context.texts.fill("backup-done", &[("path", &path.display())])))?;
    }
    Ok(Done::Fine)
}
