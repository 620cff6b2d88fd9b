#pragma once

#include <string>
#include <vector>

namespace chokepoint::test {

/// A valid sample of tests/data/samples/.
struct Sample {
  std::string name;    ///< file, with #n for line n of JSON Lines
  std::string schema;  ///< the file of data/schema/ that it obeys
  std::string text;    ///< JSON
};

/// A sample with one place changed so that one keyword of its schema refuses it (tests/data/bad_records.json).
struct BadRecord {
  std::string schema;
  std::string keyword;  ///< `dataset.schema.json#/definitions/node/required/id`
  std::string sample;
  std::string at;    ///< JSON pointer of the place that was changed
  std::string text;  ///< the whole changed sample
};

/// Every valid sample, sorted by name.
std::vector<Sample> valid_samples();
/// Every row of the table, in its order.
std::vector<BadRecord> bad_records();

}  // namespace chokepoint::test
