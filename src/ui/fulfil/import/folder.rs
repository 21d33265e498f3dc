//! Lists what can complete a path: folders, and files of the kinds that are read.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::ui::screens::import::Choice;

/// The ends of names of files: those of one kind.
type Kinds = &'static [&'static str];
/// Workbooks that are read.
pub const WORKBOOKS: Kinds = &["xlsx", "xls", "ods", "csv", "txt"];
/// Bundles of changes.
pub const BUNDLES: Kinds = &["chantier"];
/// Longer lists are of no use.
const CHOICES_MAX: usize = 500;
/// Folders with more than this are looked at in part.
const LOOKED_AT_MAX: usize = 20_000;

/// Replaces `~` at the beginning by the user's folder.
pub fn expanded(typed: &str, home: Option<&Path>) -> String {
    let Some(home) = home.map(|it| it.display().to_string()) else { return typed.to_owned() };
    match typed.strip_prefix('~') {
        Some("") => format!("{home}/"),
        Some(rest) if rest.starts_with('/') => format!("{home}{rest}"),
        _ => typed.to_owned(),
    }
}

/// Completes a path as far as it is certain, and lists what goes on from there; `None` where nothing does.
pub fn complete(typed: &str, kinds: Kinds) -> (String, Option<Vec<Choice>>) {
    let (folder, begun) =
        typed.rsplit_once('/').map_or(("", typed), |(it, rest)| (&typed[..=it.len()], rest));
    let found = list(folder, begun, kinds);
    match found.as_slice() {
        [] if begun.is_empty() && Path::new(if folder.is_empty() { "." } else { folder }).is_dir() => {
            (typed.to_owned(), Some(Vec::new()))
        }
        [] => (typed.to_owned(), None),
        [only] if only.folder => {
            let text = format!("{folder}{}", only.label);
            let inside = list(&text, "", kinds);
            (text, Some(inside))
        }
        [first, rest @ ..] => {
            let mut common = first.label.as_str();
            for other in rest {
                common = shared(common, &other.label);
            }
            // What is typed in other cases than the names are is not made shorter.
            let text =
                if common.len() < begun.len() { typed.to_owned() } else { format!("{folder}{common}") };
            (text, Some(if rest.is_empty() { Vec::new() } else { found }))
        }
    }
}

/// Lists the folders and readable files of a folder whose names begin like `begun`, in any case of letters.
pub fn list(folder: &str, begun: &str, kinds: Kinds) -> Vec<Choice> {
    let place = if folder.is_empty() { "." } else { folder };
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let wanted = begun.to_lowercase();
    let mut found: Vec<Choice> = entries
        .take(LOOKED_AT_MAX)
        .flatten()
        .filter_map(|it| choice(Path::new(folder), &it.file_name(), &it.path(), kinds))
        .filter(|it| it.label.to_lowercase().starts_with(&wanted))
        .filter(|it| begun.starts_with('.') || !it.label.starts_with('.'))
        .collect();
    // What begins exactly like the typed text is meant before what only resembles it.
    if found.iter().any(|it| it.label.starts_with(begun)) {
        found.retain(|it| it.label.starts_with(begun));
    }
    found.sort_by_cached_key(|it| (!it.folder, it.label.to_lowercase()));
    found.truncate(CHOICES_MAX);
    found
}

fn choice(folder: &Path, name: &OsStr, whole: &Path, kinds: Kinds) -> Option<Choice> {
    let label = name.to_string_lossy().into_owned();
    let path: PathBuf = folder.join(name);
    if whole.is_dir() {
        return Some(Choice { label: format!("{label}/"), path, folder: true });
    }
    let kind = Path::new(name).extension()?.to_string_lossy().to_lowercase();
    // Spreadsheet programs leave small lock files beside what is open.
    let lock = label.starts_with("~$") || label.starts_with(".~lock");
    (kinds.contains(&kind.as_str()) && !lock).then_some(Choice { label, path, folder: false })
}

/// Returns what two names have in common at their beginnings.
fn shared<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    &a[..same.unwrap_or(a.len().min(b.len()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completion_goes_as_far_as_is_certain() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| format!("{}/{name}", folder.path().display());
        for name in
            ["suivi-2025.xlsx", "suivi-2026.XLSX", "Été.csv", "photo.jpg", "~$suivi.xlsx", ".caché.csv"]
        {
            fs::write(place(name), "x").unwrap();
        }
        fs::create_dir_all(place("archives/2024")).unwrap();
        let told = |typed: &str| {
            let (text, choices) = complete(&place(typed), WORKBOOKS);
            let labels = choices.map(|it| it.into_iter().map(|it| it.label).collect::<Vec<_>>().join(" "));
            (text[folder.path().display().to_string().len() + 1..].to_owned(), labels)
        };
        let said = |text: &str, labels: &str| (text.to_owned(), Some(labels.to_owned()));
        assert_eq!(told("su"), said("suivi-202", "suivi-2025.xlsx suivi-2026.XLSX"));
        assert_eq!(told("SUIVI-2026"), said("suivi-2026.XLSX", ""));
        assert_eq!(told("é"), said("Été.csv", ""));
        assert_eq!(told("arch"), said("archives/", "2024/"));
        assert_eq!(told(""), said("", "archives/ suivi-2025.xlsx suivi-2026.XLSX Été.csv"));
        assert_eq!(told(".c"), said(".caché.csv", ""));
        assert_eq!(told("archives/2024/"), said("archives/2024/", ""));
        assert_eq!(told("photo"), ("photo".to_owned(), None));
        assert_eq!(told("nulle/part"), ("nulle/part".to_owned(), None));
    }

    #[test]
    fn the_tilde_is_the_users_folder() {
        let home = Some(Path::new("/home/awa"));
        assert_eq!(expanded("~", home), "/home/awa/");
        assert_eq!(expanded("~/a.csv", home), "/home/awa/a.csv");
        assert_eq!(expanded("~autre/a.csv", home), "~autre/a.csv");
        assert_eq!(expanded("~/a.csv", None), "~/a.csv");
    }
}
