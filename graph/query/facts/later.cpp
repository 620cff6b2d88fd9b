#include "chokepoint/query/later.hpp"

#include "chokepoint/store/reader.hpp"

#include <algorithm>

namespace chokepoint {

bool Later::begins_later(std::string_view partial_date) const {
  const auto period = parse_partial_date(partial_date);
  return period && period->first > session_->as_of();
}

bool Later::node_comes_later(const std::string& id) {
  if (id.empty()) return false;
  const auto known = nodes_.find(id);
  if (known != nodes_.end()) return known->second;
  const auto node = session_->reader().node(id);
  return nodes_[id] = node && is_later(*node);
}

/// Whether a fact of that status is about a later time by its nature, and somebody had said so by the day.
bool Later::is_forward(Status status, const std::vector<Citation>& citations) {
  if (!looks_ahead(status)) return false;
  return std::any_of(citations.begin(), citations.end(), [&](const Citation& citation) {
    const auto known = sources_.find(citation.source);
    if (known != sources_.end()) return !known->second;
    const auto source = session_->reader().source(citation.source);
    return !(sources_[citation.source] = source && begins_later(source->date));
  });
}

bool Later::is_later(const Edge& edge) {
  if (begins_later(edge.since)) return !is_forward(edge.status, edge.sources);
  return node_comes_later(edge.from) || node_comes_later(edge.to);
}

bool Later::is_later(const Observation& figure) {
  if (begins_later(figure.as_of.empty() ? figure.since : figure.as_of))
    return !is_forward(figure.status, figure.sources);
  return node_comes_later(figure.subject);
}

}  // namespace chokepoint
