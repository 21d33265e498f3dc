//! The numbers of tables and columns in the change log. Append only: numbers are never reused or changed.

use super::value::Value;

/// One column: its number in the log, its name in `SQLite`, and what it goes with.
#[derive(Debug)]
pub struct Column {
    /// Number in the log, 1 to 60, unique in its table for ever.
    pub id: u8,
    /// Name in `SQLite`.
    pub name: &'static str,
    /// Columns of one group mean one thing together and are always written together; 0 is no group.
    pub group: u8,
    /// The table whose row it points to.
    pub parent: Option<&'static str>,
}

/// One table of the log.
#[derive(Debug)]
pub struct Table {
    /// Number in the log, unique for ever.
    pub id: u16,
    /// Name in `SQLite`.
    pub name: &'static str,
    /// Names of the key columns, with the table that each points to.
    pub key: &'static [(&'static str, Option<&'static str>)],
    /// The other columns.
    pub columns: &'static [Column],
}

impl Table {
    /// Returns the column with a number of the log.
    pub fn column(&self, id: u8) -> Option<&'static Column> {
        self.columns.iter().find(|it| it.id == id)
    }

    /// Pairs values with the numbers of their columns, leaving out those that are not given.
    pub fn columns<const N: usize>(&self, values: [(&str, Option<Value>); N]) -> Vec<(u8, Value)> {
        let number = |name: &str| self.columns.iter().find(|it| it.name == name).map(|it| it.id);
        values.into_iter().filter_map(|(name, value)| Some((number(name)?, value?))).collect()
    }

    /// Returns the number of the `archived` column, for tables whose rows can be archived.
    pub fn archived(&self) -> Option<u8> {
        self.columns.iter().find(|it| it.name == "archived").map(|it| it.id)
    }
}

const fn column(id: u8, name: &'static str) -> Column {
    Column { id, name, group: 0, parent: None }
}

const fn grouped(id: u8, name: &'static str, group: u8) -> Column {
    Column { id, name, group, parent: None }
}

const fn pointer(id: u8, name: &'static str, parent: &'static str) -> Column {
    Column { id, name, group: 0, parent: Some(parent) }
}

const ID: &[(&str, Option<&str>)] = &[("id", None)];

/// The organisation.
pub const ORGANISATION: Table = Table {
    id: 1,
    name: "organisation",
    key: ID,
    columns: &[column(1, "name"), column(2, "currency"), column(3, "zone"), column(4, "archived")],
};

/// People to write to.
pub const CONTACT: Table = Table {
    id: 2,
    name: "contact",
    key: ID,
    columns: &[
        column(1, "name"),
        column(2, "post"),
        column(3, "email"),
        column(4, "phone"),
        pointer(5, "project", "project"),
        column(6, "archived"),
    ],
};

/// Projects with their client.
pub const PROJECT: Table = Table {
    id: 3,
    name: "project",
    key: ID,
    columns: &[
        column(1, "name"),
        column(2, "client"),
        column(3, "client_address"),
        column(4, "client_email"),
        column(5, "client_phone"),
        column(6, "archived"),
    ],
};

/// Sites. Start and duration are one fact.
pub const SITE: Table = Table {
    id: 4,
    name: "site",
    key: ID,
    columns: &[
        pointer(1, "project", "project"),
        column(2, "code"),
        column(3, "name"),
        column(4, "address"),
        grouped(5, "start", 1),
        grouped(6, "duration", 1),
        column(7, "initial"),
        column(8, "architect"),
        column(9, "manager"),
        column(10, "archived"),
    ],
};

/// Firms.
pub const CONTRACTOR: Table = Table {
    id: 5,
    name: "contractor",
    key: ID,
    columns: &[
        column(1, "name"),
        column(2, "address"),
        column(3, "email"),
        column(4, "phone"),
        column(5, "archived"),
    ],
};

/// Lots.
pub const LOT: Table = Table {
    id: 6,
    name: "lot",
    key: ID,
    columns: &[
        pointer(1, "site", "site"),
        column(2, "name"),
        column(3, "weight"),
        column(4, "rank"),
        column(5, "archived"),
    ],
};

/// Who builds a lot.
pub const LOT_CONTRACTOR: Table = Table {
    id: 7,
    name: "lot_contractor",
    key: &[("lot", Some("lot")), ("contractor", Some("contractor"))],
    columns: &[column(1, "rank"), column(2, "archived")],
};

/// Figures, one per lot and month.
pub const ENTRY: Table = Table {
    id: 8,
    name: "entry",
    key: &[("lot", Some("lot")), ("month", None)],
    columns: &[
        column(1, "cumulative"),
        column(2, "not_applicable"),
        column(3, "normal"),
        column(4, "cause"),
        column(5, "attribution"),
    ],
};

/// Observations: rows that are added.
pub const OBSERVATION: Table = Table {
    id: 9,
    name: "observation",
    key: ID,
    columns: &[pointer(1, "lot", "lot"), column(2, "month"), column(3, "text"), column(4, "archived")],
};

