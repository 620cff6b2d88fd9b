#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/flat_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What the first values of the columns of a table show of what they hold. Each question reads a few rows anew.
class FirstValues {
 public:
  /// @param headers, words  of the columns; all outlive this
  FirstValues(const FlatTable& table, const std::vector<ColumnHeader>& headers, const std::vector<std::string>& words,
              const TableOptions& options, const Ontology& ontology)
      : table_(table), headers_(headers), words_(words), options_(options), ontology_(ontology) {}

  /// What the first values of a column say of imports and exports.
  struct FlowLook {
    int filled = 0, told = 0, by_code = 0;
  };
  /// Whether the first values of a column beside others are days, or say that something goes on.
  [[nodiscard]] bool shows_days(std::size_t at) const;
  [[nodiscard]] std::vector<FlowLook> look_at_flows() const;
  /// Whether the first values of a column called type are all directions, as those of Gephi's tables are.
  [[nodiscard]] bool shows_directions(std::size_t at) const;
  /// Whether the first values of a column all say what relation an edge is, or what one end of it is to the other.
  [[nodiscard]] bool shows_types(std::size_t at) const;
  /// Whether the first values of a column called status or confidence are ours: others have such columns, too.
  [[nodiscard]] bool shows_our_words() const;
  /// Whether the first values of a column are numbers, those that are there.
  [[nodiscard]] bool shows_numbers(std::size_t at) const;
  /// Whether the first value of a column says import or export.
  [[nodiscard]] bool shows_flows(std::size_t at) const;

 private:
  const FlatTable& table_;
  const std::vector<ColumnHeader>& headers_;
  const std::vector<std::string>& words_;
  const TableOptions& options_;
  const Ontology& ontology_;
};

}  // namespace chokepoint::detail
