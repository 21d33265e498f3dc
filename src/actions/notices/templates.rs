//! The templates of an organisation: files in the folder `templates` beside the database.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::notice::NoticeKind;
use crate::model::problem::Problem;
use crate::notify::letter::{self, TEMPLATE_BYTES_MAX};
use crate::notify::{Sheet, TemplateError, Templates, Writer, sample, vocabulary};

/// The name of the folder.
const FOLDER: &str = "templates";

/// Returns the folder beside the database; a database in memory has none.
fn folder(session: &Session) -> Option<PathBuf> {
    Some(session.store.path()?.parent()?.join(FOLDER))
}

/// Reads the templates that stand beside the database, the program's where there is none.
pub(super) fn load(session: &Session) -> Result<Templates, Failure> {
    let mut templates = Templates::default();
    let Some(folder) = folder(session).filter(|it| it.is_dir()) else { return Ok(templates) };
    for (file, _) in Templates::standard() {
        let path = folder.join(&file);
        // A pipe or a device in its place would make everybody wait.
        if std::fs::metadata(&path).is_ok_and(|it| !it.is_file()) {
            return Err(unreadable(&path, std::io::ErrorKind::InvalidInput.into()).into());
        }
        match File::open(&path) {
            Ok(open) => templates.put(&file, read(open, &path)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(&path, error).into()),
        }
    }
    Ok(templates)
}

fn read(file: File, path: &Path) -> Result<String, Problem> {
    let most = u64::try_from(TEMPLATE_BYTES_MAX).unwrap_or(u64::MAX);
    let mut text = String::new();
    file.take(most + 1).read_to_string(&mut text).map_err(|it| unreadable(path, it))?;
    if text.len() > TEMPLATE_BYTES_MAX {
        return Err(Problem::new("template-file-large").with("file", path.display()));
    }
    Ok(text.replace("\r\n", "\n"))
}

fn unreadable(path: &Path, error: std::io::Error) -> Problem {
    Problem::new("template-unreadable").with("file", path.display()).with("error", error)
}

/// Renders every template with invented facts: returns what is wrong.
pub fn check(session: &Session) -> Result<Vec<TemplateError>, Failure> {
    Ok(letter::check(&load(session)?))
}

/// Shows what a template makes of invented facts.
pub fn preview(session: &Session, kind: NoticeKind, language: &str) -> Result<String, Failure> {
    let templates = load(session)?;
    let writer = Writer::new(vocabulary::language(language), &templates);
    let facts = sample::full();
    let draft = writer.draft(kind, &facts).map_err(Problem::from)?;
    let (addressees, copies) = sample::parties();
    let reference = letter::reference(Some(12), &facts, Some(2026));
    let day = NaiveDate::from_ymd_opt(2026, 4, 6);
    let sheet = Sheet {
        facts: &facts,
        draft: &draft,
        reference: &reference,
        day,
        addressees: &addressees,
        copies: &copies,
    };
    Ok(writer.letter(&sheet).map_err(Problem::from)?)
}

/// Writes the program's templates into a folder, to start from: the one beside the database unless another is named. A
/// file that is there stays as it is; returns the folder and the files that were written.
pub fn write_standard(session: &Session, into: Option<&Path>) -> Result<(PathBuf, Vec<PathBuf>), Failure> {
    let own = || folder(session).ok_or_else(|| Problem::new("templates-in-memory"));
    let folder = into.map_or_else(own, |it| Ok(it.to_path_buf()))?;
    let written = write_into(&folder)?;
    Ok((folder, written))
}

fn write_into(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unwritable = |path: &Path, error: std::io::Error| {
        Problem::new("template-unwritable").with("file", path.display()).with("error", error)
    };
    let mut written = Vec::new();
    for (file, text) in Templates::standard() {
        let path = folder.join(&file);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|it| unwritable(parent, it))?;
        }
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut open) => {
                open.write_all(text.as_bytes()).map_err(|it| unwritable(&path, it))?;
                written.push(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritable(&path, error).into()),
        }
    }
    Ok(written)
}
