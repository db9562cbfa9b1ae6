-- Who may do what. Secrets are hashes; `elapsed` columns are seconds of CLOCK_BOOTTIME within the boot named beside them.

CREATE TABLE account (
    name      TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 2 AND 64),
    display   TEXT NOT NULL,
    role      TEXT NOT NULL CHECK (role IN ('clerk', 'reception', 'manager', 'supervisor', 'admin')),
    desks     TEXT NOT NULL CHECK (desks LIKE '[%]'),
    password  TEXT NOT NULL,                                      -- argon2id; empty = no password fits
    one_click INTEGER NOT NULL DEFAULT 0 CHECK (one_click IN (0, 1)),
    disabled  INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    failures  INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
) STRICT;

CREATE TABLE session (
    id_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    boot    TEXT NOT NULL,
    opened  REAL NOT NULL,
    seen    REAL NOT NULL CHECK (seen >= opened)
) STRICT;

CREATE TABLE token (
    name        TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 2 AND 64),
    role        TEXT NOT NULL CHECK (role IN ('clerk', 'reception', 'manager', 'supervisor', 'admin', 'device')),
    desks       TEXT NOT NULL CHECK (desks LIKE '[%]'),
    secret_hash TEXT NOT NULL UNIQUE,
    one_click   INTEGER NOT NULL DEFAULT 0 CHECK (one_click IN (0, 1))
) STRICT;

CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
    seq    INTEGER NOT NULL PRIMARY KEY,
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    result TEXT NOT NULL,
    source TEXT NOT NULL,
    hash   TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
