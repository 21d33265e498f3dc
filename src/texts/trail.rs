//! The words of the trail: what each event is, and what it changed.

use std::fmt::Display;

use super::{Texts, Tone};
use crate::actions::alerts::AlertKind;
use crate::actions::trail::{Delivered, Event, Found, Noticed, Opened, Turn, Vouch};
use crate::model::notice::{Delivery, DeliveryState, NoticeState};

/// An event in words.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What it is.
    pub what: String,
    /// What stood there before, where something did.
    pub old: String,
    /// What stands there now, or what is to be said.
    pub new: String,
    /// Where it came from, for example a cell.
    pub origin: Option<String>,
    /// How it reads.
    pub tone: Tone,
}

impl Texts {
    /// Tells an event.
    pub fn told(&self, event: &Event) -> Told {
        match event {
            Event::Value(it) => Told {
                what: self.field_word(it),
                old: self.value_shown(it, &it.old),
                new: self.value_shown(it, &it.new),
                origin: it.origin.clone(),
                tone: Tone::Plain,
            },
            Event::Observation(it) => Told {
                what: self.text("field-observation"),
                old: it.old.clone(),
                new: it.new.clone(),
                origin: it.origin.clone(),
                tone: Tone::Plain,
            },
            Event::Decision(it) => plainly(self.decided(it), self.decided_because(it), Tone::Strong),
            Event::Alert(it) => self.told_alert(it),
            Event::Notice(it) => self.told_notice(it),
            Event::Delivery(it) => self.told_delivery(it),
            Event::SignOff(it) => self.told_sign_off(it),
            Event::Derogation(it) => self.told_derogation(it),
        }
    }

    fn told_alert(&self, found: &Found) -> Told {
        let what = self.text(&format!("trail-alert-{}", found.kind.word().replace('_', "-")));
        if found.kind == AlertKind::NonSaisie {
            let (month, due) = (self.month(found.report.month), self.date(found.due));
            let reason = self.fill("trail-missing", &[("month", &month), ("due", &due)]);
            return plainly(what, reason, Tone::Problem);
        }
        let mut reason = self.finding(found.kind, &found.report, &found.policy);
        if found.is_in_force() {
            reason = format!("{} {reason}", self.text("trail-by-policy"));
        }
        plainly(what, reason, super::outcome_tone(found.report.outcome))
    }

    fn told_notice(&self, noticed: &Noticed) -> Told {
        let kind = self.text(&format!("trail-notice-{}", noticed.notice.kind.word()));
        let state = self.text(&format!("trail-state-{}", noticed.state.map_or("words", NoticeState::word)));
        let addressees: Vec<String> = noticed.addressees.iter().map(|it| self.addressee(it)).collect();
        let mut parts = vec![state];
        parts.extend(Some(noticed.notice.reference.clone()).filter(|it| !it.is_empty()));
        parts.push(noticed.notice.subject.clone());
        if !addressees.is_empty() {
            parts.push(self.fill("trail-to", &[("names", &addressees.join(", "))]));
        }
        plainly(kind, parts.join(" · "), Tone::Strong)
    }

    fn told_delivery(&self, delivered: &Delivered) -> Told {
        let delivery = &delivered.delivery;
        let word = match delivered.turn {
            Turn::Became => delivery.state.word(),
            Turn::Added => "added",
            Turn::Mended => "mended",
        };
        let state = self.text(&format!("trail-delivery-{word}"));
        let to = self.addressee(delivery);
        let mut text = self.fill("trail-delivered", &[("state", &state), ("name", &to)]);
        let channel = match delivery.channel.as_str() {
            "" => String::new(),
            channel => self.text(&format!("channel-{channel}")),
        };
        for part in [channel, self.delivery_reply(&delivery.reply)].into_iter().filter(|it| !it.is_empty()) {
            text.push_str(&format!(" · {part}"));
        }
        let tone = if delivery.state == DeliveryState::Failed { Tone::Problem } else { Tone::Plain };
        let what = self.text(&format!("trail-notice-{}", delivered.notice.kind.word()));
        plainly(what, text, tone)
    }

    /// Names an addressee with its address; a missing one is said.
    fn addressee(&self, delivery: &Delivery) -> String {
        let address =
            if delivery.email.is_empty() { self.text("trail-no-address") } else { delivery.email.clone() };
        format!("{} <{address}>", delivery.name)
    }

    fn told_sign_off(&self, vouch: &Vouch) -> Told {
        let level = self.visa_level(vouch.level);
        let form = self.text(&format!("visa-form-{}", vouch.form));
        let places: [(&str, &dyn Display); 3] =
            [("level", &level), ("signer", &vouch.signer), ("form", &form)];
        let mut text = self.fill("trail-signed", &places);
        if !vouch.comment.is_empty() {
            text.push_str(&format!(" · {}", vouch.comment));
        }
        let (holds, tone) = match &vouch.stands {
            Some(signed) => {
                let tone = if signed.counts() { Tone::Good } else { Tone::Critical };
                (self.visa_holds(signed), tone)
            }
            None if vouch.is_withdrawal => (self.text("visa-withdrawal"), Tone::Quiet),
            None => (self.text("visa-withdrawn"), Tone::Quiet),
        };
        text.push_str(&format!(" · {holds}"));
        plainly(self.text("field-sign-off"), text, tone)
    }

    fn told_derogation(&self, opened: &Opened) -> Told {
        let mut text = opened.reason.clone();
        if let Ok(until) = opened.until.parse::<chrono::NaiveDate>() {
            text.push_str(&format!(" · {}", self.fill("trail-until", &[("until", &self.date(until))])));
        }
        if opened.is_withdrawal {
            text.push_str(&format!(" · {}", self.text("visa-withdrawal")));
        }
        plainly(self.text("field-derogation"), text, Tone::Strong)
    }
}

/// Tells something that replaces nothing.
fn plainly(what: String, new: String, tone: Tone) -> Told {
    Told { what, new, tone, ..Told::default() }
}
