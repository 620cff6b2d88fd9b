#include "ingest/files/told_names.hpp"

#include <algorithm>

namespace chokepoint::detail {

bool is_plain_in_quotes(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || std::string_view("'\"`$\\!").find(c) != std::string_view::npos;
  });
}

std::string name_in_commands(std::string_view name) {
  const bool is_plain = !name.starts_with('-') && std::all_of(name.begin(), name.end(), [](char c) {
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_word || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("._-+/,=@:").find(c) != std::string_view::npos;
  });
  if (is_plain) return std::string(name);
  const auto dot = name.rfind('.');
  const std::string_view extension = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
  return "FILE" + (extension.find_first_not_of(".0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                           std::string_view::npos
                       ? std::string(extension)
                       : std::string());
}

std::string stem_in_commands(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

}  // namespace chokepoint::detail
