#include "ingest/graphs/graph_types.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_type = 100;

/// `Developed By`, `DEVELOPED_BY` as `developed-by`.
std::string as_type_id(std::string_view text) {
  std::string id(text);
  std::transform(id.begin(), id.end(), id.begin(), [](char c) {
    if (c == ' ' || c == '_') return '-';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return id;
}

}  // namespace

bool GraphTypes::is_known(FlatKind kind, std::string_view text) const {
  if (context_.options.types.find(text) != context_.options.types.end()) return true;
  return kind == FlatKind::nodes ? context_.ontology.node_type(text).has_value()
                                 : context_.ontology.edge_type(text).has_value();
}

std::string GraphTypes::find(FlatKind kind, std::string_view text) const {
  if (text.size() > longest_type) return {};
  if (is_known(kind, text)) return std::string(text);
  if (std::string id = as_type_id(text); is_known(kind, id)) return id;
  for (std::string_view rest = text; rest.starts_with(':');) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find(':'));
    if (std::string found = part.empty() ? std::string() : find(kind, part); !found.empty()) return found;
    rest.remove_prefix(part.size());
  }
  return {};
}

std::string_view GraphTypes::named(FlatKind kind, std::string_view text) {
  Last& last = last_[kind == FlatKind::nodes ? 0 : 1];
  if (last.text != text) {
    last.named = find(kind, text);
    last.text = text;
  }
  return last.named;
}

}  // namespace chokepoint::detail
