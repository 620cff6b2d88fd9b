-- Schema version 4: what changed of the graph lately, so that a snapshot of an earlier state need not be made anew.
-- readers: not needed

-- Every change of the state is an entry of kind `state` with the token before and after it. The entries above it, down
-- to the change before, name what it touched: edges by their ends and type (all that are parallel are meant), nodes by
-- key and id; `all` stands for what is not told one by one. The latest ten thousand entries are kept.
CREATE TABLE change_log (
  entry INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'state' OR kind = 'edge' OR kind = 'node' OR kind = 'all'),
  from_node INTEGER,
  type INTEGER,
  to_node INTEGER,
  node INTEGER,
  id TEXT,
  before TEXT,
  after TEXT
) STRICT;

CREATE TRIGGER state_revised AFTER UPDATE OF revision ON state BEGIN
  INSERT INTO change_log (kind, before, after) SELECT 'state', value, lower(hex(randomblob(16))) FROM token;
  UPDATE token SET value = (SELECT after FROM change_log ORDER BY entry DESC LIMIT 1);
  DELETE FROM change_log WHERE entry <= (SELECT max(entry) FROM change_log) - 10000;
END;

-- Who edits the log makes it worthless.
CREATE TRIGGER change_log_updated AFTER UPDATE ON change_log BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET revision = revision + 1;
END;

-- `INSERT OR REPLACE` and `UPDATE OR REPLACE` delete rows without a word: what is there under the new keys is logged
-- before.
CREATE TRIGGER edge_replaced BEFORE INSERT ON edge BEGIN
  INSERT INTO change_log (kind, from_node, type, to_node)
    SELECT 'edge', from_node, type, to_node FROM edge WHERE key = NEW.key;
  INSERT INTO change_log (kind, from_node, type, to_node)
    SELECT 'edge', from_node, type, to_node FROM edge WHERE name = NEW.name;
END;

CREATE TRIGGER edge_rekeyed BEFORE UPDATE OF key, name ON edge BEGIN
  INSERT INTO change_log (kind, from_node, type, to_node)
    SELECT 'edge', from_node, type, to_node FROM edge WHERE key = NEW.key;
  INSERT INTO change_log (kind, from_node, type, to_node)
    SELECT 'edge', from_node, type, to_node FROM edge WHERE name = NEW.name;
END;

CREATE TRIGGER edge_inserted AFTER INSERT ON edge BEGIN
  INSERT INTO change_log (kind, from_node, type, to_node) VALUES ('edge', NEW.from_node, NEW.type, NEW.to_node);
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER edge_updated AFTER UPDATE ON edge BEGIN
  INSERT INTO change_log (kind, from_node, type, to_node) VALUES ('edge', OLD.from_node, OLD.type, OLD.to_node);
  INSERT INTO change_log (kind, from_node, type, to_node) SELECT 'edge', NEW.from_node, NEW.type, NEW.to_node
    WHERE NEW.from_node <> OLD.from_node OR NEW.type <> OLD.type OR NEW.to_node <> OLD.to_node;
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER edge_deleted AFTER DELETE ON edge BEGIN
  INSERT INTO change_log (kind, from_node, type, to_node) VALUES ('edge', OLD.from_node, OLD.type, OLD.to_node);
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER node_replaced BEFORE INSERT ON node BEGIN
  INSERT INTO change_log (kind, node, id)
    SELECT 'node', key, id FROM node WHERE key = NEW.key OR id = NEW.id OR id_folded = NEW.id_folded;
END;

CREATE TRIGGER node_rekeyed BEFORE UPDATE OF key, id, id_folded ON node BEGIN
  INSERT INTO change_log (kind, node, id)
    SELECT 'node', key, id FROM node WHERE key = NEW.key OR id = NEW.id OR id_folded = NEW.id_folded;
END;

CREATE TRIGGER node_inserted AFTER INSERT ON node BEGIN
  INSERT INTO change_log (kind, node, id) VALUES ('node', NEW.key, NEW.id);
  UPDATE state SET revision = revision + 1;
END;

-- Of a node, the graph has the id, the type, the life and some attributes.
CREATE TRIGGER node_updated AFTER UPDATE ON node BEGIN
  INSERT INTO change_log (kind, node, id) SELECT 'node', OLD.key, OLD.id
    WHERE NEW.key <> OLD.key OR NEW.id <> OLD.id OR NEW.type <> OLD.type OR NEW.since <> OLD.since
      OR NEW.until <> OLD.until OR NEW.attributes <> OLD.attributes;
  INSERT INTO change_log (kind, node, id) SELECT 'node', NEW.key, NEW.id
    WHERE NEW.key <> OLD.key OR NEW.id <> OLD.id;
  UPDATE state SET revision = revision + 1;
END;

CREATE TRIGGER node_deleted AFTER DELETE ON node BEGIN
  INSERT INTO change_log (kind, node, id) VALUES ('node', OLD.key, OLD.id);
  UPDATE state SET revision = revision + 1;
END;

-- Every edge has the date of the source that it cites first.
CREATE TRIGGER source_replaced BEFORE INSERT ON source BEGIN
  INSERT INTO change_log (kind) SELECT 'all' FROM source WHERE key = NEW.key OR id = NEW.id;
END;

CREATE TRIGGER source_updated AFTER UPDATE ON source BEGIN
  INSERT INTO change_log (kind) SELECT 'all'
    WHERE NEW.key <> OLD.key OR NEW.id <> OLD.id OR NEW.date <> OLD.date;
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER source_deleted AFTER DELETE ON source BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER node_type_inserted AFTER INSERT ON node_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER node_type_updated AFTER UPDATE ON node_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER node_type_deleted AFTER DELETE ON node_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER edge_type_inserted AFTER INSERT ON edge_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER edge_type_updated AFTER UPDATE ON edge_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER edge_type_deleted AFTER DELETE ON edge_type BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER ontology_updated AFTER UPDATE OF ontology ON state BEGIN
  INSERT INTO change_log (kind) VALUES ('all');
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

-- What does not touch names leaves the index of names as current as it was.
CREATE TRIGGER observation_inserted AFTER INSERT ON observation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER observation_updated AFTER UPDATE ON observation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER observation_deleted AFTER DELETE ON observation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER citation_inserted AFTER INSERT ON citation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER citation_updated AFTER UPDATE ON citation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER citation_deleted AFTER DELETE ON citation BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER dataset_inserted AFTER INSERT ON dataset BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER dataset_updated AFTER UPDATE ON dataset BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER dataset_deleted AFTER DELETE ON dataset BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER membership_inserted AFTER INSERT ON membership BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER membership_updated AFTER UPDATE ON membership BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER membership_deleted AFTER DELETE ON membership BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;

CREATE TRIGGER source_inserted AFTER INSERT ON source BEGIN
  UPDATE state SET search_revision = search_revision + (search_revision = revision), revision = revision + 1;
END;
