#include "chokepoint/model/text.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/identity/identity.hpp"
#include "ingest/identity/slug.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

bool MadeIds::needs_one(const std::string& id) {
  if (!is_valid_id(id)) return true;
  if (writer_.is_fresh()) return is_counter(id);
  if (writer_.node_of_others(id)) return true;
  return is_counter(id) && !writer_.find_node(id);
}

std::string MadeIds::make(const Node& node) {
  const std::string slug = slug_of(label_of(node.labels, "en", ""));
  if (!slug.empty() && !is_counter(slug) && take(slug)) return slug;
  std::string base = dataset_ + "-" + node.id;
  if (!is_valid_id(base)) base = dataset_ + "-" + (slug.empty() ? hash_hex(node.id).substr(0, 8) : slug);
  std::string id = base;
  for (int number = 2; !take(id); ++number) id = fmt::format("{}-{}", base, number);
  return id;
}

bool MadeIds::take(const std::string& id) {
  if (!writer_.is_fresh() && writer_.find_node(id)) return false;
  return used_.insert(hash_bytes(fold(id)));
}

void rename_foreign(std::vector<PlacedNode>& nodes, std::unordered_map<std::string, std::string>& stored_id,
                    const std::unordered_set<std::string>& settled, Writer& writer, const std::string& dataset) {
  HashSet hashes;
  for (const PlacedNode& placed : nodes) hashes.insert(hash_bytes(fold(placed.node.id)));
  MadeIds made(writer, dataset, std::move(hashes));
  for (PlacedNode& placed : nodes) {
    Node& node = placed.node;
    const std::string file_id = node.id;
    std::string id = stored_id.at(file_id);
    if (id == file_id && !settled.contains(file_id) && made.needs_one(file_id)) id = made.make(node);
    if (id == file_id) continue;
    node.id = id;
    node.codes[dataset] = file_id;
    stored_id[id] = id;
  }
}

}  // namespace chokepoint::detail
