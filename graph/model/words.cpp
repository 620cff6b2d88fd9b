#include "chokepoint/model/words.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "model/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace chokepoint {

namespace {

constexpr int deepest = 6;                 ///< messages within messages
constexpr std::size_t fewest_letters = 3;  ///< patterns of fewer fit everything

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A pattern of fmt, cut at its places; doubled braces are one.
std::vector<std::string> parts_of(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if ((c == '{' || c == '}') && at + 1 < pattern.size() && pattern[at + 1] == c) {
      parts.back() += c;
      ++at;
    } else if (c == '{' && pattern.find('}', at) != std::string_view::npos) {
      at = pattern.find('}', at);
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Of two places side by side the second one is a remedy or a remark behind `; ` or ` (`, or nothing.
std::size_t end_of_first(const std::vector<std::string>& parts, std::size_t i, std::string_view message,
                         std::size_t at) {
  const bool is_last = i + 2 == parts.size();
  const std::size_t end = is_last ? message.size() - parts[i + 1].size() : message.find(parts[i + 1], at);
  return std::min({message.find("; ", at), message.find(" (", at), end});
}

/// What stands in the places of a message that was made of these parts; nullopt when it was not.
std::optional<std::vector<std::string_view>> fit(const std::vector<std::string>& parts, std::string_view message) {
  if (!message.starts_with(parts.front()) || !message.ends_with(parts.back())) return std::nullopt;
  std::vector<std::string_view> found;
  std::size_t at = parts.front().size();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    if (message.size() < at + parts[i].size()) return std::nullopt;
    const std::size_t next = is_last            ? message.size() - parts[i].size()
                             : parts[i].empty() ? end_of_first(parts, i, message, at)
                                                : message.find(parts[i], at);
    if (next == std::string_view::npos || next < at) return std::nullopt;
    found.push_back(message.substr(at, next - at));
    at = next + parts[i].size();
  }
  if (at != message.size()) return std::nullopt;
  return found;
}

/// The translation with its places filled, in order or by number.
std::string filled(std::string_view translation, const std::vector<std::string>& values) {
  std::string text;
  std::size_t in_order = 0;
  for (std::size_t at = 0; at < translation.size(); ++at) {
    const char c = translation[at];
    const std::size_t end = c == '{' ? translation.find('}', at) : std::string_view::npos;
    if ((c == '{' || c == '}') && at + 1 < translation.size() && translation[at + 1] == c) {
      text += c;
      ++at;
    } else if (end != std::string_view::npos) {
      std::size_t number = in_order;
      const auto read = std::from_chars(translation.data() + at + 1, translation.data() + end, number);
      if (read.ptr == translation.data() + at + 1) ++in_order;
      if (number < values.size()) text += values[number];
      at = end;
    } else {
      text += c;
    }
  }
  return text;
}

std::map<std::string, Words, std::less<>> read_all() {
  constexpr std::string_view folder = "words/", extension = ".json";
  std::map<std::string, Words, std::less<>> all;
  for (const std::string_view name : detail::embedded_names()) {
    if (!name.starts_with(folder) || !name.ends_with(extension)) continue;
    const auto language = name.substr(folder.size(), name.size() - folder.size() - extension.size());
    all.emplace(language, Words(detail::embedded(name).value()));
  }
  return all;
}

}  // namespace

const Words& Words::of(std::string_view language) {
  static const Words none;
  if (language == "en") return none;
  static const auto all = read_all();
  const auto found = all.find(language);
  return found == all.end() ? none : found->second;
}

Words::Words(std::string_view json) {
  const Json sections = parse_json(json);
  if (!sections.is_object()) throw SchemaError("words: an object of sections is meant");
  for (const auto& [section, texts] : sections.as_object()) {
    if (!texts.is_object()) throw SchemaError(fmt::format("words: \"{}\" is no object of texts", section));
    for (const auto& [english, other] : texts.as_object()) {
      if (!other.is_string()) throw SchemaError(fmt::format("words: \"{}\" means no text", english));
      texts_.insert_or_assign(english, other.as_string());
    }
  }
  std::map<std::string, std::string, std::less<>> with_braces;  // said by fmt, which writes doubled ones once
  for (const auto& [english, other] : texts_) {
    Pattern pattern{parts_of(english), other, 0};
    if (pattern.parts.size() == 1 && pattern.parts.front() != english)
      with_braces.emplace(pattern.parts.front(), filled(other, {}));
    for (const std::string& part : pattern.parts)
      pattern.letters += static_cast<std::size_t>(std::ranges::count_if(part, is_letter));
    if (pattern.parts.size() > 1 && pattern.letters >= fewest_letters) patterns_.push_back(std::move(pattern));
  }
  texts_.merge(with_braces);
  // What follows a whole message (`{}; try `{}``) is taken off first.
  const auto follows = [](const Pattern& pattern) {
    return pattern.parts.front().empty() && pattern.parts[1].starts_with("; ");
  };
  std::ranges::stable_sort(patterns_, std::greater<>(),
                           [&](const Pattern& pattern) { return std::pair(follows(pattern), pattern.letters); });
}

std::optional<std::string_view> Words::find(std::string_view english) const {
  const auto found = texts_.find(english);
  return found == texts_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::string Words::translated(std::string_view message) const {
  if (texts_.empty()) return std::string(message);
  if (const auto whole = find(message)) return std::string(*whole);
  std::string text;
  for (std::size_t at = 0; at <= message.size();) {
    const std::size_t end = std::min(message.find('\n', at), message.size());
    if (at > 0) text += '\n';
    text += line(message.substr(at, end - at), 0);
    at = end + 1;
  }
  return text;
}

std::string Words::line(std::string_view message, int depth) const {
  if (const auto whole = find(message)) return std::string(*whole);
  // One word is a name or an id.
  if (depth > deepest || message.find(' ') == std::string_view::npos) return std::string(message);
  if (auto made = by_pattern(message, depth)) return *std::move(made);
  return by_parts(message, depth);
}

std::optional<std::string> Words::by_pattern(std::string_view message, int depth) const {
  for (const Pattern& pattern : patterns_) {
    const auto found = fit(pattern.parts, message);
    if (!found) continue;
    std::vector<std::string> values;
    for (const std::string_view value : *found)
      values.push_back(value.find(' ') == std::string_view::npos ? std::string(value) : line(value, depth + 1));
    return filled(pattern.translation, values);
  }
  return std::nullopt;
}

/// A message of which no pattern is known may be two: `file.csv:3: MESSAGE`, `MESSAGE; REMEDY`.
std::string Words::by_parts(std::string_view message, int depth) const {
  if (message.starts_with("; ")) return "；" + line(message.substr(2), depth + 1);
  for (const auto& [between, other] : {std::pair<std::string_view, std::string_view>{": ", "："}, {"; ", "；"}}) {
    const std::size_t at = message.find(between);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view head = message.substr(0, at), rest = message.substr(at + between.size());
    const std::string first = line(head, depth + 1), second = line(rest, depth + 1);
    const std::string_view with_mark = message.substr(at);
    if (second == rest)  // a remedy may be known with the mark in front
      if (const std::string tail = by_pattern(with_mark, depth + 1).value_or(std::string(find(with_mark).value_or("")));
          !tail.empty())
        return first + tail;
    if (first != head || second != rest) return first + std::string(other) + second;
  }
  return std::string(message);
}

}  // namespace chokepoint
