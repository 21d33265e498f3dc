//! Signs off (vise) the figures of a project and month.

pub mod board;
pub mod changed;
pub mod code;
pub mod lock;
pub mod since;
pub mod text;
pub mod vouched;

use std::path::PathBuf;

pub use text::{MonthText, text_of};
pub use vouched::{Signed, Vouched, statement, vouched, vouched_months, vouched_over};

use super::authority::{self, Act};
use super::conflicts::conflicts;
use super::failure::Failure;
use super::names::{self, Wanted};
use super::op::{Note, OpName};
use super::session::{Session, new_id};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::sign_off::{SignForm, SignLevel, SignOff};
use crate::model::site::Lot;
use crate::model::text::{NAME_CHARS_MAX, clean_line, clean_note};
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::value::Value;
use crate::sync::keys::{MachineKey, MachinePublicKey, Purpose};
use crate::sync::ssh_keygen::{self, AgentSignature};

/// How many lots a refusal names.
const NAMED_MAX: usize = 12;

/// What is signed, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The project.
    pub project: Wanted<Project>,
    /// The month.
    pub month: Month,
    /// How far; the next level unless given.
    pub level: Option<SignLevel>,
    /// With what.
    pub form: Form,
    /// What the signer says.
    pub comment: String,
}

/// With what a person signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The session says who it is.
    Session,
    /// The private key in a file.
    Key(PathBuf),
    /// A key of the SSH agent: that of a public key file, or the only one.
    Agent(Option<PathBuf>),
    /// The key that has signed [`wanted_statement`] already.
    Signed(AgentSignature),
    /// A pen, on the printed page.
    Paper {
        /// Who signed the page; the session's user unless given.
        signer: Option<String>,
        /// The code on the page.
        code: Option<String>,
    },
}

/// What was signed.
#[derive(Debug)]
pub struct Done {
    /// How far the month is vouched for now.
    pub vouched: Vouched,
    /// The level that was signed.
    pub level: SignLevel,
    /// What a person should know.
    pub warnings: Vec<Problem>,
}

/// Signs.
pub fn sign(session: &mut Session, request: &Request) -> Result<Done, Failure> {
    session.steady(|session| {
        let (before, level, signer) = looked_at(session, request)?;
        let row = row(&before, request, level, &signer)?;
        let mut warnings = strangers(session, &before, &row)?;
        let note = Note::new()
            .with("project", &before.project.name)
            .with("month", request.month)
            .with("level", level.word())
            .with("form", row.form.word());
        session.transact(OpName::Sign, &note, |tx| {
            let scope = Scope::Project(before.project.id.bytes());
            tx.add(&registry::SIGN_OFF, scope, vec![row.id.into()], columns(&row), None)?;
            Ok(())
        })?;
        let after = vouched(session, &before.project, request.month)?;
        if level == SignLevel::Approved && after.awaits_second {
            let problem = Problem::new("visa-needs-second").with("signer", &row.signer);
            warnings.push(problem.with("month", request.month));
        }
        Ok(Done { vouched: after, level, warnings })
    })
}

/// Returns what a key has to sign for a request; refuses what cannot be signed.
pub fn wanted_statement(session: &Session, request: &Request) -> Result<String, Failure> {
    let (before, level, signer) = looked_at(session, request)?;
    Ok(statement(level, &signer, &before.text.hash))
}

/// Refuses a month of which nobody can sign the figures: not begun, incomplete, contested, or empty.
pub fn check(session: &Session, vouched: &Vouched) -> Result<(), Failure> {
    if vouched.month > session.this_month() {
        let problem = Problem::new("visa-in-future").with("month", vouched.month);
        return Err(problem.with("today", session.today).into());
    }
    check_figures(session, vouched)
}

/// Returns how far the month is vouched for, the level to sign, and who signs; refuses what cannot be signed.
fn looked_at(session: &Session, request: &Request) -> Result<(Vouched, SignLevel, String), Failure> {
    let project = names::wanted_project(session.store.read(), &request.project)?;
    let before = vouched(session, &project, request.month)?;
    check(session, &before)?;
    let signer = signer(session, &request.form);
    let level = level(&before, request, &signer)?;
    Ok((before, level, signer))
}

/// Refuses figures for which nobody can vouch: missing, contested, or none at all.
fn check_figures(session: &Session, before: &Vouched) -> Result<(), Failure> {
    let (month, project) = (before.month, &before.project.name);
    let refused = |key: &str, places: Vec<String>| {
        let count = places.len();
        let mut named = places.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", ");
        if count > NAMED_MAX {
            named.push_str(&format!(", +{}", count - NAMED_MAX));
        }
        Problem::new(key)
            .with("month", month)
            .with("project", project)
            .with("count", count)
            .with("lots", named)
    };
    if before.text.lots.is_empty() {
        return Err(refused("visa-nothing", Vec::new()).into());
    }
    if !before.text.missing.is_empty() {
        return Err(refused("visa-incomplete", before.text.missing.clone()).into());
    }
    let is_here = |lot: Id<Lot>| before.text.lots.iter().any(|(_, it)| *it == lot);
    let contested = conflicts(session)?.into_iter();
    let contested = contested.filter(|it| it.month == Some(month) && it.lot.is_some_and(is_here));
    let mut places: Vec<String> = contested.map(|it| it.place).collect();
    places.dedup();
    if !places.is_empty() {
        return Err(refused("visa-contested", places).into());
    }
    Ok(())
}

