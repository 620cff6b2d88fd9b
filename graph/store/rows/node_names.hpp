#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/text.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

/// What a name of a node is, as numbers in the order of their texts.
enum NameKind : unsigned { alias_name, code_name, id_name, label_name };
/// [NameKind] as `alias` has them.
inline constexpr std::array<std::string_view, 4> name_kinds{"alias", "code", "id", "label"};

/// Calls `visit(kind, tag, name, folded)` for every name that a node is found by; the tag is the scheme of a code or
/// the language of a label. The node's views live as long as it, the folded name during the call.
template <typename Visit>
void for_each_name(const Node& node, Visit&& visit) {
  const auto tell = [&](NameKind kind, std::string_view tag, std::string_view name) {
    std::string folded = fold(name);
    if (folded.empty()) folded = name;
    visit(kind, tag, name, std::move(folded));
  };
  for (const std::string& alias : node.aliases) tell(alias_name, "", alias);
  for (const auto& [scheme, code] : node.codes) tell(code_name, scheme, code);
  tell(id_name, "", node.id);
  for (const auto& [language, label] : node.labels) tell(label_name, language, label);
}

}  // namespace chokepoint::detail
