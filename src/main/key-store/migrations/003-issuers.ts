/**
 * Version 3: issuers of signed lists of keys, and a record of what changes trust of many keys.
 *
 * What a list of an issuer is worth stands with the issuer, so that it falls for all its keys at
 * once. `event` can only be added to, as `change`.
 *
 * @module
 */
export const issuers = /* sql */ `
CREATE TABLE issuer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  point BLOB NOT NULL CHECK (length(point) = 32),
  name TEXT NOT NULL CHECK (name <> ''),
  trust TEXT NOT NULL CHECK (trust IN ('K2', 'K3')),
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX issuer_once ON issuer (fingerprint) WHERE removed_at IS NULL;
CREATE TRIGGER issuer_stays BEFORE DELETE ON issuer
  BEGIN SELECT RAISE(ABORT, 'issuers are marked as removed'); END;

ALTER TABLE statement ADD COLUMN issuer INTEGER REFERENCES issuer (id);

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('register', 'issuer-add', 'issuer-trust', 'issuer-remove', 'policy')),
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_is_new BEFORE INSERT ON event
  WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
`
