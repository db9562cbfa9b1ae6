-- The counts of closed days once more, by month: a year is read from twelve sums instead of 250 days. Kept by the database
-- itself, whoever writes a day; `goiso verify` compares, `--rebuild` makes them anew.
CREATE TABLE monthly_closed (
    dimension TEXT NOT NULL, month TEXT NOT NULL, key TEXT NOT NULL, measure TEXT NOT NULL, bucket INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (dimension, month, key, measure, bucket)
) STRICT, WITHOUT ROWID;

INSERT INTO monthly_closed (dimension, month, key, measure, bucket, n)
    SELECT dimension, substr(day, 1, 7), key, measure, bucket, sum(n) FROM daily_closed GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER daily_closed_new AFTER INSERT ON daily_closed BEGIN
    INSERT INTO monthly_closed (dimension, month, key, measure, bucket, n)
    VALUES (NEW.dimension, substr(NEW.day, 1, 7), NEW.key, NEW.measure, NEW.bucket, NEW.n)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;

CREATE TRIGGER daily_closed_more AFTER UPDATE OF n ON daily_closed BEGIN
    UPDATE monthly_closed SET n = n + NEW.n - OLD.n
    WHERE dimension = NEW.dimension AND month = substr(NEW.day, 1, 7) AND key = NEW.key AND measure = NEW.measure
        AND bucket = NEW.bucket;
END;
