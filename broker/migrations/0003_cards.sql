-- The citizen cards of the open day, as tokens under that day's key; destroyed with the key when the day is over.
CREATE TABLE cards (
    day    TEXT NOT NULL,
    card   TEXT NOT NULL CHECK (length(card) = 32),
    series TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (day, card, series)
) STRICT, WITHOUT ROWID;
