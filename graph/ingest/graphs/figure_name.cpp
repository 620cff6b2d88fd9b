#include "ingest/graphs/figure_name.hpp"

#include "chokepoint/model/record.hpp"

#include <string>

namespace chokepoint::detail {

namespace {

/// Cuts off what stands behind a mark. @return empty where the mark is not there
std::string_view cut_behind(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const std::string_view tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

/// A name of our own exports; null where it is none.
Json own_figure(std::string_view name) {
  constexpr std::string_view head = "figure.";
  if (!name.starts_with(head)) return {};
  name.remove_prefix(head.size());
  Json figure = Json::object();
  std::string_view unit;
  if (const auto at = name.rfind(" ["); name.ends_with(']') && at != std::string_view::npos) {
    unit = name.substr(at + 2, name.size() - at - 3);
    name = name.substr(0, at);
  }
  const std::string_view relative_to = cut_behind(name, '/'), market = cut_behind(name, '@');
  const std::string_view item = cut_behind(name, '.');
  if (!is_valid_id(name)) return {};
  figure.set("indicator", name);
  if (!unit.empty()) figure.set("unit", unit);
  const auto put = [&](const char* key, std::string_view id) {
    if (!id.empty()) figure.set(key, id);
    return id.empty() || is_valid_id(id);
  };
  const bool is_sound = put("item", item) && put("market", market) && put("relative_to", relative_to);
  return is_sound ? figure : Json();
}

}  // namespace

Json figure_of(std::string_view name) {
  if (Json own = own_figure(name); own.is_object()) return own;
  std::string indicator;
  for (const char c : name) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'))
      indicator += small;
    else if (static_cast<unsigned char>(c) >= 0x80)
      return {};  // what is left of a name in another script would be no name
    else if (!indicator.empty() && indicator.back() != '-')
      indicator += '-';
  }
  while (indicator.ends_with('-')) indicator.pop_back();
  if (!is_valid_id(indicator)) return {};
  Json figure = Json::object();
  figure.set("indicator", indicator);
  return figure;
}

}  // namespace chokepoint::detail
