-- Schema version 2: what this file adds to the schema before. `ALTER TABLE … ADD COLUMN` puts a column behind the others,
-- where rows of version 1 have none and read NULL; a `CREATE` of a name that is there replaces it.

-- 32 hex digits, drawn anew at every change: two databases of one token hold the same. A revision number is no such
-- thing, for a restored backup that goes another way counts the same numbers again.
ALTER TABLE state ADD COLUMN token TEXT NOT NULL DEFAULT '';

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
  UPDATE state SET token = lower(hex(randomblob(16)));
END;
