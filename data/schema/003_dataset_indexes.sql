-- Schema version 3: a dataset is found without looking at every record.
-- readers: not needed

-- The first dataset of a file, which often is all there is, has key 1 and is in none of these indexes: it costs nothing
-- to write. A query has to say `dataset <> 1` beside `dataset = ?` to be answered by them.
CREATE INDEX node_dataset ON node (dataset) WHERE dataset <> 1;

CREATE INDEX edge_dataset ON edge (dataset) WHERE dataset <> 1;

CREATE INDEX observation_dataset ON observation (dataset) WHERE dataset <> 1;

CREATE INDEX source_dataset ON source (dataset) WHERE dataset <> 1;

CREATE INDEX membership_dataset ON membership (dataset, kind);
