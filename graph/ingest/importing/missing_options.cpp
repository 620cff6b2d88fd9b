#include "ingest/importing/missing_options.hpp"

#include "ingest/files/told_names.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_types = 8;

/// Whether a record is a node: `row 3, node x`, `node x`.
bool is_of_node(std::string_view record) {
  if (record.starts_with("row ")) record.remove_prefix(std::min(record.find(", ") + 2, record.size()));
  return record.starts_with("node ");
}

/// What stands between quotes behind `begin`; empty where the message does not begin so.
std::string_view quoted_behind(std::string_view message, std::string_view begin) {
  if (!message.starts_with(begin)) return {};
  message.remove_prefix(begin.size());
  return message.substr(0, std::min({message.find("\"; "), message.find("\", which "), message.rfind('"')}));
}

}  // namespace

std::string MissingOptions::key_of(std::string_view file, bool of_nodes) {
  return fmt::format("{}\n{}", file, of_nodes ? "nodes" : "edges");
}

/// The meaning that a message offers for a type, `supplies reversed`, else what the word mostly means; TYPE where
/// nobody knows.
std::string MissingOptions::offered_for(const Problem& problem, bool of_nodes, std::string_view theirs) const {
  const std::string begin = fmt::format("--map-type \"{}=", theirs);
  if (const auto at = problem.message.find(begin); at != std::string::npos) {
    const auto behind = at + begin.size();
    return problem.message.substr(behind, problem.message.find('"', behind) - behind);
  }
  const auto kind = of_nodes ? FlatKind::nodes : FlatKind::edges;
  const auto offered = ColumnWords::standard().type_offered(kind, theirs);
  const bool is_ours =
      offered && (of_nodes ? ontology_.node_type(*offered).has_value() : ontology_.edge_type(*offered).has_value());
  return is_ours ? *offered : "TYPE";
}

void MissingOptions::note(const Problem& problem) {
  const bool of_nodes = is_of_node(problem.record);
  Seen& seen = seen_[key_of(problem.file, of_nodes)];
  if (problem.message.ends_with("\"type\" is missing")) seen.has_nameless = true;
  if (const auto at = problem.message.find("; where an empty cell repeats the one above it, --fill-down \"");
      at != std::string::npos) {
    const auto begin = problem.message.find('"', at) + 1;
    ++seen.repeated[problem.message.substr(begin, problem.message.rfind('"') - begin)];
  }
  std::string_view theirs = quoted_behind(problem.message, of_nodes ? "unknown node type \"" : "unknown edge type \"");
  // Of several types, as graph databases give a node, one is enough.
  if (of_nodes) theirs = theirs.substr(0, theirs.find(';'));
  // What a shell understands, or this class, must not come in with a name.
  const bool is_plain = is_plain_in_quotes(theirs) && theirs.find(": --") == std::string_view::npos;
  if (theirs.empty() || !is_plain || seen.types.size() > most_types) return;
  std::string type = fmt::format("{}={}", theirs, offered_for(problem, of_nodes, theirs));
  if (std::ranges::find(seen.types, type) == seen.types.end()) seen.types.push_back(std::move(type));
}

std::vector<std::string> MissingOptions::lines(const std::string& file, bool of_nodes, std::string_view column) const {
  std::vector<std::string> lines;
  const auto found = seen_.find(key_of(file, of_nodes));
  if (found == seen_.end()) return lines;
  // One empty cell is a bad row; several may be how the table is written.
  for (const auto& [name, count] : found->second.repeated)
    if (count > 1 && is_plain_in_quotes(name))
      lines.push_back(
          fmt::format("what stands in the empty cells of {}, the cell above: --fill-down \"{}\"", name, name));
  const std::string_view option = of_nodes ? "--node-type" : "--edge-type";
  const bool are_many = found->second.types.size() > most_types && !column.empty() && is_plain_in_quotes(column);
  if (are_many)
    lines.push_back(
        fmt::format("what the many words of {} are here, which is kept as an attribute: --map \"{}=attributes.{}\"",
                    column, column, column));
  else
    for (const std::string& type : found->second.types)
      lines.push_back(fmt::format("what \"{}\" is here: --map-type \"{}\"", type.substr(0, type.rfind('=')), type));
  if (found->second.has_nameless || are_many)
    lines.push_back(fmt::format("what the {} are: {} TYPE", of_nodes ? "nodes" : "edges", option));
  return lines;
}

}  // namespace chokepoint::detail
