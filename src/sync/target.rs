//! Places to exchange with, as people type them: a host, a folder, an object store.

use std::path::PathBuf;

use crate::model::problem::Problem;

/// A place to exchange with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A machine that answers over SSH: `host`, `user@host`, `ssh://user@host:port/path/of/database`.
    Ssh(SshTarget),
    /// A folder: `file:///media/stick`, or a path.
    Folder(PathBuf),
    /// A bucket of an S3-type store: `s3://bucket/prefix`.
    S3(S3Target),
}

/// A machine that answers over SSH.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshTarget {
    /// What `ssh` is given: `host` or `user@host`, or a name of its configuration.
    pub host: String,
    /// The port, when it is not that of the configuration.
    pub port: Option<u16>,
    /// The database there, when it is not the usual one.
    pub database: Option<String>,
}

/// A bucket of an S3-type store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Target {
    /// The bucket.
    pub bucket: String,
    /// What the names of its objects begin with; empty, or ending with `/`.
    pub prefix: String,
    /// The address of the store, when it is not Amazon's: `?endpoint=https://…`.
    pub endpoint: Option<String>,
    /// The region: `&region=…`.
    pub region: Option<String>,
}

impl Target {
    /// Reads a target.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let wrong = || Problem::new("target-unreadable").with("text", text);
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(wrong());
        }
        if let Some(rest) = text.strip_prefix("s3://") {
            return s3(rest).map(Self::S3).ok_or_else(wrong);
        }
        if let Some(path) = text.strip_prefix("file://") {
            let path = path.strip_prefix("localhost").unwrap_or(path);
            return if path.starts_with('/') { Ok(Self::Folder(path.into())) } else { Err(wrong()) };
        }
        if text.starts_with(['/', '.', '~']) {
            return Ok(Self::Folder(text.into()));
        }
        let rest = match text.split_once("://") {
            Some(("ssh", rest)) => rest,
            Some(_) => return Err(wrong()),
            None => text,
        };
        ssh(rest, text.starts_with("ssh://")).map(Self::Ssh).ok_or_else(wrong)
    }

    /// Returns a short name for it.
    pub fn short_name(&self) -> String {
        match self {
            Self::Ssh(it) => it.host.rsplit('@').next().unwrap_or_default().to_owned(),
            Self::Folder(path) => {
                path.file_name().map_or_else(|| "/".to_owned(), |it| it.to_string_lossy().into_owned())
            }
            Self::S3(it) => it.bucket.clone(),
        }
    }
}

/// Reads `user@host`, and with `ssh://` also a port and a path.
fn ssh(rest: &str, is_url: bool) -> Option<SshTarget> {
    let (place, path) = match rest.split_once('/') {
        Some((place, path)) if is_url => (place, (!path.is_empty()).then(|| format!("/{path}"))),
        Some(_) => return None,
        None => (rest, None),
    };
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if is_url => (host, Some(port.parse().ok()?)),
        Some(_) => return None,
        None => (place, None),
    };
    // A host that begins with a dash would be an option of ssh.
    let is_name = |it: &str| {
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '[' | ']' | ':');
        !it.is_empty() && !it.starts_with('-') && it.chars().all(sound)
    };
    let whole = match host.split_once('@') {
        Some((user, host)) => is_name(user) && is_name(host),
        None => is_name(host),
    };
    whole.then(|| SshTarget { host: host.to_owned(), port, database: path })
}

fn s3(rest: &str) -> Option<S3Target> {
    let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if bucket.len() < 3 || !bucket.chars().all(sound) {
        return None;
    }
    let prefix = prefix.trim_matches('/');
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    let mut target = S3Target { bucket: bucket.to_owned(), prefix, endpoint: None, region: None };
    for option in options.split('&').filter(|it| !it.is_empty()) {
        match option.split_once('=')? {
            ("endpoint", address) if address.starts_with("http") => {
                target.endpoint = Some(address.to_owned());
            }
            ("region", region) => target.region = Some(region.to_owned()),
            _ => return None,
        }
    }
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ssh_of(host: &str, port: Option<u16>, database: Option<&str>) -> Target {
        Target::Ssh(SshTarget { host: host.into(), port, database: database.map(str::to_owned) })
    }

    #[test]
    fn places_are_read_as_people_type_them() {
        for (text, target) in [
            ("siege", ssh_of("siege", None, None)),
            ("awa@siege.exemple.org", ssh_of("awa@siege.exemple.org", None, None)),
            ("ssh://awa@siege:2222/srv/suivi.db", ssh_of("awa@siege", Some(2222), Some("/srv/suivi.db"))),
            ("file:///media/cle", Target::Folder("/media/cle".into())),
            ("/media/cle", Target::Folder("/media/cle".into())),
            ("./echange", Target::Folder("./echange".into())),
        ] {
            assert_eq!(Target::read(text).unwrap(), target, "{text}");
        }
        let Target::S3(s3) =
            Target::read("s3://suivi/cellule/?endpoint=http://127.0.0.1:9000&region=eu").unwrap()
        else {
            panic!("an object store");
        };
        assert_eq!((s3.bucket.as_str(), s3.prefix.as_str()), ("suivi", "cellule/"));
        assert_eq!(
            (s3.endpoint.as_deref(), s3.region.as_deref()),
            (Some("http://127.0.0.1:9000"), Some("eu"))
        );
    }

    #[test]
    fn what_could_be_an_option_or_a_command_is_refused() {
        for text in [
            "",
            "-oProxyCommand=id",
            "ssh://-oProxyCommand=id/x",
            "a b",
            "host;id",
            "http://x",
            "s3://X",
            "file://x",
            "u@-h",
            "h\n",
        ] {
            if text == "h\n" {
                assert!(Target::read(text).is_ok(), "a line end behind it is nothing");
                continue;
            }
            assert_eq!(Target::read(text).unwrap_err().key, "target-unreadable", "{text:?}");
        }
    }
}
