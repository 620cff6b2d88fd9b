-- Schema version 2: what this file adds to the schema before. `ALTER TABLE … ADD COLUMN` puts a column behind the
-- others, where rows of version 1 have none and read NULL; a `CREATE` of a name that is there replaces it.

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

-- A record that names what is not there is shown without it, not passed over.
CREATE VIEW nodes AS
SELECT node.id, node_type.id AS type, english.name AS label_en, chinese.name AS label_zh, node.description, node.since,
  node.until, node.attributes, source.id AS source, node.locator
FROM node LEFT JOIN node_type ON node_type.key = node.type LEFT JOIN source ON source.key = node.source
  LEFT JOIN english ON english.node = node.key LEFT JOIN chinese ON chinese.node = node.key;

CREATE VIEW edges AS
SELECT coalesce(edge.name, printf('%016x', edge.hash)) AS id, f.id AS "from", edge_type.id AS type, t.id AS "to",
  i.id AS item, m.id AS market, o.id AS origin, edge.share, edge.amount, edge.unit, edge.performance, edge.as_of,
  coalesce(edge.bound, 'exact') AS bound, coalesce(edge.status, 'reported') AS status, edge.significance,
  edge.confidence, edge.since, edge.until, edge.group_name AS "group", edge.k, edge.attributes, source.id AS source,
  edge.locator
FROM edge LEFT JOIN edge_type ON edge_type.key = edge.type LEFT JOIN node f ON f.key = edge.from_node
  LEFT JOIN node t ON t.key = edge.to_node LEFT JOIN source ON source.key = edge.source
  LEFT JOIN node i ON i.key = edge.item LEFT JOIN node m ON m.key = edge.market
  LEFT JOIN node o ON o.key = edge.origin;

CREATE VIEW figures AS
SELECT coalesce(observation.name, printf('%016x', observation.hash)) AS id, s.id AS subject, observation.indicator,
  observation.value, observation.value_high, observation.unit, i.id AS item, m.id AS market, r.id AS relative_to,
  observation.as_of, observation.since, observation.until, coalesce(observation.bound, 'exact') AS bound,
  coalesce(observation.status, 'reported') AS status, observation.confidence, observation.attributes,
  source.id AS source, observation.locator
FROM observation LEFT JOIN node s ON s.key = observation.subject LEFT JOIN source ON source.key = observation.source
  LEFT JOIN node i ON i.key = observation.item LEFT JOIN node m ON m.key = observation.market
  LEFT JOIN node r ON r.key = observation.relative_to;

CREATE VIEW facts AS
SELECT coalesce(ef.name, f.id) AS subject, edge_type.label_en AS verb, coalesce(et.name, t.id) AS object,
  coalesce(ei.name, i.id) AS item, coalesce(em.name, m.id) AS market, edge.share, edge.amount, edge.unit, edge.since,
  edge.until, source.title AS source, edge.locator
FROM edge LEFT JOIN edge_type ON edge_type.key = edge.type LEFT JOIN node f ON f.key = edge.from_node
  LEFT JOIN node t ON t.key = edge.to_node LEFT JOIN source ON source.key = edge.source
  LEFT JOIN node i ON i.key = edge.item LEFT JOIN node m ON m.key = edge.market
  LEFT JOIN english ef ON ef.node = f.key LEFT JOIN english et ON et.node = t.key
  LEFT JOIN english ei ON ei.node = i.key LEFT JOIN english em ON em.node = m.key;

CREATE TRIGGER state_revised AFTER UPDATE OF revision ON state BEGIN
  UPDATE token SET value = lower(hex(randomblob(16)));
END;
