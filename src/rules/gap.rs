//! Expected months without a figure, whose normal rates the next figure has to cover.
//!
//! Under `gel` a missing month is neither good nor bad: the next figure is judged against the sum of the normal
//! rates of all the months it covers, `R = 100 (C - C_last) / sum N`, and marked as estimated.

use serde::{Deserialize, Serialize};

use super::ratio::Ratio;

/// The frozen months since the last figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    months: u16,
    unrated: u16,
    normal: Ratio,
}

impl Gap {
    /// No frozen month.
    pub const NONE: Self = Self { months: 0, unrated: 0, normal: Ratio::ZERO };

    /// Adds a frozen month with its normal rate, where it has one.
    pub fn add(&mut self, normal: Option<Ratio>) {
        self.months = self.months.saturating_add(1);
        match normal {
            Some(rate) => self.normal = self.normal.plus(rate),
            None => self.unrated = self.unrated.saturating_add(1),
        }
    }

    /// Returns the number of frozen months.
    pub const fn months(self) -> u16 {
        self.months
    }

    /// Returns the sum of the normal rates of the frozen months and of the month of the figure, whose rate
    /// stands in for frozen months that have none.
    pub fn normal_with(self, month: Ratio) -> Ratio {
        if self.months == 0 {
            return month;
        }
        self.normal.plus(month.times(i64::from(self.unrated) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_rates_of_the_months_it_covers() {
        let eighth = Ratio::one_part_of(8).unwrap();
        let mut gap = Gap::NONE;
        assert_eq!(gap.normal_with(eighth), eighth);
        gap.add(Some(Ratio::one_part_of(4).unwrap()));
        assert_eq!(gap.normal_with(eighth), Ratio::new(75, 2).unwrap());
        gap.add(None);
        assert_eq!(gap.normal_with(eighth), Ratio::new(50, 1).unwrap());
        assert_eq!(gap.months(), 2);
    }
}
