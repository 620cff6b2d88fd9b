#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/support/error.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Gathers from the problems of a reading what an option would say: what a type of another program is here, and what
/// records are that name no type. Memory: by the types that are listed, a few of each table.
class MissingOptions {
 public:
  explicit MissingOptions(const Ontology& ontology) : ontology_(ontology) {}
  void note(const Problem& problem);
  /// Lines such as `what "flow" is here: --map-type "flow=TYPE"`, for the records of one table.
  /// @param of_nodes  else of edges
  /// @param column    the column of types; where it names many kinds, they are none, and it is an attribute
  [[nodiscard]] std::vector<std::string> lines(const std::string& file, bool of_nodes, std::string_view column) const;

 private:
  struct Seen {
    std::vector<std::string> types;  ///< each with its meaning, as `--map-type` takes it: `flow=TYPE`
    bool has_nameless = false;
    std::map<std::string, std::size_t> repeated;  ///< columns whose empty cells may repeat the one above: how many
  };
  static std::string key_of(std::string_view file, bool of_nodes);
  [[nodiscard]] std::string offered_for(const Problem& problem, bool of_nodes, std::string_view theirs) const;
  const Ontology& ontology_;
  std::map<std::string, Seen> seen_;
};

}  // namespace chokepoint::detail
