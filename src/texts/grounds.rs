//! The words of a decision and of its grounds, as they were when it was taken.

use std::fmt::Display;

use super::Texts;
use crate::actions::trail::Decided;
use crate::model::grounds::{FrozenGrounds, FrozenLetter, FrozenMonth};
use crate::model::month::Month;

impl Texts {
    /// Names a decision, with its last month where it has one.
    pub fn decided(&self, decided: &Decided) -> String {
        let what = self.text(&format!("decision-{}", decided.kind));
        match decided.to {
            Some(to) => format!("{what} → {to}"),
            None => what,
        }
    }

    /// Says why a decision was taken: what a person wrote, or that nobody pronounced it.
    pub fn decided_because(&self, decided: &Decided) -> String {
        if decided.is_by_policy() { self.text("grounds-by-policy") } else { decided.reason.clone() }
    }

    /// Tells why a decision was taken, on what terms, and what was known then: a line each.
    pub fn grounds_of(&self, decided: &Decided) -> Vec<String> {
        let mut lines = Vec::new();
        let reason = self.decided_because(decided);
        if !reason.is_empty() {
            lines.push(self.fill("grounds-reason", &[("reason", &reason)]));
        }
        if !decided.plan.is_empty() {
            lines.push(self.fill("grounds-plan", &[("plan", &decided.plan)]));
        }
        if let Some(months) = decided.months {
            lines.push(self.fill("grounds-months", &[("months", &months)]));
        }
        match &decided.grounds {
            Some(grounds) => lines.extend(self.grounds(grounds)),
            None => lines.push(self.text("grounds-none")),
        }
        lines
    }

    fn grounds(&self, grounds: &FrozenGrounds) -> Vec<String> {
        let day = grounds.day.parse().map_or_else(|_| grounds.day.clone(), |it| self.date(it));
        let state = self.word("state", &grounds.state);
        let since = grounds.since.as_deref().map(|it| self.month_named(it)).unwrap_or_default();
        let cycle = self.word("kind-cycle", &grounds.cycle);
        let places: [(&str, &dyn Display); 4] =
            [("day", &day), ("state", &state), ("cycle", &cycle), ("since", &since)];
        let known = !grounds.cycle.is_empty() && !since.is_empty();
        let mut lines = vec![self.fill(if known { "grounds-cycle" } else { "grounds-state" }, &places)];
        lines.extend(grounds.months.iter().map(|it| self.grounds_month(it)));
        let proposed = grounds.proposed.as_deref().map(|it| self.month_named(it));
        lines.push(match &proposed {
            Some(month) => self.fill("grounds-proposed", &[("month", month)]),
            None => self.text("grounds-unproposed"),
        });
        lines.push(self.text(match (grounds.notified, grounds.warned) {
            (Some(true), _) => "grounds-notified",
            (Some(false), true) => "grounds-unnotified",
            (None, true) => "grounds-warned",
            (_, false) => "grounds-unwarned",
        }));
        lines.extend(grounds.letters.iter().map(|it| self.grounds_letter(it)));
        if grounds.by_stranger {
            lines.push(self.text("grounds-stranger"));
        }
        lines
    }

    fn grounds_month(&self, month: &FrozenMonth) -> String {
        let figure =
            |it: &Option<String>| it.as_deref().map_or_else(|| "–".to_owned(), |it| self.decimal(it));
        let (name, status) = (self.month_named(&month.month), self.word("status", &month.status));
        let figures = [&month.cumulative, &month.progress, &month.normal, &month.target].map(figure);
        let places: [(&str, &dyn Display); 6] = [
            ("month", &name),
            ("cumulative", &figures[0]),
            ("progress", &figures[1]),
            ("normal", &figures[2]),
            ("rate", &figures[3]),
            ("status", &status),
        ];
        let mut text = self.fill("grounds-month", &places);
        if month.estimated {
            text.push_str(&format!(" · {}", self.text("badge-estimated")));
        }
        if !matches!(month.outcome.as_str(), "" | "aucun" | "hors_suivi") {
            text.push_str(&format!(" · {}", self.word("outcome", &month.outcome)));
        }
        text
    }

    fn grounds_letter(&self, letter: &FrozenLetter) -> String {
        let kind = self.word("notice-kind", &letter.kind);
        let state = self.word("notice-state", &letter.state);
        let day = letter.day.parse().map_or_else(|_| letter.day.clone(), |it| self.date(it));
        let to = letter.addressees.iter().map(|it| {
            let named = if it.name.is_empty() { self.role(&it.role) } else { it.name.clone() };
            format!("{named} ({})", self.word("trail-delivery", &it.state))
        });
        let to = to.collect::<Vec<_>>().join(", ");
        let places: [(&str, &dyn Display); 5] = [
            ("kind", &kind),
            ("reference", &letter.reference),
            ("day", &day),
            ("state", &state),
            ("to", &to),
        ];
        self.fill(if letter.reference.is_empty() { "grounds-draft" } else { "grounds-letter" }, &places)
    }

    fn role(&self, word: &str) -> String {
        if self.has(&format!("post-{word}")) { self.word("post", word) } else { self.word("role", word) }
    }

    fn month_named(&self, text: &str) -> String {
        text.parse::<Month>().map_or_else(|_| text.to_owned(), |it| self.month(it))
    }

    /// Says a word of programs; one that this program does not know stays as it is.
    fn word(&self, kind: &str, word: &str) -> String {
        let key = format!("{kind}-{}", word.replace('_', "-"));
        if self.has(&key) { self.text(&key) } else { word.to_owned() }
    }
}
