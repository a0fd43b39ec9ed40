/**
 * Version 2: editions of the charging register, side by side.
 *
 * An edition is written in one transaction and never changed. Keys of stations are rows of `key`;
 * that a register lists one is no statement of the user and stands apart from `statement`.
 * `register_words` is the full-text index of the edition in use, filled when that changes.
 *
 * @module
 */
export const register = /* sql */ `
CREATE TABLE edition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  date TEXT NOT NULL,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  file TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  -- An edition without columns for keys says nothing of them and is never the one in use.
  has_keys INTEGER NOT NULL CHECK (has_keys IN (0, 1)),
  report TEXT NOT NULL
) STRICT;

CREATE TABLE station (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES edition (id),
  row INTEGER NOT NULL,
  number TEXT,
  operator TEXT,
  name TEXT,
  status TEXT,
  street TEXT,
  postcode TEXT,
  place TEXT,
  district TEXT,
  state TEXT,
  latitude TEXT,
  longitude TEXT,
  commissioned TEXT,
  other TEXT NOT NULL
) STRICT;

-- Charge points with an EVSE id or something where a key belongs; "other" of the station has all.
CREATE TABLE point (
  station INTEGER NOT NULL REFERENCES station (id),
  slot INTEGER NOT NULL,
  evse TEXT,
  -- What is compared of the EVSE ids in it, parted by blanks.
  forms TEXT NOT NULL,
  printed TEXT,
  PRIMARY KEY (station, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE point_evse (
  form TEXT NOT NULL,
  station INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  PRIMARY KEY (form, station, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE registered (
  key_id INTEGER NOT NULL REFERENCES key (id),
  station INTEGER NOT NULL REFERENCES station (id),
  slot INTEGER NOT NULL,
  form TEXT NOT NULL,
  PRIMARY KEY (key_id, station, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE unusable (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES edition (id),
  station INTEGER,
  row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  printed TEXT NOT NULL
) STRICT;

CREATE INDEX station_edition ON station (edition);
CREATE INDEX registered_station ON registered (station, slot);
CREATE INDEX unusable_edition ON unusable (edition);

CREATE VIRTUAL TABLE register_words USING fts5 (
  words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
`
