//! Sentences about exchanges between machines.

use super::Texts;
use crate::actions::exchange::exchange::Progress;
use crate::actions::exchange::summary::Summary;

impl Texts {
    /// Shows a number of bytes.
    pub fn size(&self, bytes: u64) -> String {
        let tenths = |unit: u64| {
            let tenths = (bytes * 10 + unit / 2) / unit;
            self.decimal(&format!("{}.{}", tenths / 10, tenths % 10))
        };
        match bytes {
            0..1_000 => self.fill("size-bytes", &[("number", &bytes)]),
            1_000..1_000_000 => self.fill("size-kilobytes", &[("number", &tenths(1_000))]),
            _ => self.fill("size-megabytes", &[("number", &tenths(1_000_000))]),
        }
    }

    /// Says in one line what an exchange moved.
    pub fn exchange_line(&self, summary: &Summary) -> String {
        let refused = summary.refused.len();
        let places: [(&str, &dyn std::fmt::Display); 6] = [
            ("sent", &summary.sent),
            ("received", &summary.received),
            ("refused", &refused),
            ("conflicts", &summary.conflicts_new),
            ("held", &summary.held),
            ("pending", &summary.pending),
        ];
        self.fill("exchange-line", &places)
    }

    /// Says in one line what a bundle brought.
    pub fn exchange_line_in(&self, summary: &Summary) -> String {
        let refused = summary.refused.len();
        if summary.received + summary.conflicts_new + summary.held == 0 && refused == 0 {
            return self.text("exchange-nothing-in");
        }
        let places: [(&str, &dyn std::fmt::Display); 4] = [
            ("received", &summary.received),
            ("refused", &refused),
            ("conflicts", &summary.conflicts_new),
            ("held", &summary.held),
        ];
        self.fill("exchange-line-in", &places)
    }

    /// Says in a few words what an exchange moved.
    pub fn exchange_short(&self, summary: &Summary) -> String {
        let moved: Vec<String> = [("exchange-sent", summary.sent), ("exchange-received", summary.received)]
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| self.fill(key, &[("count", count)]))
            .collect();
        if moved.is_empty() { self.text("exchange-short-nothing") } else { moved.join(", ") }
    }

    /// Says how far an exchange is.
    pub fn exchange_progress(&self, progress: Progress) -> String {
        let of_all = |done: u64, all: u64| if all == 0 { done.to_string() } else { format!("{done}/{all}") };
        let (sent, received) = (progress.sent, progress.received);
        if sent.1 + received.0 + received.1.unwrap_or(0) == 0 {
            return self.text("exchange-working");
        }
        let sent = of_all(sent.0, sent.1);
        let received = of_all(received.0, received.1.unwrap_or(0));
        self.fill("exchange-progress", &[("sent", &sent), ("received", &received)])
    }

    /// Says what of an exchange wants attention, one sentence a line.
    pub fn exchange_notes(&self, summary: &Summary) -> Vec<String> {
        let mut notes: Vec<String> = summary
            .refused
            .iter()
            .chain(&summary.lacks)
            .chain(&summary.unsigned)
            .map(|it| self.problem(it))
            .collect();
        if summary.conflicts > 0 {
            notes.push(self.fill("exchange-conflicts", &[("count", &summary.conflicts)]));
        }
        if summary.left > 0 {
            notes.push(self.fill("exchange-left", &[("count", &summary.left)]));
        }
        if summary.closed > 0 {
            let places: [(&str, &dyn std::fmt::Display); 2] =
                [("count", &summary.closed), ("machine", &summary.closed_by)];
            notes.push(self.fill("exchange-closed", &places));
        }
        notes
    }
}
