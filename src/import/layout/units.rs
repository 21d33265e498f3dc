//! Settles the unit of plain numbers: by column, or by line where months stand across.

use std::collections::HashMap;

use super::super::hints::Unit;
use super::super::values::figure::RawFigure;

/// The largest plain number of a group that may still be fractions.
const FRACTION_MAX: f64 = 1.2;

/// The numbers that share a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// A column of cumulative or monthly figures.
    Column { column: u16, monthly: bool },
    /// A line with months across.
    Line { row: u32, monthly: bool },
}

impl Group {
    const fn is_monthly(self) -> bool {
        let (Self::Column { monthly, .. } | Self::Line { monthly, .. }) = self;
        monthly
    }
}

#[derive(Default)]
struct Numbers {
    largest: f64,
    smallest: f64,
    any_decimals: bool,
    any_one: bool,
}

/// Collects the plain numbers of a table, then settles their units.
#[derive(Default)]
pub struct Units {
    groups: HashMap<Group, Numbers>,
}

impl Units {
    /// Notes a figure of a group.
    pub fn note(&mut self, group: Group, figure: RawFigure) {
        if figure.settled {
            return;
        }
        let numbers = self.groups.entry(group).or_default();
        numbers.largest = numbers.largest.max(figure.value);
        numbers.smallest = numbers.smallest.min(figure.value);
        numbers.any_decimals |= figure.value.fract() != 0.0;
        numbers.any_one |= (figure.value - 1.0).abs() < f64::EPSILON;
    }

    /// Settles every group; what stays open is absent and must be asked.
    ///
    /// The user's word settles only what the numbers leave open: zeros and ones.
    pub fn settle(&self, hint: Option<Unit>) -> HashMap<Group, Unit> {
        let mut settled: HashMap<Group, Unit> = HashMap::new();
        for (group, numbers) in &self.groups {
            if let Some(unit) = numbers.unit(hint) {
                settled.insert(*group, unit);
            }
        }
        let agreed =
            agreed_unit(settled.iter().filter(|(group, _)| !group.is_monthly()).map(|(_, unit)| *unit));
        for (group, numbers) in &self.groups {
            if let (false, Some(unit)) = (group.is_monthly(), agreed) {
                settled.entry(*group).or_insert(unit);
            } else if !numbers.any_one {
                settled.entry(*group).or_insert(Unit::Percent);
            }
        }
        settled
    }
}

impl Numbers {
    fn unit(&self, hint: Option<Unit>) -> Option<Unit> {
        if self.largest > FRACTION_MAX || self.smallest < 0.0 && self.smallest.fract() == 0.0 {
            return Some(Unit::Percent);
        }
        if self.any_decimals { Some(Unit::Fraction) } else { hint }
    }
}

/// Returns the unit that all share, where they share one.
fn agreed_unit(mut units: impl Iterator<Item = Unit>) -> Option<Unit> {
    let first = units.next()?;
    units.all(|it| it == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(columns: &[&[f64]], hint: Option<Unit>) -> Vec<Option<Unit>> {
        let mut units = Units::default();
        let group = |column: usize| Group::Column { column: u16::try_from(column).unwrap(), monthly: false };
        for (column, values) in columns.iter().enumerate() {
            values
                .iter()
                .for_each(|value| units.note(group(column), RawFigure { value: *value, settled: false }));
        }
        let settled = units.settle(hint);
        (0..columns.len()).map(|it| settled.get(&group(it)).copied()).collect()
    }

    #[test]
    fn settles_by_the_numbers() {
        use Unit::{Fraction, Percent};
        assert_eq!(settle(&[&[0.05, 0.5, 1.0]], None), [Some(Fraction)]);
        assert_eq!(settle(&[&[5.0, 12.5]], None), [Some(Percent)]);
        assert_eq!(settle(&[&[0.0, 0.0]], None), [Some(Percent)]);
        assert_eq!(settle(&[&[0.0, 1.0]], None), [None], "0 and 1 must be asked");
        assert_eq!(settle(&[&[0.0, 1.0]], Some(Fraction)), [Some(Fraction)]);
        assert_eq!(settle(&[&[5.0]], Some(Fraction)), [Some(Percent)]);
        assert_eq!(settle(&[&[0.1, 0.5], &[0.0, 1.0]], Some(Percent)), [Some(Fraction), Some(Percent)]);
        assert_eq!(settle(&[&[0.0, 1.0], &[0.4]], None), [Some(Fraction), Some(Fraction)]);
        assert_eq!(settle(&[&[-100.0, 0.0]], None), [Some(Percent)]);
    }
}
