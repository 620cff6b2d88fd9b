#include "ingest/identity/node_stage.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "store/bulk/packed_node.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t node_memory_bytes = std::size_t{256} << 20U;

/// Adds what a later definition of the same node says.
void unite(PlacedNode& first, const PlacedNode& later, Problems& problems) {
  // What a table says of a node goes before what an edge lets guess.
  if (later.is_made) return;
  if (first.is_made) {
    first = later;
    return;
  }
  Node& node = first.node;
  const Node& again = later.node;
  const auto clash = [&](std::string_view field) {
    problems.add(later.place, describe(again),
                 fmt::format("defined before ({}:{}) with another {}", first.place.file, first.place.line, field));
  };
  const auto scalar = [&](std::string& mine, const std::string& theirs, std::string_view field) {
    if (mine.empty()) mine = theirs;
    if (!theirs.empty() && theirs != mine) clash(field);
  };
  if (node.type != again.type) clash("type");
  scalar(node.description, again.description, "description");
  scalar(node.since, again.since, "since");
  scalar(node.until, again.until, "until");
  if (!parse_validity(node.since, node.until)) {
    problems.add(later.place, describe(again),
                 fmt::format("defined before ({}:{}); together its life begins in {} and ends in {}", first.place.file,
                             first.place.line, node.since, node.until));
    node.until.clear();  // what follows is read on
  }
  scalar(node.attributes, again.attributes,
         "attributes; where its rows are relations and no nodes, --map COLUMN=from and --map COLUMN=to say so");
  for (const auto& [language, label] : again.labels)
    if (!node.labels.emplace(language, label).second && node.labels[language] != label) clash("label");
  for (const auto& [scheme, code] : again.codes)
    if (!node.codes.emplace(scheme, code).second && node.codes[scheme] != code) clash("code");
  node.aliases.insert(node.aliases.end(), again.aliases.begin(), again.aliases.end());
  std::sort(node.aliases.begin(), node.aliases.end());
  node.aliases.erase(std::unique(node.aliases.begin(), node.aliases.end()), node.aliases.end());
  node.sources.insert(node.sources.end(), again.sources.begin(), again.sources.end());
}

void sort_citations(std::vector<Citation>& citations) {
  std::sort(citations.begin(), citations.end());
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
}

}  // namespace

NodeStage::NodeStage(Problems& problems) : problems_(problems), nodes_(node_memory_bytes) {}

void NodeStage::add(const Node& node, const Place& place, bool is_made) {
  if (files_.size() <= place.file_number) files_.resize(place.file_number + 1);
  files_[place.file_number] = place.file;
  folded_ = fold(node.id);
  packer_.clear();
  packer_.ended_text(folded_);
  packer_.fixed(nodes_.size());  // equal ids keep their order
  packer_.number(place.file_number);
  packer_.number(place.line);
  packer_.number(is_made ? 1 : 0);
  pack_node(packer_, node);
  packer_.number(node.sources.size());
  for (const Citation& citation : node.sources) {
    packer_.text(citation.source);
    packer_.text(citation.locator);
    packer_.text(citation.read);
  }
  nodes_.add(prefix_key(folded_), packer_.bytes());
}

void NodeStage::unpack(PlacedNode& placed) {
  Unpacker in(nodes_.record());
  in.ended_text();
  in.fixed();
  placed.place.file_number = static_cast<std::uint32_t>(in.number());
  placed.place.file = files_[placed.place.file_number];
  placed.place.line = in.number();
  placed.is_made = in.number() != 0;
  Node& node = placed.node;
  unpack_node(in, node);
  node.sources.resize(in.number());
  for (Citation& citation : node.sources) {
    citation.source = in.text();
    citation.locator = in.text();
    citation.read = in.text();
  }
}

const PlacedNode* NodeStage::next() {
  if (!started_) more_ = nodes_.next();
  started_ = true;
  if (!more_) return nullptr;
  unpack(now_);
  folded_ = Unpacker(nodes_.record()).ended_text();
  while ((more_ = nodes_.next()) && Unpacker(nodes_.record()).ended_text() == folded_) {
    unpack(later_);
    unite(now_, later_, problems_);
  }
  sort_citations(now_.node.sources);
  return &now_;
}

}  // namespace chokepoint::detail