/// Decisions: rows that are added, each with its grounds as they were then.
pub const DECISION: Table = Table {
    id: 10,
    name: "decision",
    key: ID,
    columns: &[
        pointer(1, "lot", "lot"),
        column(2, "kind"),
        column(3, "from_month"),
        column(4, "to_month"),
        column(5, "reason"),
        column(6, "archived"),
        column(7, "plan"),
        column(8, "months"),
        column(9, "grounds"),
    ],
};

/// Settings of an organisation, project or site, by the month from which they hold.
pub const SETTING: Table = Table {
    id: 11,
    name: "setting",
    key: &[("owner", None), ("name", None), ("month", None)],
    columns: &[column(1, "value")],
};

/// Planned budgets. Amount and currency are one fact.
pub const SITE_MONEY: Table = Table {
    id: 12,
    name: "site_money",
    key: &[("site", Some("site"))],
    columns: &[grouped(1, "budget", 1), grouped(2, "currency", 1)],
};

/// Machines of the organisation, by their public keys: who may seal what, and which of them sends
/// notices (the one with the highest number).
pub const MACHINE: Table = Table {
    id: 13,
    name: "machine",
    key: ID,
    columns: &[
        column(1, "name"),
        column(2, "key"),
        column(3, "admin"),
        column(4, "until"),
        column(5, "archived"),
        column(6, "sends"),
    ],
};

/// Notices: their figures and words are frozen. Subject and body are one fact.
pub const NOTICE: Table = Table {
    id: 14,
    name: "notice",
    key: ID,
    columns: &[
        column(1, "kind"),
        pointer(2, "project", "project"),
        pointer(3, "lot", "lot"),
        column(4, "month"),
        column(5, "gravity"),
        column(6, "language"),
        column(7, "reference"),
        grouped(8, "subject", 1),
        grouped(9, "body", 1),
        column(10, "facts"),
        column(11, "state"),
        column(12, "day"),
        column(13, "archived"),
    ],
};

/// What is sent to one addressee of a notice. What became of it, by which way, with which answer and when are one fact.
/// `by_rule` follows the register; without it a person put it there, changed it or took it off.
pub const DELIVERY: Table = Table {
    id: 15,
    name: "delivery",
    key: ID,
    columns: &[
        pointer(1, "notice", "notice"),
        column(2, "role"),
        column(3, "name"),
        column(4, "email"),
        column(5, "copy"),
        grouped(6, "state", 1),
        grouped(7, "channel", 1),
        grouped(8, "reply", 1),
        grouped(9, "at_ms", 1),
        column(10, "archived"),
        column(11, "by_rule"),
    ],
};

/// Sign-offs: rows that are added.
pub const SIGN_OFF: Table = Table {
    id: 16,
    name: "sign_off",
    key: ID,
    columns: &[
        pointer(1, "project", "project"),
        column(2, "month"),
        column(3, "level"),
        column(4, "hash"),
        column(5, "form"),
        column(6, "signature"),
        column(7, "signer"),
        column(8, "key"),
        column(9, "comment"),
        column(10, "archived"),
    ],
};

/// Derogations: rows that are added.
pub const DEROGATION: Table = Table {
    id: 17,
    name: "derogation",
    key: ID,
    columns: &[
        pointer(1, "project", "project"),
        column(2, "month"),
        column(3, "reason"),
        column(4, "until"),
        column(5, "archived"),
    ],
};

/// Every table of the log, by number.
pub const TABLES: &[&Table] = &[
    &ORGANISATION,
    &CONTACT,
    &PROJECT,
    &SITE,
    &CONTRACTOR,
    &LOT,
    &LOT_CONTRACTOR,
    &ENTRY,
    &OBSERVATION,
    &DECISION,
    &SETTING,
    &SITE_MONEY,
    &MACHINE,
    &NOTICE,
    &DELIVERY,
    &SIGN_OFF,
    &DEROGATION,
];

/// Returns the table with a number of the log.
pub fn table(id: u16) -> Option<&'static Table> {
    TABLES.iter().find(|it| it.id == id).copied()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// The numbers as released. Lines may be added; a changed or removed line breaks every existing log.
    const RELEASED: &str = include_str!("../../tests/fixtures/registry.txt");

    #[test]
    fn released_numbers_stand() {
        let mut now = String::new();
        for table in TABLES {
            for column in table.columns {
                let group = column.group;
                writeln!(now, "{} {} {} {} {group}", table.id, table.name, column.id, column.name).unwrap();
            }
        }
        for line in RELEASED.lines() {
            assert!(now.lines().any(|it| it == line), "gone or renumbered: {line}");
        }
        assert_eq!(now, RELEASED, "add the new lines to tests/fixtures/registry.txt");
    }

    #[test]
    fn numbers_are_unique_and_fit_the_mask() {
        for (index, table) in TABLES.iter().enumerate() {
            assert!(TABLES[..index].iter().all(|it| it.id != table.id && it.name != table.name));
            for (place, column) in table.columns.iter().enumerate() {
                assert!((1..=60).contains(&column.id));
                assert!(table.columns[..place].iter().all(|it| it.id != column.id));
            }
        }
    }
}
