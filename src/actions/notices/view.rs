//! Lists notices, finds one, and shows its letter.

use std::collections::HashMap;

use super::facts::label;
use super::moved::Moved;
use super::templates;
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Delivery, DeliveryState, Notice, NoticeKind, NoticeState};
use crate::model::organisation::Project;
use crate::model::problem::Problem;
use crate::model::site::Lot;
use crate::model::text::{fold, show_lines};
use crate::notify::letter::Addressee;
use crate::notify::vocabulary::language;
use crate::notify::{Draft, Facts, Sheet, Templates, Writer};
use crate::store::read::Reader;

/// Fewest signs by which an identifier is named.
const ID_CHARS_MIN: usize = 4;

/// Two notices have the same number.
pub const REFERENCE_TWICE: &str = "notice-reference-twice";

/// Which notices are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one project.
    pub project: Option<String>,
    /// About one lot.
    pub lot: Option<Id<Lot>>,
    /// Of some states; all where none is named.
    pub states: Vec<NoticeState>,
}

/// A notice in a list.
#[derive(Clone, Debug)]
pub struct NoticeLine {
    /// The notice; in a list, an approved one comes without its letter and its facts.
    pub notice: Notice,
    /// The name of its project.
    pub project: String,
    /// The lot with its site, or empty.
    pub place: String,
    /// What became of it.
    pub deliveries: Vec<Delivery>,
    /// What is to be repaired before it goes.
    pub defects: Vec<Problem>,
}

/// A notice with its letter.
#[derive(Clone, Debug)]
pub struct NoticeSheet {
    /// The notice.
    pub line: NoticeLine,
    /// The letter as it goes out, or would.
    pub letter: String,
}

/// Lists notices, oldest first; without the letters and facts of those that are approved.
pub fn list(session: &Session, filter: &Filter) -> Result<Vec<NoticeLine>, Failure> {
    let read = session.store.read();
    let project = filter.project.as_deref().map(|it| names::project(read, it)).transpose()?.map(|it| it.id);
    // What is about one lot is listed wherever it is.
    let project = project.filter(|_| filter.lot.is_none());
    let mut lines = Lines::new(read, read.deliveries_by_notice()?)?;
    let given_twice = read.references_given_twice()?;
    let mut listed = Vec::new();
    for notice in read.notices_listed((project, filter.lot), &filter.states)? {
        let mut line = lines.line(notice)?;
        // Two machines that approve before they exchange give the same number: a person is told, both letters stand.
        if given_twice.contains(&line.notice.reference) {
            line.defects.push(Problem::new(REFERENCE_TWICE).with("reference", &line.notice.reference));
        }
        listed.push(line);
    }
    Ok(listed)
}

/// Makes lines, reading what several need once.
struct Lines<'a> {
    read: Reader<'a>,
    projects: HashMap<Id<Project>, String>,
    places: HashMap<Id<Lot>, String>,
    deliveries: HashMap<Id<Notice>, Vec<Delivery>>,
    moved: Moved<'a>,
}

impl<'a> Lines<'a> {
    fn new(read: Reader<'a>, deliveries: HashMap<Id<Notice>, Vec<Delivery>>) -> Result<Self, Failure> {
        let projects = read.projects()?.into_iter().map(|it| (it.id, it.name)).collect();
        Ok(Self { read, projects, places: HashMap::new(), deliveries, moved: Moved::new(read) })
    }

    fn line(&mut self, notice: Notice) -> Result<NoticeLine, Failure> {
        let deliveries = self.deliveries.remove(&notice.id).unwrap_or_default();
        let mut defects = defects(&notice, &deliveries);
        defects.extend(self.moved.kept(&notice, &deliveries)?);
        Ok(NoticeLine {
            project: self.projects.get(&notice.project).cloned().unwrap_or_default(),
            place: notice.lot.map_or_else(|| Ok(String::new()), |it| self.place(it))?,
            deliveries,
            defects,
            notice,
        })
    }

    fn place(&mut self, lot: Id<Lot>) -> Result<String, Failure> {
        if let Some(known) = self.places.get(&lot) {
            return Ok(known.clone());
        }
        let found = self.read.lot(lot)?;
        let site = found.as_ref().map(|it| self.read.site(it.site)).transpose()?.flatten();
        let place = site.zip(found).map(|(site, lot)| label(&site, &lot)).unwrap_or_default();
        self.places.insert(lot, place.clone());
        Ok(place)
    }
}

/// Says what is to be repaired.
pub(super) fn defects(notice: &Notice, deliveries: &[Delivery]) -> Vec<Problem> {
    if notice.state == NoticeState::Cancelled {
        return Vec::new();
    }
    let unsettled = deliveries.iter().filter(|it| !it.state.is_settled());
    let mut defects: Vec<Problem> = unsettled
        .filter(|it| it.email.is_empty())
        .map(|it| match it.name.as_str() {
            "" => Problem::new("notice-addressee-unknown").with("role", &it.role),
            name => Problem::new("notice-address-missing").with("name", name),
        })
        .collect();
    if !deliveries.iter().any(|it| !it.copy && it.state != DeliveryState::Cancelled) {
        defects.push(Problem::new("notice-addressee-none"));
    }
    defects
}

