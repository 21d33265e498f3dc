//! Who may do what: the one place where acts ask for posts.
//!
//! | act | who may |
//! |---|---|
//! | demobilise, remobilise, close; unlock a month; change the setting `authority` | directeur de projet, directeur général |
//! | suspend, resume; approve a notice, withdraw or redirect an approved one | chef de mission or above |
//! | sign a level | the post of the level; the client too for the last one |
//!
//! A person is known by the session's user: the name of a contact, or the mailbox of its address. By the setting
//! `authority`, a stranger is warned of (`anyone`) or refused (`posts`). Where nobody is known in these posts, `anyone` says
//! nothing, and `posts` says how somebody becomes known.

use std::collections::BTreeSet;

use super::failure::Failure;
use super::session::Session;
use super::terms::Terms;
use crate::model::decision::DecisionKind;
use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::model::organisation::{Contact, Party, Post, Project};
use crate::model::problem::Problem;
use crate::model::sign_off::SignLevel;
use crate::model::text::fold;
use crate::store::log::ChangeRow;
use crate::store::registry::{self, Table};
use crate::store::value::Value;

/// The setting that says what happens to strangers.
pub const SETTING: &str = "authority";
/// Its value under which they are refused.
pub const POSTS: &str = "posts";

/// What somebody does in the name of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Pronounces that a contractor leaves, returns or ends.
    Pronounce,
    /// Stops works, or has them resumed.
    Suspend,
    /// Approves a notice.
    Approve,
    /// Signs the figures of a month.
    Sign(SignLevel),
    /// Opens a locked month.
    Unlock,
    /// Says who may.
    Authorise,
}

impl From<DecisionKind> for Act {
    fn from(kind: DecisionKind) -> Self {
        match kind {
            DecisionKind::Demobilise | DecisionKind::Remobilise | DecisionKind::Close => Self::Pronounce,
            DecisionKind::Suspend | DecisionKind::Resume => Self::Suspend,
        }
    }
}

impl Act {
    /// Returns the posts that may, the nearest first.
    pub const fn posts(self) -> &'static [Post] {
        match self {
            Self::Pronounce | Self::Unlock | Self::Authorise => {
                &[Post::DirecteurProjet, Post::DirecteurGeneral]
            }
            Self::Suspend | Self::Approve => {
                &[Post::ChefMission, Post::DirecteurProjet, Post::DirecteurGeneral]
            }
            Self::Sign(SignLevel::Checked) => &[Post::ChefMission],
            Self::Sign(SignLevel::Approved) => &[Post::DirecteurProjet],
            Self::Sign(SignLevel::Seen) => &[Post::DirecteurGeneral],
        }
    }

    fn words(self) -> String {
        self.posts().iter().map(|it| it.word()).collect::<Vec<_>>().join(" ")
    }
}

/// What is said against somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It is done, under this name.
    Warns(Problem),
    /// It is not done.
    Refuses(Problem),
}

impl Objection {
    /// Returns the sentence.
    pub const fn problem(&self) -> &Problem {
        match self {
            Self::Warns(problem) | Self::Refuses(problem) => problem,
        }
    }
}

/// Returns what is said against `who` acting in a project, or for the whole organisation.
pub fn objection(
    session: &Session,
    act: Act,
    project: Option<Id<Project>>,
    who: &str,
) -> Result<Option<Objection>, Failure> {
    let parties = parties(session, act, project)?;
    let terms = Terms::load(session.store.read())?;
    let is_strict = project.map_or_else(|| terms.general(SETTING), |it| terms.setting(it, SETTING)) == POSTS;
    if parties.iter().any(|it| is(it, who)) || parties.is_empty() && !is_strict {
        return Ok(None);
    }
    let names = parties.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let said =
        |key: &str| Problem::new(key).with("user", who).with("posts", act.words()).with("names", &names);
    Ok(Some(match (is_strict, act) {
        (true, _) if parties.is_empty() => {
            let nearest = act.posts().first().map_or("", |it| it.word());
            Objection::Refuses(said("authority-nobody").with("word", nearest))
        }
        (true, _) => Objection::Refuses(said("authority-refused")),
        (false, Act::Sign(_)) => {
            let problem = Problem::new("visa-stranger").with("signer", who);
            Objection::Warns(problem.with("posts", act.words()).with("names", &names))
        }
        (false, _) => Objection::Warns(said("authority-stranger")),
    }))
}

/// Refuses somebody who may not; returns what a person should know of one who is not known.
pub fn check(
    session: &Session,
    act: Act,
    project: Option<Id<Project>>,
    who: &str,
) -> Result<Option<Problem>, Failure> {
    match objection(session, act, project, who)? {
        None => Ok(None),
        Some(Objection::Warns(problem)) => Ok(Some(problem)),
        Some(Objection::Refuses(problem)) => Err(problem.into()),
    }
}

/// Refuses somebody who may not in one of these projects; says in one sentence that they are not known in some.
pub fn check_all(
    session: &Session,
    act: Act,
    projects: impl IntoIterator<Item = Id<Project>>,
    who: &str,
) -> Result<Option<Problem>, Failure> {
    let mut found = Vec::new();
    for project in projects {
        found.extend(check(session, act, Some(project), who)?);
    }
    let several = Problem::new("authority-stranger-many").with("user", who).with("posts", act.words());
    found.dedup();
    Ok(match found.len() {
        0 | 1 => found.pop(),
        count => Some(several.with("count", count)),
    })
}

