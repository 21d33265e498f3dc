//! What every verb needs: texts, colours, the database, the date.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusty_s3::Credentials;

use super::Stop;
use super::arguments::Arguments;
use crate::actions::session::Session;
use crate::clock;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line};
use crate::texts::{Language, Texts};

/// Lines are not made longer than this, however wide the terminal.
const COLUMNS_MAX: usize = 160;

/// What every verb needs.
#[expect(clippy::struct_excessive_bools, reason = "independent answers of the environment and of options")]
pub struct Context {
    /// The words.
    pub texts: Texts,
    /// Output for programs.
    pub json: bool,
    /// Whether results are coloured.
    pub colour: bool,
    /// Columns of the terminal; `None` when the output is no terminal.
    pub columns: Option<usize>,
    /// Whether the screens draw only ASCII.
    pub ascii: bool,
    db: Option<PathBuf>,
    today: Option<NaiveDate>,
    language_asked: bool,
}

impl Context {
    /// Reads the environment once.
    pub fn new(texts: Texts, arguments: &Arguments) -> Self {
        let texts = match arguments.lang.as_deref() {
            Some("en") => Texts::new(Language::English),
            Some(_) => Texts::new(Language::French),
            None => texts,
        };
        let terminal = std::io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty())
            || std::env::var_os("TERM").is_none_or(|it| it == "dumb" || it.is_empty());
        Self {
            texts,
            json: arguments.json,
            colour: terminal && !plain,
            columns: terminal.then(|| columns_of(std::io::stdout())),
            ascii: arguments.ascii,
            db: arguments.db.clone(),
            today: arguments.today,
            language_asked: arguments.lang.is_some(),
        }
    }

    /// Opens the user's database.
    pub fn open(&self) -> Result<Session, Stop> {
        self.session(&self.path()?, false)
    }

    /// Opens the user's database, creating it where it is missing.
    pub fn create(&self) -> Result<Session, Stop> {
        self.session(&self.path()?, true)
    }

    /// Opens a database that is named, creating it where it is missing.
    pub fn create_at(&self, path: &Path) -> Result<Session, Stop> {
        self.session(path, true)
    }

    /// Folds a text to the terminal, leaving room for an indent; programs get one line.
    pub fn folded(&self, text: &str, indent: usize) -> Vec<String> {
        match self.columns {
            Some(columns) => super::table::folded(text, columns.saturating_sub(indent).max(20)),
            None => vec![text.to_owned()],
        }
    }

    /// Returns today's date before a database is open: the one asked for, or the machine's.
    pub fn date(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| clock::now().date_naive())
    }

    /// Returns the date that was asked for.
    pub const fn asked_today(&self) -> Option<NaiveDate> {
        self.today
    }

    /// Tells whether the language was asked for.
    pub const fn language_asked(&self) -> bool {
        self.language_asked
    }

    /// Returns the folder of small files that only speed up or remember: drafts, choices, the last glance.
    pub fn state_folder() -> Result<PathBuf, Stop> {
        let folders = directories::ProjectDirs::from("", "", "chantier");
        let folder = folders.and_then(|it| it.state_dir().map(Path::to_path_buf));
        folder.filter(|it| it.is_absolute()).map_or_else(Self::folder, Ok)
    }

    /// Returns where the demonstration that the screens open lies.
    pub fn demonstration() -> Result<PathBuf, Stop> {
        Ok(Self::folder()?.join("demonstration.db"))
    }

    /// Tells whether the user's database exists.
    pub fn has_database(&self) -> Result<bool, Stop> {
        Ok(self.path()?.exists())
    }

    /// Returns the folder in which data lie when the user names no file.
    pub fn folder() -> Result<PathBuf, Stop> {
        let folders = directories::ProjectDirs::from("", "", "chantier");
        let folder = folders.map(|it| it.data_dir().to_path_buf()).filter(|it| it.is_absolute());
        folder.ok_or_else(|| Problem::new("home-missing").into())
    }

    /// Returns the path of the user's database.
    pub fn path(&self) -> Result<PathBuf, Stop> {
        let named = self.db.clone().or_else(|| std::env::var_os("CHANTIER_DB").map(PathBuf::from));
        match named.filter(|it| !it.as_os_str().is_empty()) {
            Some(path) => Ok(path),
            None => Ok(Self::folder()?.join("chantier.db")),
        }
    }

    fn session(&self, path: &Path, create: bool) -> Result<Session, Stop> {
        Session::open(path, create, user(), clock::now(), self.today).map_err(Stop::from)
    }
}

/// Chooses the language from the environment.
pub fn texts_of_environment() -> Texts {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|it| std::env::var(it).ok().filter(|it| !it.is_empty()));
    let locale = named.or_else(sys_locale::get_locale).unwrap_or_default();
    let flag =
        std::env::args_os().skip_while(|it| it != "--lang").nth(1).and_then(|it| it.into_string().ok());
    Texts::new(Language::of_locale(&flag.unwrap_or(locale)))
}

/// Returns the name of who acts.
pub fn user() -> String {
    let named = ["CHANTIER_USER", "USER", "LOGNAME", "USERNAME"].iter().find_map(|it| std::env::var(it).ok());
    let name = named.map(|it| clean_line(&it, NAME_CHARS_MAX)).filter(|it| !it.is_empty());
    name.unwrap_or_else(|| format!("uid-{}", rustix::process::getuid().as_raw()))
}

/// Returns how this machine is called when nobody named it.
pub fn machine_name() -> String {
    let node = rustix::system::uname();
    let name = clean_line(&node.nodename().to_string_lossy(), NAME_CHARS_MAX);
    if name.is_empty() { "machine".to_owned() } else { name }
}

/// Returns with what object stores are asked: from the environment, or the profile of the usual file. It is kept
/// nowhere.
pub fn store_credentials() -> Result<Option<Credentials>, Stop> {
    if let Some(found) = Credentials::from_env() {
        return Ok(Some(found));
    }
    let named = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let usual = || Some(directories::BaseDirs::new()?.home_dir().join(".aws/credentials"));
    let Some(path) = named("AWS_SHARED_CREDENTIALS_FILE").map(PathBuf::from).or_else(usual) else {
        return Ok(None);
    };
    if !path.exists() {
        return Ok(None);
    }
    let text = crate::key_file::read(&path)?;
    Ok(super::credentials::of_profile(&text, named("AWS_PROFILE").as_deref().unwrap_or("default")))
}

/// Writes out the path of a folder that is given from here, or from the user's home: it is meant from everywhere.
pub fn whole_path(target: &str) -> Result<String, Stop> {
    let target = target.trim();
    let unreadable = || Problem::new("target-unreadable").with("text", target);
    let path = if target == "~" || target.starts_with("~/") {
        let folders = directories::BaseDirs::new().ok_or_else(|| Problem::new("home-missing"))?;
        folders.home_dir().join(target[1..].trim_start_matches('/'))
    } else if target.starts_with('.') {
        std::path::absolute(target).map_err(|_| unreadable())?
    } else {
        return Ok(target.to_owned());
    };
    Ok(path.to_str().ok_or_else(unreadable)?.to_owned())
}

/// Returns the program that calls other machines, when it is not the system's `ssh`.
pub fn ssh_program() -> Option<PathBuf> {
    std::env::var_os("CHANTIER_SSH").filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// Returns how many columns a terminal has, within reason.
pub fn columns_of(terminal: impl std::os::fd::AsFd) -> usize {
    let size = rustix::termios::tcgetwinsize(terminal).map_or(80, |it| usize::from(it.ws_col));
    if size == 0 { 80 } else { size.clamp(20, COLUMNS_MAX) }
}
