//! What holds for each project and site, by month: policies, deadlines, durations.

use super::failure::Failure;
use super::settings::{ALL, DURATION};
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::percent::Percent;
use crate::model::policy::{CycleMode, MissingPolicy, Policy, PolicyTimeline, Pronouncement};
use crate::model::site::Site;
use crate::rules::EntryDeadline;
use crate::store::read::{Reader, SettingRow};

/// The settings, ready to be asked.
pub struct Terms {
    organisation: Vec<u8>,
    rows: Vec<SettingRow>,
}

impl Terms {
    /// Loads every setting.
    pub fn load(read: Reader<'_>) -> Result<Self, Failure> {
        let organisation = read.organisation()?.map(|it| it.id.bytes().to_vec()).unwrap_or_default();
        Ok(Self { organisation, rows: read.settings()? })
    }

    /// Returns the settings as they would be with one more.
    #[must_use]
    pub fn with(mut self, row: SettingRow) -> Self {
        self.rows.retain(|it| (&it.owner, &it.name, it.month) != (&row.owner, &row.name, row.month));
        self.rows.push(row);
        self
    }

    /// Returns the policies of a project by month: its own settings, else the organisation's.
    pub fn policies(&self, project: Id<Project>) -> PolicyTimeline {
        self.timeline(Some(&project.bytes()))
    }

    /// Returns the policies of projects without settings of their own.
    pub fn organisation_policies(&self) -> PolicyTimeline {
        self.timeline(None)
    }

    /// Returns when the figures of a month are due in a project.
    pub fn deadline(&self, project: Id<Project>, month: Month) -> EntryDeadline {
        let value = |name| self.value(Some(&project.bytes()), name, month);
        EntryDeadline {
            day: value("entry.day").parse().unwrap_or(5),
            inclusive: value("entry.inclusive") == "yes",
            working_days: value("entry.working_days") == "yes",
        }
    }

    /// Returns after how many days a month is locked in a project; 0 is never.
    pub fn lock_days(&self, project: Id<Project>, month: Month) -> u16 {
        self.value(Some(&project.bytes()), "entry.lock_days", month).parse().unwrap_or(45)
    }

    /// Returns what was set of a name for a project, or for the organisation, at any time: for settings without a month.
    pub fn setting(&self, project: Id<Project>, name: &str) -> &str {
        self.value(Some(&project.bytes()), name, Month::MAX)
    }

    /// Returns what was set of a name for the organisation at any time.
    pub fn general(&self, name: &str) -> &str {
        self.value(None, name, Month::MAX)
    }

    /// Tells whether months that are old enough are locked in a project though nobody signed them.
    pub fn locks_unsigned(&self, project: Id<Project>, month: Month) -> bool {
        self.value(Some(&project.bytes()), "entry.lock", month) == "strict"
    }

    /// Returns the contractual durations of a site by month: its own and its amendments, else the usual one of its
    /// project or organisation.
    pub fn durations(&self, site: &Site) -> Vec<(Month, u16)> {
        let own = site.duration_months.or_else(|| {
            let usual = self.value(Some(&site.project.bytes()), DURATION, Month::MAX);
            usual.parse().ok()
        });
        let amendments = self
            .rows
            .iter()
            .filter(|it| it.owner == site.id.bytes() && it.name == DURATION)
            .filter_map(|it| Some((it.month, it.value.parse().ok()?)));
        let mut durations: Vec<(Month, u16)> = amendments.collect();
        // Before the first amendment of a site without a duration there is none.
        let first = own.or((!durations.is_empty()).then_some(0));
        durations.splice(0..0, first.map(|it| (Month::MIN, it)));
        durations
    }

    fn timeline(&self, project: Option<&[u8]>) -> PolicyTimeline {
        let mut months: Vec<Month> = self
            .rows
            .iter()
            .filter(|it| it.owner == self.organisation || Some(it.owner.as_slice()) == project)
            .map(|it| it.month)
            .collect();
        months.sort_unstable();
        months.dedup();
        let changes = months.into_iter().map(|month| (month, self.policy(project, month))).collect();
        PolicyTimeline { first: Policy::default(), changes }
    }

    fn policy(&self, project: Option<&[u8]>, month: Month) -> Policy {
        let value = |name| self.value(project, name, month);
        let percent = |name| value(name).parse().unwrap_or(Percent::ZERO);
        Policy {
            cycle: match value("policy.cycle") {
                "strict" => CycleMode::Strict,
                "glissant" => CycleMode::Glissant,
                _ => CycleMode::Mixte,
            },
            critical: percent("policy.critical"),
            good: percent("policy.good"),
            fourth_month: value("policy.fourth_month") == "on",
            missing: match value("policy.missing") {
                "zero" => MissingPolicy::Zero,
                "saut" => MissingPolicy::Saut,
                _ => MissingPolicy::Gel,
            },
            demobilisation: match value("demobilisation") {
                "automatique" => Pronouncement::Automatique,
                _ => Pronouncement::Proposee,
            },
        }
    }

    /// Returns the value that holds in a month: of the project, else of the organisation, else the usual one.
    fn value(&self, project: Option<&[u8]>, name: &str, month: Month) -> &str {
        let of = |owner: &[u8]| {
            let held =
                self.rows.iter().filter(|it| it.owner == owner && it.name == name && it.month <= month);
            held.max_by_key(|it| it.month).map(|it| it.value.as_str())
        };
        let default = || ALL.iter().find(|it| it.name == name).map_or("", |it| it.default);
        project.and_then(of).or_else(|| of(&self.organisation)).unwrap_or_else(default)
    }
}
