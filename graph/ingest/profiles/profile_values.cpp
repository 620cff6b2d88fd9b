// How a profile says what a value is made of: templates, words, numbers, dates.
#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/profiles/profile_reader.hpp"
#include "ingest/profiles/table_profile.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

ProfileTemplate profile_template(std::string_view text) {
  ProfileTemplate made;
  made.text = text;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) made.pieces.push_back({literal, false});
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      literal += text[i];
      continue;
    }
    end_literal();
    made.pieces.push_back({std::string(text.substr(i + 1, close - i - 1)), true});
    i = close;
  }
  end_literal();
  return made;
}

void ProfileReader::add_words(WordMap& map, const Json& words, const std::string& at) {
  if (!words.is_object()) return fault(at, fmt::format("an object of words is meant here, not {}", words.kind_name()));
  for (const auto& [word, meaning] : words.as_object())
    if (meaning.is_string())
      map.add(word, meaning.as_string());
    else
      fault(at, fmt::format("\"{}\" must mean a text, not {}", word, meaning.kind_name()));
}

/// A map by its name, or one that stands where it is used.
const WordMap* ProfileReader::words_of(const Json& value, const std::string& at) {
  if (value.is_object()) {
    WordMap& map = profile_.words[fmt::format("at {}", at)];
    add_words(map, value, at);
    return &map;
  }
  if (!value.is_string()) {
    fault(at, fmt::format("words are the name of a map or a map, not {}", value.kind_name()));
    return nullptr;
  }
  const std::string& name = value.as_string();
  if (const auto own = profile_.words.find(name); own != profile_.words.end()) return &own->second;
  if (const auto shared = shared_words().find(name); shared != shared_words().end())
    return &profile_.words.emplace(name, shared->second).first->second;
  std::vector<std::string> known;
  for (const auto& [id, map] : profile_.words)
    if (!id.starts_with("at ")) known.push_back(id);
  for (const auto& [id, map] : shared_words()) known.push_back(id);
  const auto near = suggest(name, known, 1);
  fault(at, near.empty() ? fmt::format("no words \"{}\"; there are {}", name, fmt::join(known, ", "))
                         : fmt::format("no words \"{}\"; did you mean \"{}\"?", name, near.front()));
  return nullptr;
}

void ProfileReader::read_number(const Json& number, const std::string& at, ProfileValue& value) {
  value.is_number = true;
  if (number.is_bool()) return;
  static constexpr std::string_view keys[] = {"factor",    "factors",  "percent", "decimal",
                                              "thousands", "decimals", "or_text"};
  if (!is_object(number, at, keys)) return;
  value.reading.percent = flag(number, "percent", at);
  value.or_text = flag(number, "or_text", at);
  if (const std::string mark = text(number, "decimal", at, false); mark == "as-shown")
    value.reading.is_mixed = true;
  else if (!mark.empty())
    value.reading.decimal = mark.front();
  if (const std::string mark = text(number, "thousands", at, false); !mark.empty())
    value.reading.thousands = mark.front();
  if (const Json* factor = number.find("factor")) {
    const auto scale = factor->to_double();
    if (scale && *scale > 0)
      value.factor = profile_template(format_number(*scale));
    else if (factor->is_string())
      value.factor = profile_template(factor->as_string());
    else
      fault(at, "\"factor\" is a number above 0, or a text with a name in braces");
  }
  if (const Json* factors = number.find("factors")) value.factor_words = words_of(*factors, at + ".factors");
  if (const Json* decimals = number.find("decimals"))
    value.decimals = static_cast<int>(decimals->to_integer().value_or(-1));
}

void ProfileReader::read_date(const Json& object, const std::string& at, ProfileValue& value) {
  const std::string order = text(object, "date", at, false);
  if (order.empty()) return;
  value.is_date = true;
  if (order == "day-first")
    value.reading.dates = DateOrder::day_first;
  else if (order == "month-first")
    value.reading.dates = DateOrder::month_first;
  else if (order != "plain")
    fault(at, fmt::format("\"date\" is plain, day-first or month-first, not \"{}\"", order));
}

ProfileValue ProfileReader::value(const Json& json, const std::string& at) {
  ProfileValue made;
  if (json.is_string()) {
    made.text = profile_template(json.as_string());
    return made;
  }
  if (json.is_array()) {
    for (const Json& choice : json.as_array())
      made.choices.push_back(value(choice, fmt::format("{}[{}]", at, made.choices.size())));
    if (made.choices.empty()) fault(at, "a list of values must hold one");
    return made;
  }
  static constexpr std::string_view keys[] = {"value", "split",  "join", "words",          "only", "slug",
                                              "lower", "number", "date", "share_of_total", "all"};
  if (!is_object(json, at, keys)) return made;
  if (const Json* all = json.find("all")) {
    if (!all->is_array() || json.as_object().size() > 1)
      fault(at, "\"all\" is a list of values and stands alone");
    else
      made = value(*all, at + ".all");
    made.takes_all = true;
    return made;
  }
  const Json* share = json.find("share_of_total");
  made.is_share = share != nullptr;
  made.is_number = made.is_share;
  made.text = profile_template(text(json, made.is_share ? "share_of_total" : "value", at, true));
  made.split = text(json, "split", at, false);
  made.join = text(json, "join", at, false);
  made.only_words = flag(json, "only", at);
  made.is_slug = flag(json, "slug", at);
  made.is_lower = flag(json, "lower", at);
  if (const Json* words = json.find("words")) made.words = words_of(*words, at + ".words");
  if (const Json* number = json.find("number")) read_number(*number, at + ".number", made);
  read_date(json, at, made);
  if (made.only_words && json.find("words") == nullptr) fault(at, "\"only\" goes with \"words\"");
  return made;
}

}  // namespace chokepoint::detail
