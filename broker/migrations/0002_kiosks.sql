-- Kiosks keep their places for ever: their few facts are read at every start.
CREATE INDEX facts_kiosks ON facts (seq) WHERE kind = 'kiosk_known';
