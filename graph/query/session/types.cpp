#include "query/session/types.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

namespace {

template <typename Type>
std::uint16_t require_type(const std::vector<Type>& types, std::string_view text, std::string_view what) {
  const std::string wanted = fold(text);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const Type& type = types[i];
    bool named = fold(type.id) == wanted;
    for (const auto& [language, label] : type.labels) named = named || fold(label) == wanted;
    if (named) return static_cast<std::uint16_t>(i);
    ids.push_back(type.id);
  }
  const auto near = suggest(text, ids);
  throw UsageError(fmt::format("no {} type is called \"{}\"{}", what, text,
                               near.empty() ? "; `chokepoint schema` lists them" : did_you_mean(near)));
}

}  // namespace

std::uint16_t require_node_type(const Session& session, std::string_view text) {
  return require_type(session.ontology().node_types(), text, "node");
}

std::uint16_t require_edge_type(const Session& session, std::string_view text) {
  return require_type(session.ontology().edge_types(), text, "edge");
}

std::vector<std::string> node_type_ids(const Session& session, const std::vector<std::string>& texts) {
  std::vector<std::string> ids;
  for (const std::string& text : texts)
    ids.push_back(session.ontology().node_types()[require_node_type(session, text)].id);
  return ids;
}

std::string did_you_mean(const std::vector<std::string>& candidates) {
  if (candidates.empty()) return {};
  return fmt::format("; did you mean {}?", fmt::join(candidates, ", "));
}

Date require_day(std::string_view text, std::string_view option) {
  if (const auto day = parse_as_of(text)) return *day;
  throw UsageError(fmt::format("{}: \"{}\" is no date; write YYYY, YYYY-MM or YYYY-MM-DD", option, text));
}

}  // namespace chokepoint::detail
