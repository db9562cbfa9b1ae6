DROP TRIGGER daily_closed_new;
DROP TRIGGER daily_closed_more;
DROP TABLE monthly_closed;

-- The counts of a closed day and dimension in one row, so that reading a period costs its days, however much was counted in them.
-- In place of the sums of months: made from daily_closed when the day is over; whatever changes there takes the row away, and it is made again.
CREATE TABLE packed_days (
    dimension TEXT NOT NULL, day TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (dimension, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER packed_inserted AFTER INSERT ON daily_closed BEGIN
    DELETE FROM packed_days WHERE dimension = NEW.dimension AND day = NEW.day;
END;
CREATE TRIGGER packed_updated AFTER UPDATE ON daily_closed BEGIN
    DELETE FROM packed_days WHERE dimension = NEW.dimension AND day = NEW.day;
END;
CREATE TRIGGER packed_deleted AFTER DELETE ON daily_closed BEGIN
    DELETE FROM packed_days WHERE dimension = OLD.dimension AND day = OLD.day;
END;
