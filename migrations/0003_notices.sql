-- Notices with what became of them at each addressee, sign-offs of months, derogations, and this machine's outbox.

-- A notice: drawn up once per unit, month, kind and gravity; its figures and words are frozen.
CREATE TABLE notice (
  id BLOB PRIMARY KEY, kind TEXT, project BLOB REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
  lot BLOB REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED, month INTEGER, gravity TEXT, language TEXT,
  reference TEXT, subject TEXT, state TEXT, day TEXT, archived INTEGER, h BLOB, body TEXT, facts TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_project ON notice (project);
CREATE INDEX notice_by_lot ON notice (lot);
CREATE INDEX notice_by_state ON notice (state);

-- What is sent to one addressee of a notice, and what became of it.
CREATE TABLE delivery (
  id BLOB PRIMARY KEY, notice BLOB REFERENCES notice (id) DEFERRABLE INITIALLY DEFERRED, role TEXT, name TEXT,
  email TEXT, copy INTEGER, state TEXT, channel TEXT, reply TEXT, at_ms INTEGER, archived INTEGER, by_rule INTEGER,
  h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_by_notice ON delivery (notice);
CREATE INDEX delivery_by_state ON delivery (state);

-- A person vouches for the figures of a project and month.
CREATE TABLE sign_off (
  id BLOB PRIMARY KEY, project BLOB REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, month INTEGER, level TEXT,
  hash BLOB, form TEXT, signature TEXT, signer TEXT, key TEXT, comment TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_off_by_project ON sign_off (project, month);

-- A month that is locked is opened again, for a reason.
CREATE TABLE derogation (
  id BLOB PRIMARY KEY, project BLOB REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED, month INTEGER, reason TEXT,
  until TEXT, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX derogation_by_project ON derogation (project, month);

-- Of a return: the recovery plan, and the months granted to finish. Of every decision: its grounds as they were then.
ALTER TABLE decision ADD COLUMN plan TEXT;
ALTER TABLE decision ADD COLUMN months INTEGER;
ALTER TABLE decision ADD COLUMN grounds TEXT;

-- Which machine of the organisation sends its notices: the one with the highest number.
ALTER TABLE machine ADD COLUMN sends INTEGER;

-- This machine's own work at deliveries: never exchanged. `key` is the delivery; `state` is ready, claimed, attempting,
-- deferred or unknown; what is settled leaves the table and is said in `delivery`.
CREATE TABLE outbox (
  key BLOB PRIMARY KEY, state TEXT NOT NULL, owner TEXT, tries INTEGER NOT NULL, unknowns INTEGER NOT NULL,
  first_ms INTEGER NOT NULL, next_ms INTEGER NOT NULL, lease_ms INTEGER NOT NULL, reply TEXT
) STRICT, WITHOUT ROWID;
