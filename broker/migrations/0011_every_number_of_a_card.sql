-- Every number that a card took today is kept, not only the newest: an older one may be brought back.
CREATE TABLE cards_of_numbers (
    day    TEXT NOT NULL,
    card   TEXT NOT NULL CHECK (length(card) = 32),
    series TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (day, card, series, ticket)
) STRICT, WITHOUT ROWID;
INSERT INTO cards_of_numbers SELECT day, card, series, ticket FROM cards;
DROP TABLE cards;
ALTER TABLE cards_of_numbers RENAME TO cards;
