-- What the integrity tests look at: presses on the rating buttons per desk and week, in coarse classes and without their
-- levels. Deliberately not in the log, where they would stand beside the ticket; nothing finer than a week is kept.
CREATE TABLE press_weeks (
    week    TEXT NOT NULL CHECK (week GLOB '????-??-??'),   -- its Monday
    desk    TEXT NOT NULL,
    measure TEXT NOT NULL,                                  -- latency, gap, idle, burst, after_hours
    bucket  INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (week, desk, measure, bucket)
) STRICT, WITHOUT ROWID;

-- Older votes carry their latency in the log; of the rest nothing was kept.
INSERT INTO press_weeks (week, desk, measure, bucket, n)
    SELECT date(day, 'weekday 0', '-6 days'), json_extract(body, '$.desk'), 'latency', json_extract(body, '$.latency'), count(*)
    FROM facts WHERE kind = 'rated' AND coalesce(json_extract(body, '$.replaces'), 0) = 0
        AND coalesce(json_extract(body, '$.channel'), 'button') = 'button'
    GROUP BY 1, 2, 3, 4;

-- What supervisors wrote to cases is read whenever cases are.
CREATE INDEX facts_cases ON facts (seq) WHERE kind = 'case_noted';
