-- Schema version 6: who else cites a source is known without looking at every record.
-- readers: not needed

-- Datasets with records that cite a source which the dataset itself does not hold. A row may be one too many, none is
-- missing: before such a source goes, all records are looked at. Dataset 0 stands for somebody, by an edit with other
-- tools; source 0 for any source, until all records have been looked at.
CREATE TABLE foreign_citation (
  source INTEGER NOT NULL,
  dataset INTEGER NOT NULL,
  PRIMARY KEY (source, dataset)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER node_cites AFTER INSERT ON node BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER node_cites_anew AFTER UPDATE OF source, dataset ON node BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER edge_cites AFTER INSERT ON edge BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER edge_cites_anew AFTER UPDATE OF source, dataset ON edge BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER observation_cites AFTER INSERT ON observation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER observation_cites_anew AFTER UPDATE OF source, dataset ON observation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER citation_cites AFTER INSERT ON citation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

CREATE TRIGGER citation_cites_anew AFTER UPDATE ON citation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.source, 0);
END;

-- Who holds a source, and who holds a record, decides whose citation it is.
CREATE TRIGGER source_comes AFTER INSERT ON source BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.key, 0);
END;

CREATE TRIGGER source_moves AFTER UPDATE OF key, id, dataset ON source BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (NEW.key, 0);
END;

CREATE TRIGGER membership_comes AFTER INSERT ON membership BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;

CREATE TRIGGER membership_changes AFTER UPDATE ON membership BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;

CREATE TRIGGER membership_goes AFTER DELETE ON membership BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;

CREATE TRIGGER dataset_moves AFTER UPDATE OF key ON dataset BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;

CREATE TRIGGER foreign_citation_changes AFTER UPDATE ON foreign_citation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;

CREATE TRIGGER foreign_citation_goes AFTER DELETE ON foreign_citation BEGIN
  INSERT OR IGNORE INTO foreign_citation VALUES (0, 0);
END;