/// Returns who is known in the posts of an act.
fn parties(session: &Session, act: Act, project: Option<Id<Project>>) -> Result<Vec<Party>, Failure> {
    let read = session.store.read();
    let contacts = read.contacts()?.into_iter().filter(|it| !it.archived && act.posts().contains(&it.post));
    let near = contacts.filter(|it| project.is_none() || it.project.is_none_or(|it| Some(it) == project));
    let mut parties: Vec<Party> = near.map(|it| it.party).collect();
    if act == Act::Sign(SignLevel::Seen) {
        let found = read.projects()?.into_iter().find(|it| Some(it.id) == project);
        parties.extend(found.map(|it| it.client).filter(|it| !it.name.is_empty()));
    }
    Ok(parties)
}

/// Names a person alike however they are written: by the contact that they are known as, else folded.
pub fn person(contacts: &[Contact], who: &str) -> String {
    let known = contacts.iter().find(|it| is(&it.party, who));
    fold(known.map_or(who, |it| &it.party.name))
}

fn is(party: &Party, who: &str) -> bool {
    let (who, mailbox) = (fold(who), party.email.split('@').next().unwrap_or_default());
    fold(&party.name) == who || (!mailbox.is_empty() && fold(mailbox) == who)
}

/// Refuses to take back what somebody may not do.
pub fn check_changes(session: &Session, changes: &[ChangeRow]) -> Result<(), Failure> {
    let mut acts = BTreeSet::new();
    for change in changes {
        let columns: Vec<u8> = change.body.columns.iter().map(|(id, _)| *id).collect();
        if let Some(act) = act_of(session, change.table, &change.body.key, &columns)? {
            acts.insert((act, project_of(session, change.table, &change.body.key)?));
        }
    }
    for (act, project) in acts {
        check(session, act, project, &session.user)?;
    }
    Ok(())
}

/// Refuses to choose between versions of what somebody may not do.
pub fn check_row(session: &Session, table: &Table, key: &[Value], columns: &[u8]) -> Result<(), Failure> {
    if let Some(act) = act_of(session, table.id, key, columns)? {
        guard(session, act, project_of(session, table.id, key)?)?;
    }
    Ok(())
}

/// Returns what writing columns of a row is in the name of the organisation.
fn act_of(session: &Session, table: u16, key: &[Value], columns: &[u8]) -> Result<Option<Act>, Failure> {
    Ok(match table {
        it if it == registry::DECISION.id => {
            let kind = session.store.read().value(&registry::DECISION, key, 2)?;
            kind.text().and_then(DecisionKind::from_word).map(Act::from)
        }
        it if it == registry::DEROGATION.id => Some(Act::Unlock),
        it if it == registry::NOTICE.id => {
            let state = registry::NOTICE.columns.iter().find(|it| it.name == "state").map(|it| it.id);
            columns.iter().any(|it| Some(*it) == state).then_some(Act::Approve)
        }
        it if it == registry::SIGN_OFF.id => {
            let level = session.store.read().value(&registry::SIGN_OFF, key, 3)?;
            level.text().and_then(SignLevel::from_word).map(Act::Sign)
        }
        it if it == registry::SETTING.id => key.get(1).and_then(Value::text).and_then(of_setting),
        _ => None,
    })
}

/// Returns the act that changing a setting is: who says what the rules are says who leaves.
pub fn of_setting(name: &str) -> Option<Act> {
    match name {
        super::settings::AUTOMATIC => Some(Act::Approve),
        SETTING | "demobilisation" => Some(Act::Authorise),
        _ if name.starts_with("policy.") || name.starts_with("entry.lock") => Some(Act::Authorise),
        _ => None,
    }
}

/// Refuses a stranger where posts are asked for and somebody is known in them; elsewhere says nothing.
pub fn guard(session: &Session, act: Act, project: Option<Id<Project>>) -> Result<(), Failure> {
    if parties(session, act, project)?.is_empty() {
        return Ok(());
    }
    check(session, act, project, &session.user).map(drop)
}

/// Returns the project in which a change did it; `None` for the whole organisation.
fn project_of(session: &Session, table: u16, key: &[Value]) -> Result<Option<Id<Project>>, Failure> {
    let read = session.store.read();
    Ok(match table {
        it if it == registry::DECISION.id => {
            let lot = read.value(&registry::DECISION, key, 1)?.id();
            let site = lot.map(|it| read.lot_place(it)).transpose()?.flatten().map(|(_, site)| site);
            site.map(|it| read.site(it)).transpose()?.flatten().map(|it| it.project)
        }
        it if it == registry::DEROGATION.id => read.value(&registry::DEROGATION, key, 1)?.id(),
        it if it == registry::SIGN_OFF.id => read.value(&registry::SIGN_OFF, key, 1)?.id(),
        it if it == registry::NOTICE.id => {
            let id: Option<Id<Notice>> = key.first().and_then(Value::id);
            id.map(|it| read.notice(it)).transpose()?.flatten().map(|it| it.project)
        }
        _ => {
            let owner = key.first().and_then(Value::id);
            read.projects()?.into_iter().map(|it| it.id).find(|it| Some(*it) == owner)
        }
    })
}
