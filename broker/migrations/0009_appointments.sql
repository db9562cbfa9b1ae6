-- The appointments to come, each as a token of the portal's code; a day's rows are destroyed when it is over.
CREATE TABLE appointments (
    token   TEXT PRIMARY KEY CHECK (length(token) = 32),
    day     TEXT NOT NULL,
    service TEXT NOT NULL,
    slot    INTEGER NOT NULL,
    ticket  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
