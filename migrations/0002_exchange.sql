-- What the exchange between machines needs: machines, sealed stretches of the log, what waits, who has what.

-- Machines of the organisation and their public keys: the log of rights, written by administrators only.
CREATE TABLE machine (
  id BLOB PRIMARY KEY, name TEXT, key BLOB, admin INTEGER, until BLOB, archived INTEGER, h BLOB
) STRICT, WITHOUT ROWID;

-- Stretches of the log that are signed by their machine, in order of arrival: numbers from `lo` to `hi` of a scope
-- and a machine. Their bytes are made again from `op` and `change`. `source` is the peer that brought it, `shared`
-- tells that another machine has it.
CREATE TABLE segment (
  n INTEGER PRIMARY KEY, scope INTEGER NOT NULL, replica INTEGER NOT NULL, lo INTEGER NOT NULL, hi INTEGER NOT NULL,
  signature BLOB NOT NULL, source INTEGER NOT NULL, shared INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX segment_place ON segment (scope, replica, lo);

-- Verified segments that wait for what they build on, or for a person's verdict.
CREATE TABLE held (
  n INTEGER PRIMARY KEY, scope_kind INTEGER NOT NULL, scope_key BLOB NOT NULL, replica BLOB NOT NULL,
  lo INTEGER NOT NULL, hi INTEGER NOT NULL, signature BLOB NOT NULL, payload BLOB NOT NULL, source INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX held_place ON held (scope_kind, scope_key, replica, lo, signature);

-- Machines with which this one exchanges: which numbers of their order of arrival are here, which of ours they have.
CREATE TABLE peer (
  n INTEGER PRIMARY KEY, machine BLOB NOT NULL UNIQUE, theirs BLOB NOT NULL, ours BLOB NOT NULL, last_ms INTEGER
) STRICT;

-- Places to exchange with: a host, a folder, an object store. `encrypt` tells that what is laid down there is closed to
-- the machines of the organisation.
CREATE TABLE remote (
  name TEXT PRIMARY KEY, target TEXT NOT NULL, projects BLOB NOT NULL, machine BLOB, last_ms INTEGER, last TEXT,
  encrypt INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
