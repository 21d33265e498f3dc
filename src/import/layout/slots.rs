//! Groups the columns of a table by the month that they speak of.

use super::columns::{Column, When};
use super::words::Word;

/// The columns that give one month of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    pub when: SlotMonth,
    pub cumulative: Option<u16>,
    pub monthly: Option<u16>,
    pub observation: Option<u16>,
}

/// The month of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlotMonth {
    /// The month that the row names.
    #[default]
    Row,
    /// Months before the situation of the table.
    Before(u8),
    /// Index into the months that the heading names.
    Across(usize),
    /// The n-th month of the works.
    Ordinal(u16),
}

/// The slots of a table and the months of its heading.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    pub list: Vec<Slot>,
    /// The months across, in the order of the columns, as written.
    pub months: Vec<super::super::values::month_text::MonthToken>,
    /// The observation of the row as a whole, where months stand across.
    pub row_observation: Option<u16>,
}

impl Slots {
    /// Tells whether months stand across.
    pub fn is_across(&self) -> bool {
        self.list.iter().any(|it| matches!(it.when, SlotMonth::Across(_) | SlotMonth::Ordinal(_)))
    }

    /// Tells whether the month comes from the title.
    pub fn needs_situation(&self) -> bool {
        self.list.iter().any(|it| matches!(it.when, SlotMonth::Before(_)))
    }
}

/// Groups the columns; those without a month of their own follow the row, or the situation.
pub fn group(columns: &[Column]) -> Slots {
    let month_down = columns.iter().any(|it| it.word == Some(Word::Month));
    let across = columns.iter().any(|it| matches!(it.when, When::Month(_) | When::Ordinal(_)));
    let mut slots = Slots::default();
    for column in columns {
        let figure = matches!(column.word, Some(Word::Cumulative(_) | Word::Monthly | Word::Observation));
        if !figure {
            continue;
        }
        let when = match column.when {
            When::Unsaid if across => {
                if column.word == Some(Word::Observation) {
                    slots.row_observation = slots.row_observation.or(Some(column.index));
                }
                continue;
            }
            When::Unsaid if month_down => SlotMonth::Row,
            When::Unsaid => SlotMonth::Before(0),
            When::Before(months) => SlotMonth::Before(months),
            When::Ordinal(number) => SlotMonth::Ordinal(number),
            When::Month(token) => {
                if slots.months.last() != Some(&token) {
                    slots.months.push(token);
                }
                SlotMonth::Across(slots.months.len() - 1)
            }
        };
        place(&mut slots.list, when, column);
    }
    slots.list.retain(|it| it.cumulative.is_some() || it.monthly.is_some() || it.observation.is_some());
    slots
}

fn place(slots: &mut Vec<Slot>, when: SlotMonth, column: &Column) {
    let at = slots.iter().position(|it| it.when == when).unwrap_or_else(|| {
        slots.push(Slot { when, ..Slot::default() });
        slots.len() - 1
    });
    let Some(slot) = slots.get_mut(at) else { return };
    let place = match column.word {
        Some(Word::Cumulative(_)) => &mut slot.cumulative,
        Some(Word::Monthly) => &mut slot.monthly,
        _ => &mut slot.observation,
    };
    *place = place.or(Some(column.index));
}
