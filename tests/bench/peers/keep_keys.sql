PRAGMA journal_mode = WAL;
CREATE TABLE days (type TEXT, date TEXT, id TEXT, line TEXT,
    PRIMARY KEY (type, date, id)) WITHOUT ROWID;
CREATE TEMPORARY TABLE input (line TEXT);
.mode ascii
.separator "\t" "\n"
.import @FILE@ input
INSERT INTO days
    SELECT line->>'type', line->>'date', line->>'id', line FROM input
    WHERE true ON CONFLICT DO NOTHING;
