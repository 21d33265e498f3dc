//! Small files of this user on this machine: what is typed and not saved, what was chosen, the last glance.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::theme::Scheme;
use crate::actions::overview::Glance;
use crate::texts::Language;

/// What the user chose on the screens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The language, where it was chosen.
    pub language: Option<Spoken>,
    /// The colours.
    pub scheme: Scheme,
    /// Plain ASCII, where it was chosen.
    pub ascii: Option<bool>,
    /// The hint of the first time was read.
    pub hint_read: bool,
}

/// A language, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spoken {
    /// French.
    Fr,
    /// English.
    En,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Fr => Self::French,
            Spoken::En => Self::English,
        }
    }
}

/// Where the small files lie. Without a folder nothing is kept.
#[derive(Clone, Debug, Default)]
pub struct Local {
    folder: Option<PathBuf>,
    /// Tells the databases of one user apart.
    base: String,
    /// Which of the programs that work on the database at the same time this one is.
    desk: u8,
    /// Held as long as this program works there.
    lock: Option<Arc<File>>,
}

/// More programs of one user on one database share the last draft.
const DESKS: u8 = 8;

impl Local {
    /// Keeps nothing: for trying things out.
    pub fn nowhere() -> Self {
        Self::default()
    }

    /// Keeps the files of a database in a folder of the user.
    pub fn new(folder: PathBuf, database: &Path) -> Self {
        let whole = database.canonicalize().unwrap_or_else(|_| database.to_path_buf());
        let hash = blake3::hash(whole.as_os_str().as_encoded_bytes()).to_hex();
        let base = hash.as_str().chars().take(16).collect();
        Self { folder: Some(folder), base, desk: 0, lock: None }
    }

    /// Takes the first desk at which no other program sits, so that each keeps a draft of its own.
    #[must_use]
    pub fn seated(mut self) -> Self {
        for desk in 0..DESKS {
            self.desk = desk;
            match self.lock(desk) {
                Ok(lock) => {
                    self.lock = lock.map(Arc::new);
                    break;
                }
                Err(TryLockError::WouldBlock) => {}
                // Where nothing can be locked, nothing can be kept either.
                Err(TryLockError::Error(_)) => break,
            }
        }
        self
    }

    fn lock(&self, desk: u8) -> Result<Option<File>, TryLockError> {
        let Some(path) = self.path(&format!("{}.lock", self.draft_of(desk))) else { return Ok(None) };
        self.make_folder().map_err(TryLockError::Error)?;
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = file.map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(Some(file))
    }

    fn draft_of(&self, desk: u8) -> String {
        if desk == 0 { self.own("draft") } else { self.own(&format!("draft-{}", desk + 1)) }
    }

    /// Returns the files of another database in the same folder.
    #[must_use]
    pub fn beside(&self, database: &Path) -> Self {
        self.folder.clone().map_or_else(Self::nowhere, |it| Self::new(it, database))
    }

    /// Reads what the user chose; what does not read was not chosen.
    pub fn preferences(&self) -> Preferences {
        self.read("preferences.json").unwrap_or_default()
    }

    /// Keeps what the user chose.
    pub fn keep_preferences(&self, preferences: &Preferences) -> io::Result<()> {
        self.write("preferences.json", preferences)
    }

    /// Reads what was typed and not saved.
    pub fn draft(&self) -> Option<Draft> {
        self.read(&self.draft_of(self.desk)).or_else(|| self.left_draft())
    }

    /// Takes over what a program that has ended left at another desk.
    fn left_draft(&self) -> Option<Draft> {
        let others = (0..DESKS).filter(|it| *it != self.desk);
        others.map(|it| (it, self.draft_of(it))).find_map(|(desk, name)| {
            let draft = self.read(&name)?;
            let _lock = self.lock(desk).ok()?;
            fs::rename(self.path(&name)?, self.path(&self.draft_of(self.desk))?).ok()?;
            Some(draft)
        })
    }

