//! Notices that say figures which are others by now: held, written anew, or not prepared again.

use super::facts::figures_now;
use super::review::shown;
use super::view::is_gone;
use crate::actions::failure::Failure;
use crate::actions::terms::Terms;
use crate::model::notice::{Delivery, Notice, NoticeState};
use crate::model::problem::Problem;
use crate::notify::Facts;
use crate::store::read::Reader;

/// The figures of a notice have changed since it was drawn up.
pub const FIGURES_MOVED: &str = "notice-figures-moved";

/// Compares what notices say with what is known now. The terms of the organisation are read when they are needed.
pub(super) struct Moved<'a> {
    read: Reader<'a>,
    terms: Option<Terms>,
}

impl<'a> Moved<'a> {
    pub const fn new(read: Reader<'a>) -> Self {
        Self { read, terms: None }
    }

    /// Says that a notice which preparing leaves as it is has other figures by now.
    pub fn kept(&mut self, notice: &Notice, deliveries: &[Delivery]) -> Result<Option<Problem>, Failure> {
        let waits = matches!(notice.state, NoticeState::Draft | NoticeState::Held);
        let facts = waits.then(|| Facts::read(&notice.facts));
        match facts.filter(|it| it.edited || notice.state == NoticeState::Held) {
            Some(facts) => self.compare(notice, &facts, deliveries),
            None => Ok(None),
        }
    }

    /// Says that a notice has other figures by now.
    pub fn any(&mut self, notice: &Notice, deliveries: &[Delivery]) -> Result<Option<Problem>, Failure> {
        self.compare(notice, &Facts::read(&notice.facts), deliveries)
    }

    fn compare(
        &mut self,
        notice: &Notice,
        facts: &Facts,
        deliveries: &[Delivery],
    ) -> Result<Option<Problem>, Failure> {
        let (Some(lot), Some(said)) = (notice.lot, &facts.figures) else { return Ok(None) };
        let Ok(month) = said.month.parse() else { return Ok(None) };
        if is_gone(deliveries) {
            return Ok(None);
        }
        let terms = match self.terms.take() {
            Some(terms) => terms,
            None => Terms::load(self.read)?,
        };
        let now = figures_now(self.read, &terms, lot, month)?;
        self.terms = Some(terms);
        let moved = now.as_ref() != Some(said);
        Ok(moved.then(|| Problem::new(FIGURES_MOVED).with("reference", shown(notice))))
    }
}