/// Returns the level to sign; refuses one that stands on nothing, and what was signed just so.
fn level(before: &Vouched, request: &Request, signer: &str) -> Result<SignLevel, Problem> {
    let problem =
        |key: &str| Problem::new(key).with("month", before.month).with("project", &before.project.name);
    // Where every level is reached, another person may still see it.
    let level = request.level.or_else(|| before.next()).unwrap_or(SignLevel::Seen);
    let below = SignLevel::ALL.into_iter().rev().find(|it| *it < level);
    if let Some(below) = below.filter(|it| Some(*it) > before.reached) {
        let key = match below {
            SignLevel::Approved if before.awaits_second => "visa-below-second",
            _ if before.is_broken() => "visa-below-changed",
            _ => "visa-below",
        };
        return Err(problem(key).with("level", level.word()).with("below", below.word()));
    }
    let form = form_of(&request.form);
    let same = |it: &&Signed| {
        it.counts() && it.sign_off.level == level && it.sign_off.signer == signer && it.sign_off.form == form
    };
    if before.signed.iter().any(|it| same(&it)) {
        return Err(problem("visa-already").with("level", level.word()).with("signer", signer));
    }
    Ok(level)
}

const fn form_of(form: &Form) -> SignForm {
    match form {
        Form::Session => SignForm::Session,
        Form::Key(_) | Form::Agent(_) | Form::Signed(_) => SignForm::Key,
        Form::Paper { .. } => SignForm::Paper,
    }
}

fn signer(session: &Session, form: &Form) -> String {
    let named = match form {
        Form::Paper { signer: Some(signer), .. } => clean_line(signer, NAME_CHARS_MAX),
        _ => String::new(),
    };
    if named.is_empty() { session.user.clone() } else { named }
}

/// Makes the sign-off, with a signature where a key signs.
fn row(before: &Vouched, request: &Request, level: SignLevel, signer: &str) -> Result<SignOff, Failure> {
    let hash = before.text.hash;
    let message = statement(level, signer, &hash);
    let (signature, key) = match &request.form {
        Form::Session => (String::new(), String::new()),
        Form::Key(path) => {
            let missing = || Problem::new("key-file-missing").with("path", path.display());
            let key = MachineKey::read(path)?.ok_or_else(missing)?;
            let signature = key.sign(Purpose::SignOff, message.as_bytes())?;
            let public = key.public();
            (public.armoured(Purpose::SignOff, &signature), public.line())
        }
        Form::Agent(file) => {
            let signed = ssh_keygen::sign(file.as_deref(), Purpose::SignOff, message.as_bytes())?;
            (signed.armoured, signed.key.line())
        }
        Form::Signed(signed) => {
            if !signed.key.verify_armoured(Purpose::SignOff, message.as_bytes(), &signed.armoured) {
                return Err(Problem::new("visa-moved").with("month", before.month).into());
            }
            (signed.armoured.clone(), signed.key.line())
        }
        Form::Paper { code: typed, .. } => {
            // Who signed the page has read its code; whoever records it proves that by typing it.
            let typed = typed.as_deref().ok_or_else(|| Problem::new("visa-code-missing"))?;
            let (present, typed) = (before.text.code(), code::read(typed)?);
            if typed != present {
                let problem = Problem::new("visa-code-other").with("code", typed).with("present", present);
                return Err(problem.into());
            }
            (String::new(), String::new())
        }
    };
    Ok(SignOff {
        id: new_id(),
        project: before.project.id,
        month: before.month,
        level,
        hash,
        form: form_of(&request.form),
        signature,
        signer: signer.to_owned(),
        key,
        comment: clean_note(&request.comment),
    })
}

fn columns(row: &SignOff) -> Vec<(u8, Value)> {
    let text = |it: &str| (!it.is_empty()).then(|| Value::from(it));
    registry::SIGN_OFF.columns([
        ("project", Some(row.project.into())),
        ("month", Some(row.month.into())),
        ("level", text(row.level.word())),
        ("hash", Some(Value::Bytes(row.hash.to_vec()))),
        ("form", text(row.form.word())),
        ("signature", text(&row.signature)),
        ("signer", text(&row.signer)),
        ("key", text(&row.key)),
        ("comment", text(&row.comment)),
    ])
}

/// Refuses a signer who may not, and says what is unusual about the signer: the post of the level is known as somebody
/// else's, or the key is another one
/// than before.
fn strangers(session: &Session, before: &Vouched, row: &SignOff) -> Result<Vec<Problem>, Failure> {
    let read = session.store.read();
    let mut warnings = Vec::new();
    let project = &before.project;
    warnings.extend(authority::check(session, Act::Sign(row.level), Some(project.id), &row.signer)?);
    let mut earlier = read.sign_offs(project.id)?;
    earlier.retain(|it| it.signer == row.signer && !it.key.is_empty());
    if !row.key.is_empty() && !earlier.is_empty() && earlier.iter().all(|it| it.key != row.key) {
        let fingerprint = MachinePublicKey::read(&row.key).map(|it| it.fingerprint()).unwrap_or_default();
        let problem = Problem::new("visa-other-key").with("signer", &row.signer);
        warnings.push(problem.with("fingerprint", fingerprint));
    }
    Ok(warnings)
}
