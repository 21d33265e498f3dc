//! How this machine sends: settings that never leave it, and never the password.

use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::session::Session;
use super::pause;
use crate::key_file;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};
use crate::notify::address::Address;
use crate::notify::secret;
use crate::notify::smtp::{Login, Patience, Server, Tls};
use crate::store::value::Value;

/// What the names of these settings begin with.
const PREFIX: &str = "mail.";
const SERVER: &str = "mail.server";
const PORT: &str = "mail.port";
const TLS: &str = "mail.tls";
const USER: &str = "mail.user";
const FROM: &str = "mail.from";
const PASSWORD_FILE: &str = "mail.password_file";
const KEYRING: &str = "mail.keyring";
const AUTHORITY: &str = "mail.authority";
const FOLDER: &str = "mail.folder";
const LETTERS: &str = "mail.letters";

/// Every setting, with the value unless set.
pub const ALL: &[(&str, &str)] = &[
    (SERVER, ""),
    (PORT, "587"),
    (TLS, "starttls"),
    (USER, ""),
    (FROM, ""),
    (PASSWORD_FILE, ""),
    (KEYRING, "no"),
    (AUTHORITY, ""),
    (FOLDER, ""),
    (LETTERS, ""),
];

/// The words for how the line is closed, with the usual port of each.
const TLS_WORDS: [(&str, Tls, u16); 3] = [
    ("starttls", Tls::StartTls, 587),
    ("required", Tls::FromTheStart, 465),
    ("none-on-loopback", Tls::NoneOnLoopback, 25),
];

/// By which ways this machine sends.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Mail, where it is set up.
    pub mail: Option<Mail>,
    /// The folder for letters to those who have no address.
    pub letters: Option<PathBuf>,
}

/// How mail goes out.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The address of the organisation.
    pub from: Address,
    /// Who carries it.
    pub carrier: Carrier,
}

/// Who carries mail.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// A server.
    Server(Server),
    /// Whoever takes the files from a folder.
    Folder(PathBuf),
}

