#include "ingest/end_book.hpp"

#include "chokepoint/model/text.hpp"

namespace chokepoint::detail {

void EndBook::add(std::string_view id, std::string_view label, std::string_view type, const Place& place) {
  if (id.empty()) return;
  const auto [at, fresh] = at_.try_emplace(fold(id), ends_.size());
  if (fresh) ends_.push_back({std::string(id), {}, {}, place});
  End& end = ends_[at->second];
  if (end.label.empty()) end.label = label;
  if (end.type.empty()) end.type = type;
}

void EndBook::hand_over(RecordSink& sink, const std::string& type, const std::string& source) const {
  Node node;
  if (!source.empty()) node.sources.push_back({source, ""});
  for (const End& end : ends_) {
    node.id = end.id;
    node.type = end.type.empty() ? type : end.type;
    node.labels.clear();
    if (!end.label.empty())
      node.labels["en"] = end.label;
    else if (!is_valid_id(end.id))
      node.labels["en"] = end.id;
    sink.made_node(node, end.place);
  }
}

}  // namespace chokepoint::detail