/// Finds a notice by its reference, its number, or the beginning of its identifier.
pub fn find(session: &Session, wanted: &str) -> Result<Notice, Failure> {
    let wanted = wanted.trim();
    let (typed, folded) = (wanted.to_lowercase(), fold(wanted));
    let read = session.store.read();
    let notices = read.notices_listed((None, None), &[])?;
    let numbered = |it: &&Notice| {
        let number = it.reference.strip_prefix("N° ").and_then(|it| it.split_once('/')).map(|(it, _)| it);
        let same = number.and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| wanted.parse() == Ok(it));
        !it.reference.is_empty() && (fold(&it.reference) == folded || same)
    };
    let named = |it: &&Notice| typed.len() >= ID_CHARS_MIN && it.id.to_string().starts_with(&typed);
    let mut found: Vec<&Notice> = notices.iter().filter(numbered).collect();
    if found.is_empty() {
        found = notices.iter().filter(named).collect();
    }
    match found.as_slice() {
        [one] => known(read, one.id),
        [] => Err(Problem::new("notice-unknown").with("name", wanted).into()),
        several => {
            let listed = several.iter().take(5).map(|it| short_id(it.id)).collect::<Vec<_>>().join(" ; ");
            Err(Problem::new("notice-ambiguous").with("name", wanted).with("found", listed).into())
        }
    }
}

/// Returns the identifier of a notice as people type it.
pub(super) fn short_id(id: Id<Notice>) -> String {
    id.to_string().chars().take(8).collect()
}

/// Returns a notice.
pub(super) fn known(read: Reader<'_>, id: Id<Notice>) -> Result<Notice, Failure> {
    read.notice(id)?.ok_or_else(|| Problem::new("notice-gone").into())
}

/// Shows a notice with its letter.
pub fn sheet(session: &Session, id: Id<Notice>) -> Result<NoticeSheet, Failure> {
    let read = session.store.read();
    let notice = known(read, id)?;
    let deliveries = HashMap::from([(id, read.deliveries(id)?)]);
    let line = Lines::new(read, deliveries)?.line(notice)?;
    let letter = show_lines(&letter(&templates::load(session)?, &line.notice, &line.deliveries, None)?);
    Ok(NoticeSheet { line, letter })
}

/// Draws the letter of a notice: as it was approved, or as it would be; `approval` is its number and day.
pub(super) fn letter(
    templates: &Templates,
    notice: &Notice,
    deliveries: &[Delivery],
    approval: Option<(&str, chrono::NaiveDate)>,
) -> Result<String, Failure> {
    if !notice.reference.is_empty() {
        return Ok(notice.body.clone());
    }
    let party = |it: &Delivery| Addressee { name: it.name.clone(), role: it.role.clone() };
    let of = |copy: bool| -> Vec<Addressee> {
        let kept = deliveries.iter().filter(|it| it.copy == copy && it.state != DeliveryState::Cancelled);
        kept.map(party).collect()
    };
    let (addressees, copies) = (of(false), of(true));
    let facts = Facts::read(&notice.facts);
    let draft = Draft { subject: notice.subject.clone(), body: notice.body.clone() };
    let sheet = Sheet {
        facts: &facts,
        draft: &draft,
        reference: approval.map_or("", |(it, _)| it),
        day: approval.map(|(_, it)| it),
        addressees: &addressees,
        copies: &copies,
    };
    Ok(Writer::new(language(&notice.language), templates).letter(&sheet).map_err(Problem::from)?)
}

/// Tells whether somebody can be written to.
pub(super) fn is_reachable(deliveries: &[Delivery]) -> bool {
    deliveries.iter().any(|it| it.state != DeliveryState::Cancelled && !it.email.is_empty())
}

/// Tells whether something of a notice went out.
pub fn is_gone(deliveries: &[Delivery]) -> bool {
    deliveries.iter().any(|it| matches!(it.state, DeliveryState::Sent | DeliveryState::Written))
}

/// Returns when something of a notice went out last.
pub(super) fn last_gone_ms(deliveries: &[Delivery]) -> i64 {
    let gone =
        deliveries.iter().filter(|it| matches!(it.state, DeliveryState::Sent | DeliveryState::Written));
    gone.filter_map(|it| it.at_ms).max().unwrap_or(0)
}

/// Tells whether a pre-demobilisation of a lot, about a month from `since` to `until`, went out.
pub fn warned_before(read: Reader<'_>, lot: Id<Lot>, since: Month, until: Month) -> Result<bool, Failure> {
    for notice in read.notices_of_lot(lot)? {
        let about = notice.kind == NoticeKind::PreDemobilisation && (since..=until).contains(&notice.month);
        if about && is_gone(&read.deliveries(notice.id)?) {
            return Ok(true);
        }
    }
    Ok(false)
}
