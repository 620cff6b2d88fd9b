-- Schema version 2: what this file adds to the schema before. `ALTER TABLE … ADD COLUMN` puts a column behind the others,
-- where rows of version 1 have none and read NULL; a `CREATE` of a name that is there replaces it.

-- 32 hex digits, drawn anew at every change: two files of one token hold the same. A revision number is no such thing,
-- for a restored backup that goes another way counts the same numbers again. A table of its own, so that it stands in
-- one page at one place, where it is found without reading the database.
CREATE TABLE token (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value TEXT NOT NULL CHECK (length(value) = 32)
) STRICT;

-- `read` of a citation: the figure or date as printed, and the day it was read.
ALTER TABLE node ADD COLUMN read TEXT;

ALTER TABLE edge ADD COLUMN read TEXT;

ALTER TABLE observation ADD COLUMN read TEXT;

ALTER TABLE citation ADD COLUMN read TEXT;

CREATE VIEW citations AS
SELECT 'node' AS kind, key AS record, 0 AS position, source, locator, read FROM node
UNION ALL SELECT 'edge', key, 0, source, coalesce(locator, ''), read FROM edge
UNION ALL SELECT 'observation', key, 0, source, coalesce(locator, ''), read FROM observation
UNION ALL SELECT kind, record, position, source, locator, read FROM citation;

CREATE TRIGGER state_revised AFTER UPDATE OF revision ON state BEGIN
  UPDATE token SET value = lower(hex(randomblob(16)));
END;
