#include "ingest/end_book.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/value_reading.hpp"

#include <algorithm>

namespace chokepoint::detail {

void EndBook::add(std::string_view id, std::string_view label, std::string_view type, const Place& place) {
  if (id.empty() || is_no_name(id)) return;
  const auto [at, fresh] = at_.try_emplace(fold(id), ends_.size());
  if (fresh) ends_.push_back({std::string(id), {}, {}, {}, place});
  End& end = ends_[at->second];
  if (end.label.empty())
    end.label = label;
  else if (!label.empty() && label != end.label &&
           std::find(end.aliases.begin(), end.aliases.end(), label) == end.aliases.end())
    end.aliases.emplace_back(label);
  if (end.type.empty()) end.type = type;
}

void EndBook::hand_over(RecordSink& sink, const std::string& type, const std::string& source) const {
  Node node;
  if (!source.empty()) node.sources.push_back({source, ""});
  for (const End& end : ends_) {
    node.id = end.id;
    node.type = end.type.empty() ? type : end.type;
    node.labels.clear();
    node.aliases = end.aliases;
    std::sort(node.aliases.begin(), node.aliases.end());
    if (!end.label.empty())
      node.labels["en"] = end.label;
    else if (!is_valid_id(end.id) || fold(end.id) != end.id)
      node.labels["en"] = end.id;  // a name, by its capitals or other signs that no id of ours has
    sink.made_node(node, end.place);
  }
}

}  // namespace chokepoint::detail
