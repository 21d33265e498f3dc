-- The change log, the tables of the monthly follow-up, and the figures derived from them.

-- About this file: its replica, its clock of the log.
CREATE TABLE about (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

-- Local numbers for machines and scopes, so that log rows stay small.
CREATE TABLE replica (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE scope (n INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key BLOB NOT NULL, UNIQUE (kind, key)) STRICT;

-- What users did. `first` and `last` bound the changes of an op made on this machine.
CREATE TABLE op (
  n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, replica INTEGER NOT NULL REFERENCES replica (n),
  lamport INTEGER NOT NULL, wall_ms INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, note TEXT,
  undoes BLOB, first INTEGER NOT NULL, last INTEGER NOT NULL, hash BLOB NOT NULL
) STRICT;

-- What was written, in order of arrival. `body` is canonical CBOR, `hash` chains (scope, replica).
CREATE TABLE change (
  n INTEGER PRIMARY KEY, scope INTEGER NOT NULL, replica INTEGER NOT NULL, seq INTEGER NOT NULL,
  op INTEGER NOT NULL, tab INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX change_place ON change (scope, replica, seq);
CREATE TABLE chain (
  scope INTEGER NOT NULL, replica INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (scope, replica)
) STRICT, WITHOUT ROWID;

-- The tables. References are checked at the commit, so that a statement needs no journal of its own. Every column may be missing: a row may be known before all of it has arrived.
-- `h` holds, per column, the changes whose value stands.
CREATE TABLE organisation (
  id BLOB PRIMARY KEY, name TEXT, currency TEXT, zone TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
  id BLOB PRIMARY KEY, name TEXT, client TEXT, client_address TEXT, client_email TEXT, client_phone TEXT,
  archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  id BLOB PRIMARY KEY, name TEXT, post TEXT, email TEXT, phone TEXT,
  project BLOB REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE contractor (
  id BLOB PRIMARY KEY, name TEXT, address TEXT, email TEXT, phone TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  id BLOB PRIMARY KEY, project BLOB REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, code TEXT, name TEXT,
  address TEXT, start TEXT,
  duration INTEGER, initial INTEGER, architect TEXT, manager TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX site_by_project ON site (project);
CREATE INDEX site_by_code ON site (code);

CREATE TABLE site_money (
  site BLOB PRIMARY KEY REFERENCES site (id) DEFERRABLE INITIALLY DEFERRED, budget INTEGER, currency TEXT, h BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
  id BLOB PRIMARY KEY, site BLOB REFERENCES site (id) DEFERRABLE INITIALLY DEFERRED, name TEXT, weight INTEGER,
  rank INTEGER, archived INTEGER,
  h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_by_site ON lot (site);

CREATE TABLE lot_contractor (
  lot BLOB REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED,
  contractor BLOB REFERENCES contractor (id) DEFERRABLE INITIALLY DEFERRED, rank INTEGER, archived INTEGER, h BLOB,
  PRIMARY KEY (lot, contractor)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  lot BLOB REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED, month INTEGER, cumulative INTEGER, not_applicable INTEGER, normal INTEGER,
  cause TEXT, attribution TEXT, h BLOB,
  PRIMARY KEY (lot, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE observation (
  id BLOB PRIMARY KEY, lot BLOB REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED, month INTEGER, text TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_by_lot ON observation (lot, month);

CREATE TABLE decision (
  id BLOB PRIMARY KEY, lot BLOB REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED, kind TEXT, from_month INTEGER, to_month INTEGER, reason TEXT,
  archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_lot ON decision (lot);

CREATE TABLE setting (
  owner BLOB, name TEXT, month INTEGER, value TEXT, h BLOB,
  PRIMARY KEY (owner, name, month)
) STRICT, WITHOUT ROWID;

-- Derived: how each lot stands after its last figure. Rebuilt from the tables, never exchanged.
CREATE TABLE standing (
  lot BLOB PRIMARY KEY, site BLOB NOT NULL, project BLOB NOT NULL, state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_by_project ON standing (project);
