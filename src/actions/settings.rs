//! Settings of the organisation, overridable per project, with the month from which they hold.

use super::authority;
use super::failure::Failure;
use super::names;
use super::notices::mail_settings;
use super::op::{Note, OpName};
use super::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::NoticeKind;
use crate::model::organisation::{Organisation, Project};
use crate::model::percent::Percent;
use crate::model::policy::Policy;
use crate::model::problem::Problem;
use crate::model::site::Site;
use crate::model::text::{NAME_CHARS_MAX, clean_line};
use crate::store::change::Scope;
pub use crate::store::read::SettingRow;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// The contractual duration where a site has none, or an amendment of one.
pub const DURATION: &str = "site.duration";

/// The kinds of notices that are approved without a person.
pub const AUTOMATIC: &str = "notices.automatic";
/// Whether the directors get a digest each week.
pub const WEEKLY: &str = "notices.weekly";

/// A setting that exists: its name, the value unless set, and what may be typed.
pub struct Setting {
    /// For example `policy.cycle`.
    pub name: &'static str,
    /// The value unless set; empty for none.
    pub default: &'static str,
    /// The words that may be typed; empty where a number is typed.
    pub words: &'static [&'static str],
}

const YES_NO: &[&str] = &["yes", "no"];
const ON_OFF: &[&str] = &["on", "off"];

/// Every setting.
pub const ALL: &[Setting] = &[
    Setting { name: "policy.cycle", default: "mixte", words: &["mixte", "strict", "glissant"] },
    Setting { name: "policy.critical", default: "30", words: &[] },
    Setting { name: "policy.good", default: "50", words: &[] },
    Setting { name: "policy.fourth_month", default: "on", words: ON_OFF },
    Setting { name: "policy.missing", default: "gel", words: &["gel", "zero", "saut"] },
    Setting { name: "demobilisation", default: "proposee", words: &["proposee", "automatique"] },
    Setting { name: authority::SETTING, default: "anyone", words: &["anyone", authority::POSTS] },
    Setting { name: "entry.day", default: "5", words: &[] },
    Setting { name: "entry.inclusive", default: "no", words: YES_NO },
    Setting { name: "entry.working_days", default: "no", words: YES_NO },
    Setting { name: "entry.lock_days", default: "45", words: &[] },
    Setting { name: "entry.lock", default: "signed", words: &["signed", "strict"] },
    Setting { name: DURATION, default: "", words: &[] },
    Setting { name: "notices.language", default: "fr", words: &["fr", "en"] },
    Setting { name: "notices.place", default: "", words: &[] },
    Setting { name: "notices.address", default: "", words: &[] },
    Setting { name: "notices.reply_days", default: "8", words: &[] },
    Setting { name: "notices.hearing_days", default: "15", words: &[] },
    Setting { name: "notices.formal_days", default: "15", words: &[] },
    Setting { name: AUTOMATIC, default: "", words: &[] },
    Setting { name: WEEKLY, default: "off", words: ON_OFF },
];

/// Kinds of notices that may be approved without a person: what withdraws or threatens a contractor never is.
const KINDS_FREE: [NoticeKind; 4] =
    [NoticeKind::Reminder, NoticeKind::MissingEntries, NoticeKind::Delay, NoticeKind::Digest];

/// Settings of which any text will do.
const TEXTS: &[&str] = &["notices.place", "notices.address"];

/// Whose setting it is.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    /// All projects.
    Organisation(Id<Organisation>),
    /// One project.
    Project(Id<Project>),
    /// One site: amendments of its duration.
    Site(Id<Site>),
}

impl Owner {
    const fn parts(self) -> (Scope, [u8; 16]) {
        match self {
            Self::Organisation(id) => (Scope::Organisation(id.bytes()), id.bytes()),
            Self::Project(id) => (Scope::Project(id.bytes()), id.bytes()),
            Self::Site(id) => (Scope::Site(id.bytes()), id.bytes()),
        }
    }
}

/// Sets a setting. Without `from` it holds from the beginning. Returns whether anything changed.
pub fn set(
    session: &mut Session,
    name: &str,
    value: &str,
    project: Option<&str>,
    from: Option<Month>,
) -> Result<bool, Failure> {
    if mail_settings::is_of_machine(name) {
        if project.is_some() || from.is_some() {
            return Err(Problem::new("mail-setting-here").into());
        }
        return mail_settings::set(session, name, value);
    }
    session.steady(|session| {
        let value = checked(name, value)?;
        if name == DURATION && from.is_some() {
            return Err(Problem::new("duration-undated").into());
        }
        if from.is_some() && (name == authority::SETTING || name.starts_with("notices.")) {
            return Err(Problem::new("setting-undated").with("name", name).into());
        }
        let organisation = session.organisation()?;
        let project = project.map(|it| names::project(session.store.read(), it)).transpose()?;
        let owner = project.as_ref().map_or(Owner::Organisation(organisation.id), |it| Owner::Project(it.id));
        if let Some(act) = authority::of_setting(name) {
            authority::guard(session, act, project.as_ref().map(|it| it.id))?;
        }
        let from = from.unwrap_or(Month::MIN);
        check_order(session, owner, name, &value, from)?;
        let whose = project.map_or(organisation.name, |it| it.name);
        let note = Note::new().with("setting", name).with("value", &value).with("whose", whose);
        let ((), saved) =
            session.transact(OpName::Configure, &note, |tx| write(tx, owner, name, from, &value))?;
        Ok(saved.op.is_some())
    })
}

