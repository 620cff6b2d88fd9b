#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::detail {

// What two nodes of different datasets may be found to be one by, and what speaks against it.

/// Whether the id of a node of a foreign file is what it is called, too, and no counter: an end of an edge that is a
/// name. Beside another label an id means something in its file only.
bool is_named_by_id(const Node& node);
/// The names that a node may be found by. @param is_foreign  ids that are no names are the file's own
std::vector<std::string> names_of(const Node& node, bool is_foreign);
std::set<std::string> folded_names_of(const Node& node, bool is_foreign);
/// Whether both have a code of one scheme, and the same one.
bool share_code(const Node& a, const Node& b);
/// A name that both have, for the report; else the id of the first. @param is_foreign  of the first
std::string shared_name(const Node& a, const Node& b, bool is_foreign);
/// What speaks against two namesakes being one; nullopt where nothing does.
std::optional<std::string> contradiction(const Node& a, const Node& b, const Ontology& ontology);

}  // namespace chokepoint::detail
