//! Which notices say what no longer stands: after days without a network nobody needs to hear of it.

use std::collections::{HashMap, HashSet};

use super::super::alerts::{self, Grounds};
use super::super::failure::Failure;
use super::super::session::Session;
use super::super::standing;
use super::super::terms::Terms;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::notice::{Notice, NoticeKind};
use crate::model::organisation::Project;
use crate::model::site::Lot;

/// What stands now.
pub struct Standing {
    /// Lots in which a rule finds something.
    lots: HashSet<Id<Lot>>,
    /// From when to when figures of a project are missing.
    missing: HashMap<Id<Project>, (Month, Month)>,
    /// The last month that is due.
    due: HashMap<Id<Project>, Month>,
}

impl Standing {
    /// Looks at the board of alerts.
    pub fn load(session: &Session) -> Result<Self, Failure> {
        let board = alerts::board(session, None, None)?;
        let terms = Terms::load(session.store.read())?;
        let mut found = Self { lots: HashSet::new(), missing: HashMap::new(), due: HashMap::new() };
        for alert in &board.alerts {
            match &alert.grounds {
                Grounds::Missing { .. } => {
                    found.missing.insert(alert.project, (alert.since, alert.month));
                }
                Grounds::Rule { lot, .. } => {
                    found.lots.insert(lot.id);
                }
            }
        }
        for project in board.projects.keys() {
            found.due.insert(*project, standing::due_month(&terms, *project, session.today));
        }
        Ok(found)
    }

    /// Tells whether what a notice says is over. Decisions and what a person wrote never are.
    pub fn is_over(&self, notice: &Notice) -> bool {
        match notice.kind {
            NoticeKind::Delay | NoticeKind::PreDemobilisation => {
                notice.lot.is_some_and(|it| !self.lots.contains(&it))
            }
            NoticeKind::Reminder | NoticeKind::MissingEntries => {
                let is_due = self.due.get(&notice.project).is_some_and(|it| notice.month <= *it);
                let missing = self.missing.get(&notice.project);
                is_due && !missing.is_some_and(|(since, until)| (*since..=*until).contains(&notice.month))
            }
            NoticeKind::Demobilisation
            | NoticeKind::Remobilisation
            | NoticeKind::Corrigendum
            | NoticeKind::FormalNotice
            | NoticeKind::Digest => false,
        }
    }
}
