/**
 * Version 1: keys, what is said of them, every change, settings, where keys were seen.
 *
 * A key and a statement about it are two things: one key may be stated for several meters and by
 * several sources. Nothing is deleted but sightings; statements are marked as removed.
 * `*_form` hold names as they are compared (`shared/identity.ts`), `words` what is searched.
 *
 * @module
 */
export const keys = /* sql */ `
PRAGMA application_id = 0x4549434c;

CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  fingerprint BLOB NOT NULL UNIQUE CHECK (length(fingerprint) = 32),
  curve TEXT NOT NULL,
  point BLOB NOT NULL CHECK (length(point) > 0)
) STRICT;

CREATE TABLE statement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id INTEGER NOT NULL REFERENCES key (id),
  source TEXT NOT NULL,
  trust TEXT NOT NULL,
  words TEXT NOT NULL,
  meter_form TEXT NOT NULL,
  evse_form TEXT NOT NULL,
  meter TEXT,
  evse TEXT,
  station TEXT,
  operator TEXT,
  label TEXT,
  note TEXT,
  origin TEXT NOT NULL,
  confirmed_how TEXT,
  confirmed_by TEXT,
  confirmed_where TEXT,
  confirmed_on TEXT,
  valid_from TEXT,
  valid_until TEXT,
  added_at TEXT NOT NULL,
  removed_at TEXT,
  -- What a source is worth; nobody but the user at the station confirms.
  CHECK (source || ' ' || trust IN
    ('embedded K1', 'container K1', 'key-file K2', 'register K3', 'imprint K4')),
  CHECK ((source = 'imprint') = (confirmed_how IS NOT NULL)),
  CHECK ((confirmed_how IS NULL) = (confirmed_by IS NULL)),
  CHECK ((confirmed_how IS NULL) = (confirmed_where IS NULL)),
  CHECK ((confirmed_how IS NULL) = (confirmed_on IS NULL))
) STRICT;

CREATE UNIQUE INDEX statement_once ON statement (key_id, meter_form, evse_form, source)
  WHERE removed_at IS NULL;
CREATE INDEX statement_meter ON statement (meter_form) WHERE removed_at IS NULL AND meter_form <> '';
CREATE INDEX statement_evse ON statement (evse_form) WHERE removed_at IS NULL AND evse_form <> '';
CREATE INDEX statement_confirmed ON statement (id)
  WHERE removed_at IS NULL AND meter_form = '' AND source = 'imprint';
CREATE INDEX statement_removed ON statement (id) WHERE removed_at IS NOT NULL;

CREATE TRIGGER key_stays BEFORE DELETE ON key
  BEGIN SELECT RAISE(ABORT, 'keys are never deleted'); END;
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON key
  BEGIN SELECT RAISE(ABORT, 'keys are never changed'); END;
CREATE TRIGGER statement_stays BEFORE DELETE ON statement
  BEGIN SELECT RAISE(ABORT, 'statements are marked as removed'); END;

CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('add', 'edit', 'confirm', 'remove', 'restore', 'import')),
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  statement_id INTEGER NOT NULL REFERENCES statement (id),
  detail TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX change_fingerprint ON change (fingerprint);
CREATE INDEX change_statement ON change (statement_id);

CREATE TRIGGER change_is_fixed BEFORE UPDATE ON change
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER change_is_new BEFORE INSERT ON change
  WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE sighting (
  id INTEGER PRIMARY KEY,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  at TEXT NOT NULL,
  meter TEXT,
  begin TEXT,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX sighting_fingerprint ON sighting (fingerprint);
`
