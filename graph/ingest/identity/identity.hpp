#pragma once

#include "chokepoint/ingest/import.hpp"
#include "ingest/checking/problems.hpp"
#include "ingest/identity/hash_set.hpp"
#include "ingest/identity/node_stage.hpp"
#include "store/writer.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Which stored node each incoming node is one with: by `--merge`, by an earlier import of the dataset, by equal id and
/// type, or by a name when it is the one candidate in both directions, the types are equal and nothing speaks against
/// it: no external code, no attribute that the ontology calls identifying, no lives that never overlap. Equal id with
/// another type is a problem. O(nodes and names); of a name that many have all stay apart, and one line says so.
/// A made node is one with whatever node of another dataset alone has its id or name.
/// @param is_foreign  ids of the nodes mean something in their file only
/// @param found  gets the stored ids of made nodes that were found so
/// @param settled  gets the incoming ids of those that are one with a stored node
/// @return stored id by incoming id; a node that stands alone maps to its own id
std::unordered_map<std::string, std::string> decide_identity(const std::vector<PlacedNode>& nodes, Writer& writer,
                                                             const Ontology& ontology, const ImportOptions& options,
                                                             bool is_foreign, std::unordered_set<std::string>& found,
                                                             std::unordered_set<std::string>& settled,
                                                             ImportReport& report, Problems& problems);

/// Makes ids for nodes of a file whose own ids mean nothing outside it.
class MadeIds {
 public:
  /// @param id_hashes  `hash_bytes` of the folded ids of all nodes of the input
  MadeIds(Writer& writer, std::string dataset, HashSet id_hashes)
      : writer_(writer), dataset_(std::move(dataset)), used_(std::move(id_hashes)) {}

  /// Whether the id cannot stay: it is a counter, no id of ours, or another dataset's. What this dataset alone holds
  /// stays as it is.
  [[nodiscard]] bool needs_one(const std::string& id);
  /// An id from the name, else from dataset and id.
  std::string make(const Node& node);

 private:
  bool take(const std::string& id);

  Writer& writer_;
  std::string dataset_;
  HashSet used_;
};

/// Gives nodes of a file whose ids are its own the ids that they are stored under: the one of the node they are one
/// with, or, where their own is a counter or taken, one made from the name, else from dataset and id. The file's id
/// becomes a code of the dataset. `stored_id` then knows the new ids, too.
/// @param settled  incoming ids of nodes that are one with a stored one, and keep its id
void rename_foreign(std::vector<PlacedNode>& nodes, std::unordered_map<std::string, std::string>& stored_id,
                    const std::unordered_set<std::string>& settled, Writer& writer, const std::string& dataset);

}  // namespace chokepoint::detail
