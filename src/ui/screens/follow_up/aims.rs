//! What the list is asked to show: a text, a month, a site, lots to complete.

use super::FollowUp;
use super::lines::Kept;
use crate::actions::portfolio::Portfolio;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::site::Site;
use crate::ui::screen::Cx;

impl FollowUp {
    /// Shows only lots with a text in their code, name or contractors.
    pub fn find(&mut self, text: &str) {
        self.filter.set(text);
        self.basis.forget();
    }

    /// Shows only lots without duration.
    pub fn keep_to_complete(&mut self) {
        self.query.kept = Kept::ToComplete;
        self.basis.forget();
    }

    /// Selects the first lot of a site once the list is arranged.
    pub fn select_site(&mut self, site: Id<Site>) {
        self.wanted = Some(site);
        self.basis.forget();
    }

    /// Returns the month that is asked for and not read yet.
    pub fn asked_month(&self) -> Option<(Month, Option<Id<Project>>)> {
        self.asked.map(|month| (month, self.query.project))
    }

    /// Takes in the portfolio of another month; `None` is the month that is due.
    pub fn show_month(&mut self, past: Option<Box<Portfolio>>) {
        self.past = past;
        self.asked = None;
        self.forget();
    }

    /// Returns the month that is shown instead of the one that is due, and the project.
    pub fn past_month(&self) -> Option<(Month, Option<Id<Project>>)> {
        self.past.as_ref().map(|it| (it.month, self.query.project))
    }

    /// Returns the month that is shown.
    pub fn shown_month(&self, cx: &Cx<'_>) -> Month {
        self.shown(cx).month
    }
}
