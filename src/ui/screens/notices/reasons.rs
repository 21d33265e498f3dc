//! Why a key does nothing now.

use super::asking::Asking;
use super::{Notices, Stage};

/// Nothing is selected.
pub fn nothing(it: &Notices) -> Option<&'static str> {
    it.selected().is_none().then_some("notices-nothing-selected")
}

fn staged(it: &Notices, stages: &[Stage], reason: &'static str) -> Option<&'static str> {
    let selected = it.selected().map(|it| it.stage);
    nothing(it).or_else(|| (!selected.is_some_and(|it| stages.contains(&it))).then_some(reason))
}

/// The selected one does not wait for approval.
pub fn approved_already(it: &Notices) -> Option<&'static str> {
    staged(it, &[Stage::Draft, Stage::Held], "notices-approved-already")
}

/// It cannot be held.
pub fn not_to_hold(it: &Notices) -> Option<&'static str> {
    staged(it, &[Stage::Draft, Stage::Ready, Stage::Stuck], "notices-not-to-hold")
}

/// It cannot be withdrawn.
pub fn not_to_withdraw(it: &Notices) -> Option<&'static str> {
    let open = [Stage::Draft, Stage::Held, Stage::Ready, Stage::Stuck];
    staged(it, &open, "notices-not-to-withdraw")
}

/// It is not approved.
pub fn not_to_send(it: &Notices) -> Option<&'static str> {
    staged(it, &[Stage::Ready, Stage::Stuck], "notices-not-to-send")
}

/// Its words stand.
pub fn words_fixed(it: &Notices) -> Option<&'static str> {
    staged(it, &[Stage::Draft, Stage::Held], "notices-words-fixed")
}

/// Nobody is left to write to.
pub fn addresses_fixed(it: &Notices) -> Option<&'static str> {
    let is_open = it.selected().is_some_and(|it| it.addressees.iter().any(|it| it.is_open));
    nothing(it).or_else(|| (!is_open).then_some("notices-addresses-fixed"))
}

/// There is nothing to approve.
pub fn no_drafts(it: &Notices) -> Option<&'static str> {
    it.drafts().is_empty().then_some("notices-no-drafts")
}

/// No other address is asked for.
pub fn not_asked(it: &Notices) -> Option<&'static str> {
    let several = it.asking.as_ref().is_some_and(Asking::has_several);
    (!several).then_some("notices-no-other-addressee")
}