    /// Puts what was typed out of the way of the next draft. Returns where.
    pub fn set_draft_aside(&self) -> io::Result<PathBuf> {
        let name = self.draft_of(self.desk);
        let (Some(from), Some(to)) = (self.path(&name), self.path(&format!("{name}.{}", std::process::id())))
        else {
            return Err(io::ErrorKind::NotFound.into());
        };
        fs::rename(from, &to)?;
        Ok(to)
    }

    /// Keeps what is typed and not saved, or forgets it.
    pub fn keep_draft(&self, draft: Option<&Draft>) -> io::Result<()> {
        match draft {
            Some(draft) => self.write(&self.draft_of(self.desk), draft),
            None => self.remove(&self.draft_of(self.desk)),
        }
    }

    /// Reads the last glance.
    pub fn glance(&self) -> Option<Glance> {
        let bytes = fs::read(self.path(&self.own("glance"))?).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Keeps the last glance.
    pub fn keep_glance(&self, glance: &Glance) -> io::Result<()> {
        let bytes = postcard::to_allocvec(glance).map_err(io::Error::other)?;
        self.replace(&self.own("glance"), &bytes)
    }

    fn own(&self, what: &str) -> String {
        format!("{}.{what}", self.base)
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|it| it.join(name))
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read(self.path(name)?).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn write(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.replace(name, &serde_json::to_vec(value)?)
    }

    /// Replaces a file as a whole: after a crash it is the old or the new one. The disk takes its time on a thread of its
    /// own: no key waits for it.
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        self.make_folder()?;
        let part = folder.join(format!("{name}.{}.part", std::process::id()));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(bytes)?;
        fs::rename(&part, folder.join(name))?;
        // A failing disk shows itself at the next save of data; here only seconds of typing are at stake.
        std::thread::spawn(move || file.sync_data().is_ok());
        Ok(())
    }

    fn make_folder(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let Some(path) = self.path(name) else { return Ok(()) };
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;
    use crate::model::month::Month;
    use crate::ui::draft::LotText;

    #[test]
    fn drafts_are_kept_by_database_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let one = Local::new(folder.path().join("state"), Path::new("/a/chantier.db"));
        let two = Local::new(folder.path().join("state"), Path::new("/b/chantier.db"));
        let month = Month::new(2026, 3).unwrap();
        let texts = vec![LotText { lot: Id::from_bytes([7; 16]), text: "12,".into() }];
        let draft = Draft::Figures { month, texts };
        one.keep_draft(Some(&draft)).unwrap();
        assert_eq!((one.draft(), two.draft()), (Some(draft), None));
        one.keep_draft(None).unwrap();
        one.keep_draft(None).unwrap();
        assert_eq!(one.draft(), None);
        assert!(Local::nowhere().keep_draft(None).is_ok());
    }

    #[test]
    fn programs_at_the_same_time_keep_their_own_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let seat = || Local::new(folder.path().join("state"), Path::new("/a/chantier.db")).seated();
        let draft = |text: &str| Draft::Figures {
            month: Month::new(2026, 3).unwrap(),
            texts: vec![LotText { lot: Id::from_bytes([7; 16]), text: text.into() }],
        };
        let (first, second) = (seat(), seat());
        first.keep_draft(Some(&draft("1"))).unwrap();
        assert_eq!(second.draft(), None, "the first is still at work");
        second.keep_draft(Some(&draft("2"))).unwrap();
        second.keep_draft(None).unwrap();
        assert_eq!(first.draft(), Some(draft("1")));
        second.keep_draft(Some(&draft("2"))).unwrap();
        drop((first, second));
        let third = seat();
        assert_eq!(third.draft(), Some(draft("1")));
        third.keep_draft(None).unwrap();
        assert_eq!(third.draft(), Some(draft("2")), "what the second left is found by who comes next");
        third.keep_draft(None).unwrap();
        assert_eq!(seat().draft(), None);
    }

    #[test]
    fn damaged_files_are_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let local = Local::new(folder.path().to_path_buf(), Path::new("/a"));
        fs::write(folder.path().join("preferences.json"), b"{\"scheme\": 12").unwrap();
        assert_eq!(local.preferences(), Preferences::default());
        assert!(local.draft().is_none() && local.glance().is_none());
    }
}
