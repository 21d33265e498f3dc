//! What a list was last derived from: it is derived again only when that changed.

/// What a list was last derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis<T>(Option<T>);

impl<T> Default for Basis<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq> Basis<T> {
    /// Has the list derived again.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    /// Returns what the list was last derived from, where it is not to be derived again.
    pub const fn last(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Takes what the list is derived from now. Returns whether it has to be derived again.
    pub fn renew(&mut self, now: T) -> bool {
        let changed = self.0.as_ref() != Some(&now);
        self.0 = Some(now);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_derived_again() {
        let mut basis = Basis::default();
        assert!(basis.renew((1, "mars")));
        assert!(!basis.renew((1, "mars")));
        assert!(basis.renew((2, "mars")));
        basis.forget();
        assert!(basis.renew((2, "mars")));
    }
}
