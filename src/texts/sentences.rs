//! Sentences about ops, alerts and what comes next.

use std::fmt::Display;

use super::Texts;
use super::words::decimal;
use crate::actions::alerts::{Alert, AlertKind, Grounds, MissingLot};
use crate::actions::op::Note;
use crate::actions::record_entry::place;
use crate::actions::undo::OpRow;
use crate::model::policy::Policy;
use crate::model::text::show;
use crate::rules::consequence::Need;
use crate::rules::{Consequences, MonthReport, Outcome};

/// How many lots without figure are named.
const MISSING_NAMED_MAX: usize = 12;

impl Texts {
    /// Says what an op did.
    pub fn op_sentence(&self, op: &OpRow) -> String {
        let arguments: Vec<(String, String)> = Note::arguments(op.note.as_deref())
            .into_iter()
            .map(|(name, value)| (name.clone(), self.spoken(&name, &value)))
            .collect();
        let mut filled: Vec<(&str, &dyn Display)> =
            arguments.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)).collect();
        let named =
            |wanted: &str| arguments.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let what = named("what").map(|it| self.text(&format!("field-{it}"))).unwrap_or_default();
        let decision = named("kind").map(|it| self.text(&format!("decision-{it}"))).unwrap_or_default();
        let undone =
            named("name").filter(|_| op.undoes.is_some()).map(|it| self.text(&format!("op-short-{it}")));
        let undone = undone.unwrap_or_default();
        let notice = named("notice").map(|it| self.text(&format!("notice-kind-{it}"))).unwrap_or_default();
        filled.push(("notice", &notice));
        filled.extend([("thing", &what as &dyn Display), ("decision", &decision), ("undone", &undone)]);
        self.fill(&format!("op-{}", op.name), &filled)
    }

    /// Says why an alert stands.
    pub fn reason(&self, alert: &Alert) -> String {
        match &alert.grounds {
            Grounds::Missing { entered, expected, lots } => {
                let (month, since) = (self.month(alert.month), self.month(alert.since));
                let lots = missing_names(lots);
                let arguments: [(&str, &dyn Display); 5] = [
                    ("month", &month),
                    ("entered", entered),
                    ("expected", expected),
                    ("since", &since),
                    ("lots", &lots),
                ];
                self.fill(
                    if alert.since < alert.month { "reason-missing-since" } else { "reason-missing" },
                    &arguments,
                )
            }
            Grounds::Rule { report, policy, missing_months, .. } => {
                let mut text = self.finding(alert.kind, report, policy);
                if alert.kind == AlertKind::Demobilisation && alert.since < alert.month {
                    text.push(' ');
                    text.push_str(&self.fill("reason-waiting", &[("since", &self.month(alert.since))]));
                }
                if *missing_months > 0 && alert.kind != AlertKind::NonSaisie {
                    text.push(' ');
                    text.push_str(&self.fill("reason-stale", &[("months", missing_months)]));
                }
                text
            }
        }
    }

    /// Says what a rule found in a month.
    pub fn finding(&self, kind: AlertKind, report: &MonthReport, policy: &Policy) -> String {
        let key = match (kind, report.cycle.month) {
            (AlertKind::Demobilisation, 4) => "reason-demobilisation-fourth",
            (AlertKind::Demobilisation, _) => "reason-demobilisation-third",
            (AlertKind::PreDemobilisation, _) => "reason-pre-demobilisation",
            (AlertKind::Sursis, _) => "reason-sursis",
            _ if report.outcome == Outcome::AlerteCritique => "reason-critical",
            _ => "reason-problematic",
        };
        let percent = |it: crate::model::percent::Percent| self.decimal(&decimal(it.hundredths()));
        let (rate, month) = (self.rate(report.target), self.month(report.month));
        let since = report.since.map(|it| self.month(it)).unwrap_or_default();
        let cycle = self.cycle_phrase(report.cycle.kind);
        let (critical, good) = (percent(policy.critical), percent(policy.good));
        let position = report.cycle.month;
        let arguments: [(&str, &dyn Display); 7] = [
            ("rate", &rate),
            ("month", &month),
            ("since", &since),
            ("cycle", &cycle),
            ("critical", &critical),
            ("good", &good),
            ("position", &position),
        ];
        let mut text = self.fill(key, &arguments);
        if report.estimated {
            text.push(' ');
            text.push_str(&self.fill("reason-estimated", &[("months", &report.covered_months)]));
        }
        text
    }

    /// Says what the rules will do next.
    pub fn next_sentence(&self, next: &Consequences) -> String {
        let month = self.month(next.month);
        if next.to_be_good.is_none() {
            return match next.if_good {
                Outcome::HorsSuivi => self.text("next-outside"),
                Outcome::Suspendu => self.text("next-suspended"),
                Outcome::Demobilisation => self.text("next-decide"),
                Outcome::Remobilise => self.text("next-remobilised"),
                _ => self.text("next-unjudged"),
            };
        }
        if next.if_good == Outcome::Demobilisation {
            return self.text("next-decide");
        }
        let need = |it: Option<Need>| {
            it.map_or_else(|| "–".to_owned(), |it| self.hundredths(Some(it.cumulative.hundredths())))
        };
        let (critical, good) = (need(next.to_leave_critical), need(next.to_be_good));
        let (if_critical, if_problematic, if_good) = (
            self.outcome_word(next.if_critical),
            self.outcome_word(next.if_problematic),
            self.outcome_word(next.if_good),
        );
        let arguments: [(&str, &dyn Display); 6] = [
            ("month", &month),
            ("critical", &critical),
            ("good", &good),
            ("if-critical", &if_critical),
            ("if-problematic", &if_problematic),
            ("if-good", &if_good),
        ];
        let key = if next.if_critical == next.if_problematic {
            "next-one-threshold"
        } else {
            "next-two-thresholds"
        };
        self.fill(key, &arguments)
    }

    /// Returns what the rules will do next, for programs.
    pub fn next_json(&self, next: &Consequences) -> serde_json::Value {
        let need = |it: Option<Need>| it.map(|it| decimal(it.cumulative.hundredths()));
        serde_json::json!({
            "month": next.month.to_string(),
            "if_critical": next.if_critical.as_str(),
            "if_problematic": next.if_problematic.as_str(),
            "if_good": next.if_good.as_str(),
            "cumulative_to_leave_critical": need(next.to_leave_critical),
            "cumulative_to_be_good": need(next.to_be_good),
            "needed_pace": next.needed_pace.map(|it| it.to_decimal_string_up(2)),
            "projected_end": next.projected_end.map(|it| it.to_string()),
            "text": self.next_sentence(next),
        })
    }
}

/// Names the lots whose figure is missing; of many, the first.
fn missing_names(lots: &[MissingLot]) -> String {
    let named = lots.iter().take(MISSING_NAMED_MAX).map(|it| place(&it.site, &it.lot));
    let mut names = named.collect::<Vec<_>>().join(", ");
    if lots.len() > MISSING_NAMED_MAX {
        names.push_str(&format!(", +{}", lots.len() - MISSING_NAMED_MAX));
    }
    names
}

/// Names a site and, where it has several, its lot.
pub fn site_and_lot(code: &str, site: &str, lot: &str) -> String {
    let name = if code.is_empty() { site.to_owned() } else { format!("{code} {site}") };
    let whole = crate::actions::register::lot::WHOLE;
    show(&if lot.is_empty() || lot == whole { name } else { format!("{name} / {lot}") })
}
