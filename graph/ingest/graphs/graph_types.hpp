#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <array>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What a graph file is read with; both live as long as the reading.
struct GraphContext {
  const Ontology& ontology;
  const TableOptions& options;
};

/// Which texts of a graph file name types of nodes and edges here. Remembers the last one: neighbours mostly have one
/// type.
class GraphTypes {
 public:
  explicit GraphTypes(const GraphContext& context) : context_(context) {}

  /// The text to be read as type: as `--map-type` knows it, or an id of the ontology, also where the text writes it in
  /// capitals or with other marks between its words (`SUPPLIES`, `Developed By`) or, as Neo4j does, as one of a list
  /// (`:Firm:Customer`). Empty where it names none. Valid until the next call for that kind.
  std::string_view named(FlatKind kind, std::string_view text);
  /// Whether elements that name no type have one all the same.
  [[nodiscard]] bool has_default(FlatKind kind) const {
    return !(kind == FlatKind::nodes ? context_.options.node_type : context_.options.edge_type).empty();
  }

 private:
  struct Last {
    std::string text, named;
  };
  [[nodiscard]] bool is_known(FlatKind kind, std::string_view text) const;
  [[nodiscard]] std::string find(FlatKind kind, std::string_view text) const;

  GraphContext context_;
  std::array<Last, 2> last_;  ///< by kind
};

}  // namespace chokepoint::detail
