#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/writer.hpp"
#include "ingest/node_stage.hpp"
#include "ingest/problems.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Which stored node each incoming node is one with: by `--merge`, by an earlier import of the dataset, by equal id and
/// type, or by a name when it is the one candidate in both directions, the types are equal and nothing speaks against
/// it: no external code, no attribute that the ontology calls identifying, no lives that never overlap. Equal id with
/// another type is a problem. O(nodes and names); of a name that many have all stay apart, and one line says so.
/// @return stored id by incoming id; a node that stands alone maps to its own id
std::unordered_map<std::string, std::string> decide_identity(const std::vector<PlacedNode>& nodes, Writer& writer,
                                                             const Ontology& ontology, const ImportOptions& options,
                                                             ImportReport& report, Problems& problems);

/// Gives nodes of a file whose ids are its own the ids that they are stored under: the one of the node they are one
/// with, or, where their own is a counter or taken, one made from the name, else from dataset and id. The file's id
/// becomes a code of the dataset. `stored_id` then knows the new ids, too.
void rename_foreign(std::vector<PlacedNode>& nodes, std::unordered_map<std::string, std::string>& stored_id,
                    Writer& writer, const std::string& dataset);

}  // namespace chokepoint::detail
