#include "ingest/tables/word_map.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "model/embedded.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_remembered = 50000;

/// A code or a number is no name with something around it: 42 is not 4 with a footnote.
bool may_be_trimmed_to(std::string_view name) {
  return name.size() >= 4 && std::any_of(name.begin(), name.end(), [](char c) { return c < '0' || c > '9'; });
}

std::map<std::string, WordMap, std::less<>> read_shared_words() {
  const Json all = parse_json(*embedded("profiles/countries.json"));
  WordMap ids, codes, english, chinese;
  for (const Json& country : all.find("countries")->as_array()) {
    const std::string& code = country.find("code")->as_string();
    std::vector<std::string> spellings{code};
    for (const Json& each : country.find("also")->as_array()) spellings.push_back(each.as_string());
    for (const char* language : {"en", "zh"}) spellings.push_back(country.find(language)->as_string());
    for (const std::string& spelling : spellings) {
      ids.add(spelling, fold(code));
      codes.add(spelling, code);
      english.add(spelling, country.find("en")->as_string());
      chinese.add(spelling, country.find("zh")->as_string());
    }
  }
  for (const Json& trim : all.find("trims")->as_array())
    for (WordMap* map : {&ids, &codes, &english, &chinese}) map->add_trim(trim.as_string());
  std::map<std::string, WordMap, std::less<>> words;
  words.emplace("countries", std::move(ids));
  words.emplace("country codes", std::move(codes));
  words.emplace("country names", std::move(english));
  words.emplace("country names zh", std::move(chinese));
  return words;
}

}  // namespace

const std::map<std::string, WordMap, std::less<>>& shared_words() {
  static const std::map<std::string, WordMap, std::less<>> words = read_shared_words();
  return words;
}

std::string fill_in(std::string_view text, const std::vector<std::string>& names,
                    const std::vector<std::string_view>& values) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    const auto name = close == std::string_view::npos
                          ? names.end()
                          : std::find(names.begin(), names.end(), text.substr(i + 1, close - i - 1));
    if (name == names.end()) {
      filled += text[i];
      continue;
    }
    filled += values[static_cast<std::size_t>(name - names.begin())];
    i = close;
  }
  return filled;
}

void WordMap::add(std::string_view word, std::string_view meaning) {
  Glob glob(word);
  if (glob.is_plain())
    words_.try_emplace(fold(word), meaning);
  else
    patterns_.emplace_back(std::move(glob), meaning);
}

std::vector<std::string> WordMap::plain_meanings() const {
  std::vector<std::string> all;
  for (const auto& [word, meaning] : words_) all.push_back(meaning);
  for (const auto& [pattern, meaning] : patterns_)
    if (meaning.find('{') == std::string::npos) all.push_back(meaning);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::optional<std::string> WordMap::find(std::string_view word) const {
  if (const auto found = words_.find(fold(word)); found != words_.end()) return found->second;
  std::vector<std::string_view> kept;
  for (const auto& [pattern, meaning] : patterns_)
    if (pattern.matches(word, kept)) return fill_in(meaning, pattern.names(), kept);
  return std::nullopt;
}

std::optional<std::string> WordMap::meaning_of(std::string_view word) const {
  if (const auto known = known_.find(std::string(word)); known != known_.end()) return known->second;
  std::optional<std::string> found = find(word);
  std::vector<std::string_view> kept;
  for (std::size_t i = 0; i < trims_.size() && !found; ++i)
    if (trims_[i].matches(word, kept) && may_be_trimmed_to(kept.front())) found = find(kept.front());
  if (known_.size() < most_remembered) known_.emplace(word, found);
  return found;
}

}  // namespace chokepoint::detail
