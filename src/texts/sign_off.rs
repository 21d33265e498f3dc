//! Sentences about sign-offs.

use std::fmt::Display;

use super::Texts;
use crate::actions::sign_off::{Done, Signed, Vouched};
use crate::model::sign_off::SignLevel;

impl Texts {
    /// Names a level.
    pub fn visa_level(&self, level: SignLevel) -> String {
        self.text(&format!("visa-level-{}", level.word()))
    }

    /// Says how a sign-off is vouched for.
    pub fn visa_form(&self, signed: &Signed) -> String {
        self.text(&format!("visa-form-{}", signed.sign_off.form.word()))
    }

    /// Says whether a sign-off still holds.
    pub fn visa_holds(&self, signed: &Signed) -> String {
        self.text(match (signed.is_genuine, signed.holds) {
            (Some(false), _) => "visa-forged",
            (_, true) => "visa-holds",
            (_, false) => "visa-differs",
        })
    }

    /// Says what was signed, and how far the month is vouched for now.
    pub fn signed_sentence(&self, done: &Done) -> String {
        let (level, month) = (self.visa_level(done.level), self.month(done.vouched.month));
        let code = done.vouched.text.code();
        let places: [(&str, &dyn Display); 4] =
            [("level", &level), ("project", &done.vouched.project.name), ("month", &month), ("code", &code)];
        self.fill("visa-signed", &places)
    }

    /// Says how far a month is vouched for: by whom, whether it holds, what is needed.
    pub fn vouched_sentence(&self, vouched: &Vouched) -> String {
        let month = self.month(vouched.month);
        let level = |it: Option<SignLevel>| it.map(|it| self.visa_level(it)).unwrap_or_default();
        let key = match vouched.reached {
            _ if vouched.is_broken() => "visa-state-changed",
            _ if vouched.awaits_second => "visa-state-second",
            None => "visa-state-none",
            Some(_) => "visa-state-reached",
        };
        let shown = if vouched.is_broken() { vouched.highest() } else { vouched.reached };
        let signers = vouched.signed.iter().filter(|it| it.counts() || vouched.is_broken());
        let mut names: Vec<&str> = signers.map(|it| it.sign_off.signer.as_str()).collect();
        names.dedup();
        let (level, signers) = (level(shown), names.join(", "));
        let places: [(&str, &dyn Display); 4] =
            [("level", &level), ("project", &vouched.project.name), ("month", &month), ("signers", &signers)];
        self.fill(key, &places)
    }
}
