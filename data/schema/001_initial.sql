-- chokepoint database, schema version 1. Statements are separated by blank lines; the program compares the schema of
-- every database it opens with this text, statement by statement. Views and checks use plain tables and operators only:
-- the schema is not trusted, and SQLite 3.40 refuses its JSON functions there. Checks say `a = 1 OR a = 2` and not
-- `a IN (1, 2)`: for a list of three or more SQLite builds a temporary tree at every insert.

-- One row: what identifies this database. `revision` rises with every change; triggers raise it for edits made with
-- other tools. `search_revision` is the revision that `name_index` was written for.
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  uuid TEXT NOT NULL,
  revision INTEGER NOT NULL,
  search_revision INTEGER NOT NULL,
  ontology TEXT NOT NULL
) STRICT;

CREATE TABLE revision (
  revision INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  command TEXT NOT NULL,
  dataset TEXT NOT NULL DEFAULT '',
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE node_type (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  class TEXT NOT NULL,
  layer TEXT NOT NULL CHECK (layer = '' OR layer = 'place' OR layer = 'actor'),
  label_en TEXT NOT NULL,
  label_zh TEXT NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE edge_type (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  dependent TEXT NOT NULL CHECK (dependent = '' OR dependent = 'from' OR dependent = 'to'),
  group_rule TEXT NOT NULL,
  strength TEXT NOT NULL,
  label_en TEXT NOT NULL,
  label_zh TEXT NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE dataset (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
  title TEXT NOT NULL,
  version TEXT NOT NULL,
  license TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
  title TEXT NOT NULL,
  publisher TEXT NOT NULL,
  date TEXT NOT NULL,
  language TEXT NOT NULL,
  url TEXT NOT NULL,
  license TEXT NOT NULL,
  attributes TEXT NOT NULL,
  dataset INTEGER NOT NULL REFERENCES dataset (key)
) STRICT;

-- `source` and `locator` are the first citation; further ones are in `citation`. `dataset` is the first dataset that
-- holds the record; a record that several hold has a row for each in `membership`.
CREATE TABLE node (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200 AND id NOT GLOB '*[^A-Za-z0-9._:/-]*'),
  id_folded TEXT NOT NULL UNIQUE,
  type INTEGER NOT NULL REFERENCES node_type (key),
  labels TEXT NOT NULL,
  codes TEXT NOT NULL,
  description TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  attributes TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source (key),
  locator TEXT NOT NULL,
  dataset INTEGER NOT NULL REFERENCES dataset (key)
) STRICT;

-- Every name a node can be looked up by, folded (case, width, accents). `tag` is the language of a label or the scheme
-- of a code.
CREATE TABLE alias (
  folded TEXT NOT NULL,
  node INTEGER NOT NULL REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind = 'id' OR kind = 'label' OR kind = 'alias' OR kind = 'code'),
  tag TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (folded, node, kind, tag, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_node ON alias (node, kind, tag, name);

-- Bigrams of the folded names of a node, cut and written by the program; rowid is node.key. The tokenizer only splits at
-- the blanks between them.
CREATE VIRTUAL TABLE name_index USING fts5(bigrams, content='', columnsize=0, detail=none, tokenize='ascii');

-- Sorted by where it starts; the index `edge_reverse` holds the same sorted by where it ends. `hash` is XXH3-64 of the claim, shown
-- as 16 hex digits; `name` is an id that was given and differs from it.
CREATE TABLE edge (
  from_node INTEGER NOT NULL REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  type INTEGER NOT NULL REFERENCES edge_type (key),
  to_node INTEGER NOT NULL REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  key INTEGER NOT NULL CHECK (key > 0),
  hash INTEGER NOT NULL,
  name TEXT CHECK (name <> ''),
  item INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  market INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  origin INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  share REAL CHECK (share BETWEEN 0 AND 1),
  amount REAL,
  unit TEXT,
  performance REAL CHECK (performance >= 0),
  as_of TEXT,
  bound TEXT CHECK (bound = 'about' OR bound = 'at-least' OR bound = 'at-most'),
  status TEXT CHECK (status = 'estimated' OR status = 'forecast' OR status = 'planned' OR status = 'recommended'
    OR status = 'derived'),
  significance TEXT CHECK (significance IN ('major', 'minor')),
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  since TEXT,
  until TEXT,
  group_name TEXT,
  k INTEGER CHECK (k >= 1),
  attributes TEXT,
  source INTEGER NOT NULL REFERENCES source (key),
  locator TEXT,
  dataset INTEGER NOT NULL REFERENCES dataset (key),
  PRIMARY KEY (from_node, type, to_node, key)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX edge_by_key ON edge (key);

CREATE UNIQUE INDEX edge_by_name ON edge (name) WHERE name IS NOT NULL;

CREATE UNIQUE INDEX edge_reverse ON edge (to_node, type, from_node, key);

CREATE INDEX edge_by_item ON edge (item) WHERE item IS NOT NULL;

CREATE INDEX edge_by_market ON edge (market) WHERE market IS NOT NULL;

CREATE INDEX edge_by_origin ON edge (origin) WHERE origin IS NOT NULL;

CREATE TABLE observation (
  key INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,
  name TEXT CHECK (name <> ''),
  subject INTEGER NOT NULL REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  indicator TEXT NOT NULL CHECK (indicator <> ''),
  value ANY NOT NULL CHECK (typeof(value) = 'integer' OR typeof(value) = 'real' OR typeof(value) = 'text'),
  value_high REAL,
  unit TEXT,
  item INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  market INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  relative_to INTEGER REFERENCES node (key) DEFERRABLE INITIALLY DEFERRED,
  as_of TEXT,
  since TEXT,
  until TEXT,
  bound TEXT CHECK (bound = 'about' OR bound = 'at-least' OR bound = 'at-most'),
  status TEXT CHECK (status = 'estimated' OR status = 'forecast' OR status = 'planned' OR status = 'recommended'
    OR status = 'derived'),
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  attributes TEXT,
  source INTEGER NOT NULL REFERENCES source (key),
  locator TEXT,
  dataset INTEGER NOT NULL REFERENCES dataset (key)
) STRICT;

CREATE INDEX observation_by_subject ON observation (subject, indicator);

CREATE INDEX observation_by_hash ON observation (hash);

CREATE UNIQUE INDEX observation_by_name ON observation (name) WHERE name IS NOT NULL;

-- Citations after the first, which is in the record's row.
CREATE TABLE citation (
  kind TEXT NOT NULL CHECK (kind = 'node' OR kind = 'edge' OR kind = 'observation'),
  record INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  source INTEGER NOT NULL REFERENCES source (key),
  locator TEXT NOT NULL,
  PRIMARY KEY (kind, record, position)
) STRICT, WITHOUT ROWID;

-- Records that several datasets hold: what each of them says (the record as it was imported).
CREATE TABLE membership (
  kind TEXT NOT NULL CHECK (kind = 'source' OR kind = 'node' OR kind = 'edge' OR kind = 'observation'),
  record INTEGER NOT NULL,
  dataset INTEGER NOT NULL REFERENCES dataset (key),
  contribution TEXT NOT NULL,
  PRIMARY KEY (kind, record, dataset)
) STRICT, WITHOUT ROWID;

CREATE VIEW english AS SELECT node, name FROM alias WHERE kind = 'label' AND tag = 'en';

CREATE VIEW chinese AS SELECT node, name FROM alias WHERE kind = 'label' AND tag = 'zh';

CREATE VIEW nodes AS
SELECT node.id, node_type.id AS type, english.name AS label_en, chinese.name AS label_zh, node.description, node.since,
  node.until, node.attributes, source.id AS source, node.locator
FROM node JOIN node_type ON node_type.key = node.type JOIN source ON source.key = node.source
  LEFT JOIN english ON english.node = node.key LEFT JOIN chinese ON chinese.node = node.key;

CREATE VIEW edges AS
SELECT coalesce(edge.name, printf('%016x', edge.hash)) AS id, f.id AS "from", edge_type.id AS type, t.id AS "to",
  i.id AS item, m.id AS market, o.id AS origin, edge.share, edge.amount, edge.unit, edge.performance, edge.as_of,
  coalesce(edge.bound, 'exact') AS bound, coalesce(edge.status, 'reported') AS status, edge.significance,
  edge.confidence, edge.since, edge.until, edge.group_name AS "group", edge.k, edge.attributes, source.id AS source,
  edge.locator
FROM edge JOIN edge_type ON edge_type.key = edge.type JOIN node f ON f.key = edge.from_node
  JOIN node t ON t.key = edge.to_node JOIN source ON source.key = edge.source LEFT JOIN node i ON i.key = edge.item
  LEFT JOIN node m ON m.key = edge.market LEFT JOIN node o ON o.key = edge.origin;

CREATE VIEW figures AS
SELECT coalesce(observation.name, printf('%016x', observation.hash)) AS id, s.id AS subject, observation.indicator,
  observation.value, observation.value_high, observation.unit, i.id AS item, m.id AS market, r.id AS relative_to,
  observation.as_of, observation.since, observation.until, coalesce(observation.bound, 'exact') AS bound,
  coalesce(observation.status, 'reported') AS status, observation.confidence, observation.attributes,
  source.id AS source, observation.locator
FROM observation JOIN node s ON s.key = observation.subject JOIN source ON source.key = observation.source
  LEFT JOIN node i ON i.key = observation.item LEFT JOIN node m ON m.key = observation.market
  LEFT JOIN node r ON r.key = observation.relative_to;

CREATE VIEW facts AS
SELECT coalesce(ef.name, f.id) AS subject, edge_type.label_en AS verb, coalesce(et.name, t.id) AS object,
  coalesce(ei.name, i.id) AS item, coalesce(em.name, m.id) AS market, edge.share, edge.amount, edge.unit, edge.since,
  edge.until, source.title AS source, edge.locator
FROM edge JOIN edge_type ON edge_type.key = edge.type JOIN node f ON f.key = edge.from_node
  JOIN node t ON t.key = edge.to_node JOIN source ON source.key = edge.source LEFT JOIN node i ON i.key = edge.item
  LEFT JOIN node m ON m.key = edge.market LEFT JOIN english ef ON ef.node = f.key LEFT JOIN english et ON et.node = t.key
  LEFT JOIN english ei ON ei.node = i.key LEFT JOIN english em ON em.node = m.key;

CREATE VIEW citations AS
SELECT 'node' AS kind, key AS record, 0 AS position, source, locator FROM node
UNION ALL SELECT 'edge', key, 0, source, coalesce(locator, '') FROM edge
UNION ALL SELECT 'observation', key, 0, source, coalesce(locator, '') FROM observation
UNION ALL SELECT kind, record, position, source, locator FROM citation;

CREATE TRIGGER node_inserted AFTER INSERT ON node BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER node_updated AFTER UPDATE ON node BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER node_deleted AFTER DELETE ON node BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER alias_inserted AFTER INSERT ON alias BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER alias_updated AFTER UPDATE ON alias BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER alias_deleted AFTER DELETE ON alias BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_inserted AFTER INSERT ON edge BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_updated AFTER UPDATE ON edge BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_deleted AFTER DELETE ON edge BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER observation_inserted AFTER INSERT ON observation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER observation_updated AFTER UPDATE ON observation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER observation_deleted AFTER DELETE ON observation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER source_inserted AFTER INSERT ON source BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER source_updated AFTER UPDATE ON source BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER source_deleted AFTER DELETE ON source BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER citation_inserted AFTER INSERT ON citation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER citation_updated AFTER UPDATE ON citation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER citation_deleted AFTER DELETE ON citation BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER dataset_inserted AFTER INSERT ON dataset BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER dataset_updated AFTER UPDATE ON dataset BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER dataset_deleted AFTER DELETE ON dataset BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER membership_inserted AFTER INSERT ON membership BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER membership_updated AFTER UPDATE ON membership BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER membership_deleted AFTER DELETE ON membership BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER node_type_inserted AFTER INSERT ON node_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER node_type_updated AFTER UPDATE ON node_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER node_type_deleted AFTER DELETE ON node_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_type_inserted AFTER INSERT ON edge_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_type_updated AFTER UPDATE ON edge_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER edge_type_deleted AFTER DELETE ON edge_type BEGIN UPDATE state SET revision = revision + 1; END;

CREATE TRIGGER ontology_updated AFTER UPDATE OF ontology ON state BEGIN UPDATE state SET revision = revision + 1; END;
