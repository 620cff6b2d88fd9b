-- Schema version 5: views hold ids and labels both. `edges` and `figures` have ids where others stand for something and
-- their names beside them; `facts`, for reading, has names and beside them the ids. Labels are looked up only where a
-- query names them.
-- readers: not needed

CREATE VIEW nodes AS
SELECT node.id, node_type.id AS type, english.name AS label_en, chinese.name AS label_zh, node.description,
  node.since, node.until, node.attributes, source.id AS source, node.locator, node_type.label_en AS type_en,
  node_type.label_zh AS type_zh
FROM node LEFT JOIN node_type ON node_type.key = node.type LEFT JOIN source ON source.key = node.source
  LEFT JOIN english ON english.node = node.key LEFT JOIN chinese ON chinese.node = node.key;

CREATE VIEW edges AS
SELECT coalesce(edge.name, printf('%016x', edge.hash)) AS id, f.id AS "from", edge_type.id AS type, t.id AS "to",
  i.id AS item, m.id AS market, o.id AS origin, edge.share, edge.amount, edge.unit, edge.performance, edge.as_of,
  coalesce(edge.bound, 'exact') AS bound, coalesce(edge.status, 'reported') AS status, edge.significance,
  edge.confidence, edge.since, edge.until, edge.group_name AS "group", edge.k, edge.attributes, source.id AS source,
  edge.locator, (SELECT name FROM english WHERE node = f.key LIMIT 1) AS from_en,
  (SELECT name FROM chinese WHERE node = f.key LIMIT 1) AS from_zh, edge_type.label_en AS type_en,
  edge_type.label_zh AS type_zh, (SELECT name FROM english WHERE node = t.key LIMIT 1) AS to_en,
  (SELECT name FROM chinese WHERE node = t.key LIMIT 1) AS to_zh,
  (SELECT name FROM english WHERE node = i.key LIMIT 1) AS item_en,
  (SELECT name FROM chinese WHERE node = i.key LIMIT 1) AS item_zh,
  (SELECT name FROM english WHERE node = m.key LIMIT 1) AS market_en,
  (SELECT name FROM chinese WHERE node = m.key LIMIT 1) AS market_zh,
  (SELECT name FROM english WHERE node = o.key LIMIT 1) AS origin_en,
  (SELECT name FROM chinese WHERE node = o.key LIMIT 1) AS origin_zh, source.title AS source_title
FROM edge LEFT JOIN edge_type ON edge_type.key = edge.type LEFT JOIN node f ON f.key = edge.from_node
  LEFT JOIN node t ON t.key = edge.to_node LEFT JOIN source ON source.key = edge.source
  LEFT JOIN node i ON i.key = edge.item LEFT JOIN node m ON m.key = edge.market
  LEFT JOIN node o ON o.key = edge.origin;

CREATE VIEW figures AS
SELECT coalesce(observation.name, printf('%016x', observation.hash)) AS id, s.id AS subject, observation.indicator,
  observation.value, observation.value_high, observation.unit, i.id AS item, m.id AS market, r.id AS relative_to,
  observation.as_of, observation.since, observation.until, coalesce(observation.bound, 'exact') AS bound,
  coalesce(observation.status, 'reported') AS status, observation.confidence, observation.attributes,
  source.id AS source, observation.locator, (SELECT name FROM english WHERE node = s.key LIMIT 1) AS subject_en,
  (SELECT name FROM chinese WHERE node = s.key LIMIT 1) AS subject_zh,
  (SELECT name FROM english WHERE node = i.key LIMIT 1) AS item_en,
  (SELECT name FROM chinese WHERE node = i.key LIMIT 1) AS item_zh,
  (SELECT name FROM english WHERE node = m.key LIMIT 1) AS market_en,
  (SELECT name FROM chinese WHERE node = m.key LIMIT 1) AS market_zh,
  (SELECT name FROM english WHERE node = r.key LIMIT 1) AS relative_to_en,
  (SELECT name FROM chinese WHERE node = r.key LIMIT 1) AS relative_to_zh, source.title AS source_title
FROM observation LEFT JOIN node s ON s.key = observation.subject LEFT JOIN source ON source.key = observation.source
  LEFT JOIN node i ON i.key = observation.item LEFT JOIN node m ON m.key = observation.market
  LEFT JOIN node r ON r.key = observation.relative_to;

CREATE VIEW facts AS
SELECT coalesce(ef.name, f.id) AS subject, edge_type.label_en AS verb, coalesce(et.name, t.id) AS object,
  coalesce(ei.name, i.id) AS item, coalesce(em.name, m.id) AS market, edge.share, edge.amount, edge.unit, edge.since,
  edge.until, source.title AS source, edge.locator, edge_type.id AS type, f.id AS subject_id, t.id AS object_id,
  i.id AS item_id, m.id AS market_id, source.id AS source_id
FROM edge LEFT JOIN edge_type ON edge_type.key = edge.type LEFT JOIN node f ON f.key = edge.from_node
  LEFT JOIN node t ON t.key = edge.to_node LEFT JOIN source ON source.key = edge.source
  LEFT JOIN node i ON i.key = edge.item LEFT JOIN node m ON m.key = edge.market
  LEFT JOIN english ef ON ef.node = f.key LEFT JOIN english et ON et.node = t.key
  LEFT JOIN english ei ON ei.node = i.key LEFT JOIN english em ON em.node = m.key;
