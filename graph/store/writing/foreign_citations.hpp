#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Which datasets cite sources that they do not hold: the table `foreign_citation`, so that a source is taken out
/// without looking at every record for who cites it. It may name too many, never too few.
class ForeignCitations {
 public:
  explicit ForeignCitations(SQLite::Database& connection) : connection_(connection) {}

  /// Records of a dataset cite these sources, of which it may hold some. O(sources)
  void add(std::int64_t dataset, const std::vector<std::int64_t>& sources);
  /// Refuses to let sources go that another dataset's record cites, when the dataset's own records are gone. O(sources)
  /// where nobody else cited one; else each record is looked at once.
  /// @throws StoreError naming the source, the kind of record and its dataset
  void refuse_if_cited(std::int64_t dataset, const std::vector<std::int64_t>& sources);
  /// What is told of a dataset, which is gone.
  void forget(std::int64_t dataset);

 private:
  void look_at_all_if_unknown();
  bool may_be_cited(std::int64_t dataset, const std::string& sources);

  SQLite::Database& connection_;
};

}  // namespace chokepoint::detail
