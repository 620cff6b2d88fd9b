#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "export/formats/fields.hpp"
#include "export/layout/picture.hpp"
#include "export/text/xml_writer.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The keys that a GraphML file declares for one class of records, and their data. Key ids are unique in the whole
/// file, name tokens, and telling, since Gephi shows them: a node's key is its name, an edge's `edge_` and the name.
class GraphmlKeys {
 public:
  /// @param taken  ids that are in use, shared by all keys of a file
  /// @param strict  the names (`attr.name`) are name tokens too, as the schema wants them
  GraphmlKeys(std::set<std::string>& taken, std::string_view prefix, bool strict)
      : taken_(&taken), prefix_(prefix), strict_(strict) {}

  /// @param type  one of GraphML's: boolean, int, long, float, double, string
  void add(std::string id, std::string_view type, Field field);
  void add(Field field);
  /// `<key …/>`, a line each. @param record  `node` or `edge`
  void declare(XmlWriter& xml, std::string_view record) const;
  /// `<data …>` for every value that record `row` has, within the line.
  void write(XmlWriter& xml, std::size_t row);
  /// Names of fields that are no name tokens, and what they are called.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& renamed() const { return renamed_; }

 private:
  struct Key {
    std::string id;
    std::string_view type;
    Field field;
    std::string start_tag;
  };

  std::set<std::string>* taken_;
  std::string prefix_;
  bool strict_;
  std::vector<Key> keys_;
  std::vector<std::pair<std::string, std::string>> renamed_;
  std::string scratch_;
};

/// What the visuals of all dialects are made from; refers to its parts.
struct GraphmlSources {
  const GraphDocument& document;
  const Picture& picture;
  const Looks& looks;
  const UniqueEdgeIds& edge_ids;
};

/// Label, identity, colour, size and place under the names that the dialect's program reads.
/// @param from  outlives `keys`
void add_node_visuals(GraphmlKeys& keys, const GraphmlSources& from, GraphmlDialect dialect);
void add_edge_visuals(GraphmlKeys& keys, const GraphmlSources& from, GraphmlDialect dialect);

}  // namespace chokepoint::detail
