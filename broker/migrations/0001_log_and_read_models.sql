-- The log: what happened, in order, each row sealed by the hash of the row before. Nothing is ever changed or removed here.
CREATE TABLE facts (
    seq  INTEGER PRIMARY KEY CHECK (seq > 0),
    id   TEXT    NOT NULL,                        -- the command that made it
    site TEXT    NOT NULL,
    day  TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
    at   INTEGER NOT NULL,                        -- Unix milliseconds; rating facts: the start of the hour
    kind TEXT    NOT NULL,
    body TEXT    NOT NULL,
    hash BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The commands of today and yesterday with their first answers, in order of arrival: a repeated id is answered, not done again.
CREATE TABLE replies (
    n    INTEGER PRIMARY KEY AUTOINCREMENT,
    id   TEXT NOT NULL,
    day  TEXT NOT NULL,
    fact INTEGER,                                 -- its first fact; NULL when it changed nothing
    body BLOB NOT NULL
) STRICT;

-- All commands before those: their ids stay for ever. Filled when a day turns, since random ids are dear to insert one by one.
CREATE TABLE inbox (id TEXT PRIMARY KEY, fact INTEGER) STRICT, WITHOUT ROWID;

-- How much of each device's journal is here, without a hole.
CREATE TABLE journals (
    device TEXT NOT NULL,
    epoch  TEXT NOT NULL,
    upto   INTEGER NOT NULL CHECK (upto >= 0),
    PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- The last guard: one number, one visit.
CREATE TABLE numbers (
    day    TEXT NOT NULL,
    series TEXT NOT NULL,
    n      INTEGER NOT NULL CHECK (n > 0),
    fact   INTEGER NOT NULL,                      -- where it was given
    PRIMARY KEY (day, series, n)
) STRICT, WITHOUT ROWID;

-- Read models: counts. The finest grain, and one coarse table per closed day and dimension, so that a year costs little.
CREATE TABLE tally (
    day TEXT NOT NULL, hour INTEGER NOT NULL, queue TEXT NOT NULL, service TEXT NOT NULL, counter TEXT NOT NULL,
    desk TEXT NOT NULL, measure TEXT NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (day, hour, queue, service, counter, desk, measure, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE daily_closed (
    dimension TEXT NOT NULL, day TEXT NOT NULL, key TEXT NOT NULL, measure TEXT NOT NULL, bucket INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (dimension, day, key, measure, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What is read: closed days as folded, the open day straight from the tally. Sum n over it.
CREATE VIEW daily (dimension, day, key, measure, bucket, n) AS
    SELECT dimension, day, key, measure, bucket, n FROM daily_closed
    UNION ALL SELECT 'site', day, '-', measure, bucket, n FROM tally WHERE day = (SELECT value FROM meta WHERE key = 'day')
    UNION ALL SELECT 'hour', day, substr('0' || hour, -2), measure, bucket, n FROM tally
        WHERE day = (SELECT value FROM meta WHERE key = 'day')
    UNION ALL SELECT 'queue', day, queue, measure, bucket, n FROM tally
        WHERE day = (SELECT value FROM meta WHERE key = 'day') AND queue <> ''
    UNION ALL SELECT 'service', day, service, measure, bucket, n FROM tally
        WHERE day = (SELECT value FROM meta WHERE key = 'day') AND service <> ''
    UNION ALL SELECT 'counter', day, counter, measure, bucket, n FROM tally
        WHERE day = (SELECT value FROM meta WHERE key = 'day') AND counter <> ''
    UNION ALL SELECT 'desk', day, desk, measure, bucket, n FROM tally
        WHERE day = (SELECT value FROM meta WHERE key = 'day') AND desk <> '';

-- Counts per priority group: deliberately not in the log, where they would stand beside the ticket.
CREATE TABLE group_counts (
    day TEXT NOT NULL, grp TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, grp)
) STRICT, WITHOUT ROWID;

-- The key that ties a rating to its visit; destroyed when the day is over.
CREATE TABLE day_keys (day TEXT PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 32)) STRICT, WITHOUT ROWID;

-- What was refused because it could not be read, with its reason.
CREATE TABLE quarantine (
    n INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, payload BLOB NOT NULL
) STRICT;

-- Dossiers of the one-stop software, imported; never made from tickets.
CREATE TABLE dossiers (
    key TEXT PRIMARY KEY, department TEXT NOT NULL, procedure TEXT NOT NULL, channel TEXT NOT NULL, received TEXT NOT NULL,
    due TEXT NOT NULL, resolved TEXT, delivery TEXT
) STRICT, WITHOUT ROWID;

-- Where days begin, and the rare facts whose newest one is asked for at start.
CREATE INDEX facts_landmarks ON facts (kind, seq) WHERE kind IN ('day_opened', 'notice_set', 'ledger_imported');
