-- Sums of ratings that are published (docs/decisions): added when a day or a month is over, and never changed. Every figure of
-- ratings that leaves the hub is made of them alone. satisfied is NULL where fewer than five of at least `rated` were unsatisfied.
CREATE TABLE published (
    dimension TEXT NOT NULL, key TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    rated INTEGER NOT NULL, satisfied INTEGER,
    PRIMARY KEY (dimension, key, first, last)
) STRICT, WITHOUT ROWID;

-- Where a desk's ratings of a service are counted in a year: as when they were first published, wherever either moves to later.
CREATE TABLE published_places (
    year TEXT NOT NULL, desk TEXT NOT NULL, service TEXT NOT NULL,
    department TEXT NOT NULL, queue TEXT NOT NULL, counter TEXT NOT NULL,
    PRIMARY KEY (year, desk, service)
) STRICT, WITHOUT ROWID;
