#include "ingest/checking/plain_edge.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "ingest/checking/text_limits.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

using TakeMember = bool (*)(const Json&, Edge&);

bool is_plain_text(const Json& value, std::size_t longest = longest_text) {
  return value.is_string() && !value.as_string().empty() && value.as_string().size() <= longest &&
         value.as_string().find('\0') == std::string::npos;
}

bool is_plain_id(const Json& value) { return value.is_string() && is_valid_id(value.as_string()); }

/// Numbers of few digits are the same as doubles.
bool is_plain_number(const Json& value) {
  constexpr std::size_t exact_digits = 15;
  if (!value.is_number()) return false;
  const std::string& token = value.as_number().token;
  return token.size() <= exact_digits || token.find_first_of(".eE") != std::string::npos;
}

template <FieldKind Kind, typename Value>
bool take_member(const RecordField<Kind, Edge, Value>& field, const Json& given, Edge& edge) {
  Value& value = edge.*field.member;
  if constexpr (Kind == FieldKind::number) {
    if (!is_plain_number(given)) return false;
    value = given.to_double();
    return value && *value >= field.least && *value <= field.most;
  } else if constexpr (Kind == FieldKind::count) {
    const auto count = given.to_integer();
    if (!count || *count < 1 || *count > std::numeric_limits<std::uint32_t>::max()) return false;
    value = static_cast<std::uint32_t>(*count);
    return true;
  } else if constexpr (Kind == FieldKind::word) {
    const auto word = given.is_string() ? parse_word<Value>(given.as_string()) : std::nullopt;
    value = word.value_or(value);
    return word.has_value();
  } else {
    const bool is_fine = Kind == FieldKind::node   ? is_plain_id(given)
                         : Kind == FieldKind::date ? given.is_string() && parse_partial_date(given.as_string())
                                                   : is_plain_text(given);
    if (is_fine) value = given.as_string();
    return is_fine;
  }
}

bool take_id(const Json& given, Edge& edge) {
  if (!is_plain_id(given)) return false;
  edge.id = given.as_string();
  return true;
}

bool take_citation(const Json& given, Edge& edge) {
  if (!given.is_object()) return false;
  Citation& citation = edge.sources.emplace_back();
  for (const auto& [key, value] : given.as_object()) {
    if (key == "source" && is_plain_id(value))
      citation.source = value.as_string();
    else if (key == "locator" && is_plain_text(value))
      citation.locator = value.as_string();
    else if (key == "read" && is_plain_text(value, longest_read))
      citation.read = value.as_string();
    else
      return false;
  }
  return !citation.source.empty();
}

bool take_sources(const Json& given, Edge& edge) {
  if (!given.is_array()) return false;
  edge.sources.reserve(given.as_array().size());
  for (const Json& citation : given.as_array())
    if (!take_citation(citation, edge)) return false;
  return true;
}

struct Member {
  std::string_view name;
  TakeMember take = nullptr;
};

constexpr auto edge_members = std::tuple_cat(record_heads<Edge>, record_fields<Edge>);
template <std::size_t Place>
bool take_member_at(const Json& given, Edge& edge) {
  return take_member(std::get<Place>(edge_members), given, edge);
}

/// The members of an edge by a hash of their names.
class MemberTable {
 public:
  constexpr MemberTable() {
    add({"id", take_id});
    add({"sources", take_sources});
    [this]<std::size_t... I>(std::index_sequence<I...>) {
      (add({std::get<I>(edge_members).name, take_member_at<I>}), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(edge_members)>>>());
  }
  /// nullptr for a name that is none, and for attributes.
  [[nodiscard]] TakeMember find(std::string_view name) const {
    if (name.empty()) return nullptr;
    for (std::size_t slot = slot_of(name); !members_[slot].name.empty(); slot = (slot + 1) % slots)
      if (members_[slot].name == name) return members_[slot].take;
    return nullptr;
  }

 private:
  static constexpr std::size_t slots = 128;
  static constexpr std::size_t slot_of(std::string_view name) {
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(name[at])); };
    return (name.size() * 31 + byte(0) * 7 + byte(name.size() - 1) * 3 + byte(name.size() / 2)) % slots;
  }
  constexpr void add(Member member) {
    std::size_t slot = slot_of(member.name);
    // Names tell which slots are free: sanitizers make addresses of functions no constants to compare.
    while (!members_[slot].name.empty()) slot = (slot + 1) % slots;
    members_[slot] = member;
  }
  std::array<Member, slots> members_{};
};
constexpr MemberTable member_table;

}  // namespace

std::optional<Edge> plain_edge(const Json& value, const Ontology& ontology, const std::string& default_source) {
  std::optional<Edge> made(std::in_place);
  Edge& edge = *made;
  for (const auto& [key, member] : value.as_object()) {
    const TakeMember take = member_table.find(key);
    if (take == nullptr || !take(member, edge)) return std::nullopt;
  }
  if (edge.from.empty() || edge.to.empty() || !ontology.edge_type(edge.type)) return std::nullopt;
  if (!edge.since.empty() && !edge.until.empty() && !parse_validity(edge.since, edge.until)) return std::nullopt;
  if (edge.sources.empty()) {
    if (default_source.empty()) return std::nullopt;
    edge.sources.push_back({default_source, ""});
  }
  return made;
}

}  // namespace chokepoint::detail
