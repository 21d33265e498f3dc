//! Sentences about what is sent, by whom, and what servers said.

use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Language, Texts};
use crate::actions::notices::gather::Digest;
use crate::actions::notices::run::{Pass, Stopped};
use crate::actions::notices::sender::Sender;
use crate::actions::notices::{Prepared, Why};
use crate::model::notice::Delivery;
use crate::model::problem::Problem;
use crate::model::text::show;

/// Returns what words digests in the language of each.
pub fn wording() -> impl Fn(&Digest<'_>) -> (String, String) {
    let languages = [Language::French, Language::English].map(Texts::new);
    move |digest| languages[usize::from(digest.language == "en")].digest(digest)
}

impl Texts {
    /// Says what a server answered, or a reason of our own.
    pub fn delivery_reply(&self, reply: &str) -> String {
        let own = reply.starts_with('{').then(|| serde_json::from_str::<Problem>(reply).ok()).flatten();
        own.map_or_else(|| show(reply), |it| self.problem(&it))
    }

    /// Says what was prepared.
    pub fn prepared(&self, prepared: &Prepared) -> String {
        let (made, renewed, withdrawn) =
            (prepared.made.len(), prepared.renewed.len(), prepared.withdrawn.len());
        let places: [(&str, &dyn Display); 3] =
            [("made", &made), ("renewed", &renewed), ("withdrawn", &withdrawn)];
        self.fill("notices-prepared", &places)
    }

    /// Says why a delivery has not gone.
    pub fn why(&self, why: &Why, zone: &str) -> String {
        let at = |ms: i64| {
            DateTime::<Utc>::from_timestamp_millis(ms).map(|it| self.instant(it, zone)).unwrap_or_default()
        };
        match why {
            Why::Draft => self.text("why-draft"),
            Why::Held => self.text("why-held"),
            Why::NoAddress => self.text("why-no-address"),
            Why::Elsewhere(Sender::Other(machine)) => self.fill("why-elsewhere", &[("name", &machine.name)]),
            Why::Elsewhere(_) => self.text("why-nobody"),
            Why::InDigest => self.text("why-digest"),
            Why::Deferred(reply, ms) => {
                let places: [(&str, &dyn Display); 2] =
                    [("reply", &self.delivery_reply(reply)), ("at", &at(*ms))];
                self.fill("why-deferred", &places)
            }
            Why::NoLine(ms) => self.fill("why-no-line", &[("at", &at(*ms))]),
            Why::Unknown(ms) => self.fill("why-unknown", &[("at", &at(*ms))]),
            Why::Paused(reply) => self.fill("why-paused", &[("reply", &self.delivery_reply(reply))]),
            Why::Contested => self.text("why-contested"),
            Why::NotToday => self.text("why-not-today"),
            Why::Next => self.text("why-next"),
        }
    }

    /// Says what became of a delivery, or why it waits.
    pub fn fate(&self, delivery: &Delivery, why: Option<&Why>, zone: &str) -> String {
        if let Some(why) = why {
            return self.why(why, zone);
        }
        let instant = delivery.at_ms.and_then(DateTime::<Utc>::from_timestamp_millis);
        let at = instant.map_or_else(|| "–".to_owned(), |it| self.instant(it, zone));
        let reply = self.delivery_reply(&delivery.reply);
        let places: [(&str, &dyn Display); 2] = [("at", &at), ("reply", &reply)];
        self.fill(&format!("fate-{}", delivery.state.word()), &places)
    }

    /// Says which machine sends.
    pub fn sender(&self, sender: &Sender) -> String {
        match sender {
            Sender::OnlyThis | Sender::This => self.text("sender-this"),
            Sender::Other(machine) => self.fill("sender-other", &[("name", &machine.name)]),
            Sender::Nobody => self.text("sender-nobody"),
        }
    }

    /// Says why mail does not go.
    pub fn stopped(&self, stopped: &Stopped) -> String {
        match stopped {
            Stopped::Sender(sender) => self.sender(sender),
            Stopped::NoWay => self.text("mail-no-way"),
            Stopped::Minute => self.text("mail-minute"),
            Stopped::Day => self.text("mail-day"),
            Stopped::Paused(reply) => self.fill("mail-paused", &[("reply", &self.delivery_reply(reply))]),
            Stopped::Unreachable(reply) => {
                self.fill("mail-unreachable", &[("reply", &self.delivery_reply(reply))])
            }
            Stopped::Busy(reply) => self.fill("mail-busy", &[("reply", &self.delivery_reply(reply))]),
            Stopped::Unwelcome(reply) => {
                self.fill("mail-unwelcome", &[("reply", &self.delivery_reply(reply))])
            }
        }
    }

    /// Says why letters are not laid down.
    pub fn letters_stopped(&self, reply: &str) -> String {
        self.fill("mail-letters-stopped", &[("reply", &self.delivery_reply(reply))])
    }

    /// Says what a pass did, a line for each thing that happened.
    pub fn pass(&self, pass: &Pass) -> Vec<String> {
        let counts = [
            ("mail-sent", pass.sent),
            ("mail-written", pass.written),
            ("mail-digests", pass.gathered.digests),
            ("mail-resolved", pass.gathered.resolved),
            ("mail-failed", pass.failed),
            ("mail-held", pass.held),
            ("mail-deferred", pass.deferred),
            ("mail-unknown", pass.unknown),
            ("mail-without-address", pass.without_address),
        ];
        let happened = counts.into_iter().filter(|(_, count)| *count > 0);
        let mut lines: Vec<String> =
            happened.map(|(key, count)| self.fill(key, &[("count", &count)])).collect();
        lines.extend(pass.stopped.as_ref().map(|it| self.stopped(it)));
        lines.extend(pass.letters_stopped.as_ref().map(|it| self.letters_stopped(it)));
        if pass.waiting > 0 {
            lines.push(self.fill("mail-waiting", &[("count", &pass.waiting)]));
        }
        if lines.is_empty() {
            lines.push(self.text("mail-nothing"));
        }
        lines
    }

    /// Words a digest: each letter whole, with when it was made and when it goes.
    pub fn digest(&self, digest: &Digest<'_>) -> (String, String) {
        let count = digest.notices.len();
        let places: [(&str, &dyn Display); 2] = [("count", &count), ("project", &digest.project)];
        let mut subject = self.fill("mail-digest-subject", &places);
        if let (part, parts @ 2..) = digest.part {
            subject =
                self.fill("mail-digest-part", &[("subject", &subject), ("part", &part), ("parts", &parts)]);
        }
        let mut body = self.fill("mail-digest-intro", &places);
        let sent = self.date(digest.day);
        for (at, notice) in digest.notices.iter().enumerate() {
            let made =
                notice.day.parse::<NaiveDate>().map_or_else(|_| notice.day.clone(), |it| self.date(it));
            let number = at + 1;
            let places: [(&str, &dyn Display); 4] =
                [("number", &number), ("count", &count), ("made", &made), ("sent", &sent)];
            let title = [notice.reference.as_str(), notice.subject.as_str()];
            let title: Vec<&str> = title.into_iter().filter(|it| !it.is_empty()).collect();
            body.push_str(&format!(
                "\n\n{}\n{}\n{}\n\n{}",
                "-".repeat(72),
                self.fill("mail-digest-mark", &places),
                title.join(" · "),
                notice.body
            ));
        }
        (subject, body)
    }
}