/// The settings as they are kept.
#[derive(Clone, Debug, Default)]
pub struct MailSettings(Vec<(&'static str, String)>);

/// Tells whether a setting is of this machine.
pub fn is_of_machine(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Tells whether the value of a setting is a path.
pub fn is_path(name: &str) -> bool {
    [PASSWORD_FILE, AUTHORITY, FOLDER, LETTERS].contains(&name)
}

/// Sets a setting of this machine; an empty value takes it away. Returns whether anything changed.
pub fn set(session: &Session, name: &str, value: &str) -> Result<bool, Failure> {
    let Some((name, _)) = ALL.iter().find(|it| it.0 == name) else {
        let names = ALL.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
        return Err(Problem::new("setting-unknown").with("name", name).with("names", names).into());
    };
    let value = checked(name, value.trim())?;
    let before = kept(session, name)?;
    if before == value {
        return Ok(false);
    }
    session.store.keep_about(name, &Value::from(value.as_str()))?;
    // Whatever was wrong with the server may be right now.
    pause::end(session)?;
    Ok(true)
}

/// Reads the settings of this machine.
pub fn load(session: &Session) -> Result<MailSettings, Failure> {
    let mut settings = Vec::new();
    for (name, _) in ALL {
        settings.push((*name, kept(session, name)?));
    }
    Ok(MailSettings(settings))
}

impl MailSettings {
    /// Returns the settings that are set.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().filter(|it| !it.1.is_empty()).map(|it| (it.0, it.1.as_str()))
    }

    /// Says by which ways this machine sends. The password is read from its file or the keyring, when a server wants one.
    pub fn ways(&self) -> Result<Ways, Problem> {
        let folder = self.get(FOLDER).map(PathBuf::from);
        let carrier = match (self.get(SERVER), folder) {
            (Some(host), _) => Some(Carrier::Server(self.server(host)?)),
            (None, Some(folder)) => Some(Carrier::Folder(folder)),
            (None, None) => None,
        };
        let mail = match carrier {
            Some(carrier) => {
                let from = self.get(FROM).ok_or_else(|| Problem::new("mail-from-missing"))?;
                Some(Mail { from: own_address(from)?, carrier })
            }
            None => None,
        };
        Ok(Ways { mail, letters: self.get(LETTERS).map(PathBuf::from) })
    }

    /// Tells whether letters are printed for those who have no address.
    pub fn prints_letters(&self) -> bool {
        self.get(LETTERS).is_some()
    }

    /// Names what carries mail: the server, or a folder; `None` where nothing is set.
    pub fn carrier_shown(&self) -> Option<String> {
        [SERVER, FOLDER, LETTERS].into_iter().find_map(|it| self.get(it)).map(str::to_owned)
    }

    fn server(&self, host: &str) -> Result<Server, Problem> {
        let word = self.get(TLS).unwrap_or(TLS_WORDS[0].0);
        let (_, tls, usual) = TLS_WORDS.iter().find(|it| it.0 == word).unwrap_or(&TLS_WORDS[0]);
        let login = self.get(USER).map(|user| self.login(host, user)).transpose()?;
        let authority = self.get(AUTHORITY).map(|it| key_file::read(Path::new(it))).transpose()?;
        Ok(Server {
            host: host.to_owned(),
            port: self.get(PORT).and_then(|it| it.parse().ok()).unwrap_or(*usual),
            tls: *tls,
            login,
            authority: authority.map(String::into_bytes),
            patience: Patience::default(),
        })
    }

    fn login(&self, host: &str, user: &str) -> Result<Login, Problem> {
        let password = match self.get(PASSWORD_FILE) {
            Some(path) => secret::from_file(Path::new(path))?,
            None if self.get(KEYRING) == Some("yes") => secret::from_keyring(host, user)?,
            None => return Err(Problem::new("mail-password-missing")),
        };
        Ok(Login { user: user.to_owned(), password })
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str()).filter(|it| !it.is_empty())
    }
}

fn kept(session: &Session, name: &str) -> Result<String, Failure> {
    Ok(match session.store.read().about(name)? {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    })
}

fn checked(name: &str, value: &str) -> Result<String, Problem> {
    let bad = |accepted: &str| {
        let shown = clean_line(value, NAME_CHARS_MAX);
        Problem::new("setting-value").with("name", name).with("value", shown).with("accepted", accepted)
    };
    if value.is_empty() {
        return Ok(String::new());
    }
    if is_path(name) {
        let absolute = Path::new(value).is_absolute() && !value.contains(char::is_control);
        return absolute.then(|| value.to_owned()).ok_or_else(|| bad("/…"));
    }
    match name {
        SERVER => {
            let host = value.to_ascii_lowercase();
            let letter = |it: char| it.is_ascii_alphanumeric() || ".-:".contains(it);
            let fits = host.len() <= 253 && host.chars().all(letter) && !host.starts_with(['-', '.']);
            if fits { Ok(host) } else { Err(bad("smtp.exemple.org")) }
        }
        PORT => {
            let port = value.parse::<u16>().ok().filter(|it| *it > 0);
            port.map(|it| it.to_string()).ok_or_else(|| bad("1 … 65535"))
        }
        TLS => {
            let found = TLS_WORDS.iter().find(|it| fold(it.0) == fold(value));
            let words = TLS_WORDS.map(|it| it.0).join(" | ");
            found.map(|it| it.0.to_owned()).ok_or_else(|| bad(&words))
        }
        KEYRING => match fold(value).as_str() {
            "yes" | "oui" => Ok("yes".to_owned()),
            "no" | "non" => Ok("no".to_owned()),
            _ => Err(bad("yes | no")),
        },
        FROM => own_address(value).map(|it| it.to_string()),
        _ => Ok(clean_line(value, NAME_CHARS_MAX)),
    }
}

/// Reads the organisation's address: its domain is its own, with a dot or without.
fn own_address(text: &str) -> Result<Address, Problem> {
    Address::read(text, text.rsplit_once('@').map(|it| it.1.trim()))
}
