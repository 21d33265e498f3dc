//! Machines of one organisation, each with its own home.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::Desk;

/// Makes a machine that founded an organisation with a site and one figure.
pub fn founder() -> Desk {
    let desk = Desk::new();
    desk.organisation();
    desk.site("CH-1");
    desk.good(&["entry", "CH-1", "2026-01", "5"]);
    desk
}

/// Makes a machine that took in a bundle of the founder, without being enrolled.
pub fn guest(founder: &Desk) -> Desk {
    let desk = Desk::new();
    let bundle = desk.path("first.chantier");
    founder.good(&["bundle", "export", text(&bundle)]);
    desk.good(&["bundle", "import", text(&bundle)]);
    desk
}

/// Makes a machine that the founder enrolled.
pub fn member(founder: &Desk, name: &str) -> Desk {
    let desk = guest(founder);
    let line = desk.json(&["machine", "show"])["key"].as_str().unwrap().to_owned();
    founder.good(&["machine", "add", name, &line]);
    desk
}

/// Returns the figures that a machine knows, as lines.
pub fn figures(desk: &Desk) -> String {
    desk.good(&["export", "entries", "--format", "csv"])
}

/// Returns every file below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns a path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
