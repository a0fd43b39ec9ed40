/**
 * Version 5: photos of imprints, merged entries, editions that were deleted, stations by number.
 *
 * Lists of allowed actions cannot be changed, so both records of changes move to new tables; not
 * a line is lost, and what guards them is made anew.
 *
 * @module
 */
export const imprints = /* sql */ `
-- What the user photographed; small, and the only thing beside sightings that can be deleted.
CREATE TABLE photo (
  statement_id INTEGER PRIMARY KEY REFERENCES statement (id),
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  added_at TEXT NOT NULL
) STRICT;

DROP INDEX change_fingerprint;
DROP INDEX change_statement;
DROP TRIGGER change_is_fixed;
DROP TRIGGER change_stays;
DROP TRIGGER change_is_new;
ALTER TABLE change RENAME TO change_before;
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('add', 'edit', 'confirm', 'remove', 'restore', 'import', 'merge', 'split',
      'photo-add', 'photo-remove')),
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  statement_id INTEGER NOT NULL REFERENCES statement (id),
  detail TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
INSERT INTO change SELECT * FROM change_before ORDER BY id;
DROP TABLE change_before;
CREATE INDEX change_fingerprint ON change (fingerprint);
CREATE INDEX change_statement ON change (statement_id);
CREATE TRIGGER change_is_fixed BEFORE UPDATE ON change
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
CREATE TRIGGER change_is_new BEFORE INSERT ON change
  WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;

DROP TRIGGER event_is_fixed;
DROP TRIGGER event_stays;
DROP TRIGGER event_is_new;
ALTER TABLE event RENAME TO event_before;
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('register', 'register-remove', 'issuer-add', 'issuer-trust', 'issuer-remove',
      'policy')),
  detail TEXT NOT NULL
) STRICT;
INSERT INTO event SELECT * FROM event_before ORDER BY id;
DROP TABLE event_before;
CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_is_new BEFORE INSERT ON event
  WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'events are only added'); END;

CREATE INDEX station_number ON station (number) WHERE number IS NOT NULL;
`