/// Returns every setting that was set, with the name of its project where it has one.
pub fn list(session: &Session) -> Result<Vec<(SettingRow, Option<String>)>, Failure> {
    let read = session.store.read();
    let projects = read.projects()?;
    let owner = |row: &SettingRow| {
        projects.iter().find(|it| it.id.bytes().as_slice() == row.owner).map(|it| it.name.clone())
    };
    let organisation = session.organisation()?.id;
    let rows = read.settings()?.into_iter();
    Ok(rows
        .map(|it| (owner(&it), it))
        .filter(|(project, row)| project.is_some() || row.owner == organisation.bytes())
        .map(|(project, row)| (row, project))
        .collect())
}

/// Writes a setting.
pub fn write(tx: &mut Tx<'_>, owner: Owner, name: &str, from: Month, value: &str) -> Result<(), Failure> {
    let (scope, key) = owner.parts();
    let key = vec![Value::Bytes(key.to_vec()), Value::from(name), from.into()];
    tx.put(&registry::SETTING, scope, key, registry::SETTING.columns([("value", Some(value.into()))]), None)?;
    Ok(())
}

/// Writes the usual duration of the sites of a project, as typed in months; empty takes it away.
pub fn write_duration(tx: &mut Tx<'_>, project: Id<Project>, typed: &str) -> Result<(), Failure> {
    if !typed.trim().is_empty() {
        let months = checked(DURATION, typed)?;
        return write(tx, Owner::Project(project), DURATION, Month::MIN, &months);
    }
    let (scope, key) = Owner::Project(project).parts();
    let key = vec![Value::Bytes(key.to_vec()), Value::from(DURATION), Month::MIN.into()];
    let columns = registry::SETTING.columns([("value", Some(Value::Null))]);
    tx.put(&registry::SETTING, scope, key, columns, None)?;
    Ok(())
}

/// Reads what was typed into the form that is kept.
fn checked(name: &str, value: &str) -> Result<String, Problem> {
    let Some(setting) = ALL.iter().find(|it| it.name == name) else {
        let names = ALL.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        return Err(Problem::new("setting-unknown").with("name", name).with("names", names));
    };
    let folded = crate::model::text::fold(value);
    let typed = match folded.as_str() {
        "oui" => "yes",
        "non" => "no",
        other => other,
    };
    let bad = |accepted: String| {
        Problem::new("setting-value").with("name", name).with("value", value).with("accepted", accepted)
    };
    if !setting.words.is_empty() {
        let found = setting.words.iter().find(|it| **it == typed);
        return found.map(|it| (*it).to_owned()).ok_or_else(|| bad(setting.words.join(" | ")));
    }
    if TEXTS.contains(&name) {
        return Ok(clean_line(value, NAME_CHARS_MAX));
    }
    if name == AUTOMATIC {
        return kinds_of_notices(value).ok_or_else(|| bad(KINDS_FREE.map(NoticeKind::word).join(", ")));
    }
    if name.starts_with("policy.") {
        let percent = value.parse::<Percent>().ok().filter(|it| it.is_progress());
        return percent.map(|it| it.to_string()).ok_or_else(|| bad("0 … 100".to_owned()));
    }
    let (least, most) = match name {
        "entry.day" => (1, 28),
        "entry.lock_days" => (0, 3650),
        _ if name.starts_with("notices.") => (1, 365),
        _ => (1, super::register::site::DURATION_MONTHS_MAX),
    };
    let number = value.trim().parse::<u16>().ok().filter(|it| (least..=most).contains(it));
    number.map(|it| it.to_string()).ok_or_else(|| bad(format!("{least} … {most}")))
}

/// Reads a list of kinds of notices that may be approved without a person.
fn kinds_of_notices(value: &str) -> Option<String> {
    if ["none", "aucun"].contains(&value) {
        return Some(String::new());
    }
    let words = value.split([',', ' ']).map(str::trim).filter(|it| !it.is_empty());
    let mut kinds = Vec::new();
    for word in words {
        let kind = NoticeKind::from_word(word).filter(|it| KINDS_FREE.contains(it))?;
        if !kinds.contains(&kind.word()) {
            kinds.push(kind.word());
        }
    }
    Some(kinds.join(","))
}

/// Refuses thresholds that cross in any month of any project: what is critical must lie below what is good.
fn check_order(session: &Session, owner: Owner, name: &str, value: &str, from: Month) -> Result<(), Failure> {
    if name != "policy.critical" && name != "policy.good" {
        return Ok(());
    }
    let read = session.store.read();
    let row = SettingRow {
        owner: owner.parts().1.to_vec(),
        name: name.to_owned(),
        month: from,
        value: value.to_owned(),
    };
    let terms = super::terms::Terms::load(read)?.with(row);
    let projects = read.projects()?;
    let timelines = projects.iter().map(|it| terms.policies(it.id)).chain([terms.organisation_policies()]);
    for timeline in timelines {
        let crossed = |it: &&Policy| it.critical > it.good;
        if let Some(policy) = timeline.changes.iter().map(|(_, it)| it).chain([&timeline.first]).find(crossed)
        {
            let problem = Problem::new("thresholds-crossed").with("critical", policy.critical);
            return Err(problem.with("good", policy.good).into());
        }
    }
    Ok(())
}
