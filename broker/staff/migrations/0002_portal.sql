-- A role for the program that brings appointments, and may do nothing else.
CREATE TABLE token_of_a_role (
    name        TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 2 AND 64),
    role        TEXT NOT NULL CHECK (role IN ('clerk', 'reception', 'manager', 'supervisor', 'admin', 'device', 'portal')),
    desks       TEXT NOT NULL CHECK (desks LIKE '[%]'),
    secret_hash TEXT NOT NULL UNIQUE,
    one_click   INTEGER NOT NULL DEFAULT 0 CHECK (one_click IN (0, 1))
) STRICT;
INSERT INTO token_of_a_role (name, role, desks, secret_hash, one_click) SELECT name, role, desks, secret_hash, one_click FROM token;
DROP TABLE token;
ALTER TABLE token_of_a_role RENAME TO token;
