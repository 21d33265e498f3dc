//! Letters in a folder: messages for a machine that has a network, and pages to print. Nothing is ever written over.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_letter, clean_line, fold};
use crate::whole_file::{Part, rename_new};

/// Widest line of a page, in characters.
const COLUMNS: usize = 78;
/// Longest part of a name of a file that is for people.
const LABEL_CHARS_MAX: usize = 40;
/// Under so many names a file is tried, when others have taken the first.
const NAMES_MAX: u32 = 100;

/// What is written on a page: to whom it is posted, and the letter as it was approved.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// To whom.
    pub to: &'a str,
    /// An address that could not be written to; may be empty.
    pub address: &'a str,
    /// The letter.
    pub body: &'a str,
}

impl Page<'_> {
    /// Writes the page.
    pub fn text(&self) -> String {
        let whom = [self.to, self.address].map(|it| clean_line(it, NAME_CHARS_MAX));
        let mut lines: Vec<String> = whom.into_iter().filter(|it| !it.is_empty()).collect();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(clean_letter(self.body).split('\n').map(str::to_owned));
        lines.iter().flat_map(|it| folded(it)).map(|it| it + "\n").collect()
    }
}

/// Returns a name for a file that people find: the day, what it is about, and the delivery.
pub fn file_name(day: &str, about: &str, delivery: &str, extension: &str) -> String {
    let label = fold(about).replace(' ', "-");
    let label: String =
        label.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(LABEL_CHARS_MAX).collect();
    let parts = [day, label.trim_matches('-'), delivery].map(str::to_owned);
    let named: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    format!("{}.{extension}", named.join("_"))
}

/// Writes a file into a folder and returns where it lies. One that has the same content was written by an attempt
/// before; one that has another keeps its name.
pub fn write(folder: &Path, name: &str, content: &[u8]) -> Result<PathBuf, Problem> {
    if !fs::metadata(folder).is_ok_and(|it| it.is_dir()) {
        return Err(Problem::new("mail-folder-missing").with("path", folder.display()));
    }
    let unwritable = |error: std::io::Error| {
        Problem::new("mail-folder-unwritable").with("path", folder.display()).with("error", error)
    };
    for number in 1..=NAMES_MAX {
        let path = folder.join(numbered(name, number));
        if fs::symlink_metadata(&path).is_ok() {
            if holds(&path, content) {
                return Ok(path);
            }
            continue;
        }
        let part = Part(folder.join(format!(".{name}.{}.part", std::process::id())));
        write_new(&part.0, content).map_err(unwritable)?;
        if rename_new(&part.0, &path).map_err(unwritable)? {
            let _ = File::open(folder).and_then(|it| it.sync_all());
            return Ok(path);
        }
    }
    Err(Problem::new("mail-folder-taken").with("path", folder.join(name).display()))
}

fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let make = || OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match make() {
        // What is left of an attempt of a program that had the same number.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            make()?
        }
        made => made?,
    };
    file.write_all(content)?;
    file.sync_all()
}

fn holds(path: &Path, content: &[u8]) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() == content.len() as u64);
    let mut found = Vec::new();
    is_file && File::open(path).and_then(|mut it| it.read_to_end(&mut found)).is_ok() && found == content
}

fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, extension))) => format!("{stem}_{number}.{extension}"),
        (_, None) => format!("{name}_{number}"),
    }
}

/// Folds a line at spaces; what begins with spaces goes on below them.
fn folded(line: &str) -> Vec<String> {
    let indent: String = line.chars().take_while(|it| *it == ' ').take(COLUMNS / 2).collect();
    let mut lines = vec![indent.clone()];
    let mut is_empty = true;
    for word in line.trim_start_matches(' ').split(' ') {
        let last = lines.last().map_or(0, |it| it.chars().count());
        if !is_empty && last + 1 + word.chars().count() > COLUMNS {
            lines.push(indent.clone());
            is_empty = true;
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(if is_empty { "" } else { " " });
            last.push_str(word);
        }
        is_empty = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_to_print() {
        let page = Page {
            to: "Mbondé SARL\r\nX",
            address: "",
            body: "CELLULE DE SUIVI\n\n                                    Mbondé SARL\n\nLe taux atteint au cours du mois de mars 2026 est de 20,00 % : il est inférieur au seuil critique de 30 %.\n  - R = 20 %\n\nFin",
        };
        insta::assert_snapshot!(page.text(), @r"
        Mbondé SARL X

        CELLULE DE SUIVI

                                            Mbondé SARL

        Le taux atteint au cours du mois de mars 2026 est de 20,00 % : il est
        inférieur au seuil critique de 30 %.
          - R = 20 %

        Fin
        ");
    }

    #[test]
    fn names_of_files_stay_in_their_folder() {
        assert_eq!(
            file_name("2026-04-06", "CS/2026/004", "mbonde", "eml"),
            "2026-04-06_cs-2026-004_mbonde.eml"
        );
        assert_eq!(file_name("2026-04-06", "../../é\0", "a", "txt"), "2026-04-06_e_a.txt");
        assert_eq!(file_name("2026-04-06", "\u{1f600}", "a", "txt"), "2026-04-06_a.txt");
    }

    #[test]
    fn nothing_is_written_over() {
        let home = tempfile::tempdir().unwrap();
        let first = write(home.path(), "a.eml", b"one").unwrap();
        assert_eq!(write(home.path(), "a.eml", b"one").unwrap(), first, "the same attempt");
        let second = write(home.path(), "a.eml", b"two").unwrap();
        assert_eq!(second, home.path().join("a_2.eml"));
        std::os::unix::fs::symlink("/dev/null", home.path().join("b.eml")).unwrap();
        assert_eq!(write(home.path(), "b.eml", b"three").unwrap(), home.path().join("b_2.eml"));
        assert_eq!(fs::read(first).unwrap(), b"one");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4, "nothing else lies about");
        let gone = write(&home.path().join("stick"), "a.eml", b"one").unwrap_err();
        assert_eq!(gone.key, "mail-folder-missing");
    }
}
