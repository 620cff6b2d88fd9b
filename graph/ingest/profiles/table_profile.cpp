#include "ingest/profiles/table_profile.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/profiles/profile_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace chokepoint::detail {

ProfileReader::ProfileReader(TableProfile& profile) : profile_(profile) {}

void ProfileReader::fault(const std::string& at, const std::string& what) {
  faults_.push_back(at.empty() ? what : at + ": " + what);
}

bool ProfileReader::is_object(const Json& value, const std::string& at, std::span<const std::string_view> keys) {
  if (!value.is_object()) {
    fault(at, fmt::format("an object is meant here, not {}", value.kind_name()));
    return false;
  }
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, member] : value.as_object()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = suggest(key, known, 1);
    fault(at, near.empty() ? fmt::format("unknown key \"{}\"; there are {}", key, fmt::join(known, ", "))
                           : fmt::format("unknown key \"{}\"; did you mean \"{}\"?", key, near.front()));
  }
  return true;
}

std::string ProfileReader::text(const Json& object, std::string_view key, const std::string& at, bool is_required) {
  const Json* value = object.find(key);
  if (value == nullptr) {
    if (is_required) fault(at, fmt::format("\"{}\" is missing", key));
    return {};
  }
  if (value->is_string()) return value->as_string();
  fault(at, fmt::format("\"{}\" must be text, not {}", key, value->kind_name()));
  return {};
}

bool ProfileReader::flag(const Json& object, std::string_view key, const std::string& at) {
  const Json* value = object.find(key);
  if (value == nullptr) return false;
  if (!value->is_bool()) fault(at, fmt::format("\"{}\" must be true or false, not {}", key, value->kind_name()));
  return value->is_bool() && value->as_bool();
}

std::vector<std::string> ProfileReader::texts(const Json* value, const std::string& at) {
  if (value == nullptr) return {};
  if (value->is_string()) return {value->as_string()};
  std::vector<std::string> all;
  if (!value->is_array()) {
    fault(at, fmt::format("a text or a list of texts is meant here, not {}", value->kind_name()));
    return all;
  }
  for (const Json& one : value->as_array())
    if (one.is_string())
      all.push_back(one.as_string());
    else
      fault(at, fmt::format("the list must hold texts, not {}", one.kind_name()));
  return all;
}

std::vector<ProfileCondition> ProfileReader::conditions(const Json* json, const std::string& at) {
  using Test = ProfileCondition::Test;
  static constexpr std::pair<std::string_view, Test> tests[] = {
      {"@filled", Test::filled},     {"@empty", Test::empty}, {"@number", Test::number},
      {"@positive", Test::positive}, {"@zero", Test::zero},   {"@text", Test::text}};
  std::vector<ProfileCondition> all;
  if (json == nullptr) return all;
  if (!json->is_object()) {
    fault(at, fmt::format("conditions are an object of columns and patterns, not {}", json->kind_name()));
    return all;
  }
  for (const auto& [subject, wanted] : json->as_object()) {
    ProfileCondition& made = all.emplace_back();
    made.subject = profile_template(subject.find('{') == std::string::npos ? "{" + subject + "}" : subject);
    for (const std::string& pattern : texts(&wanted, at + "." + subject)) {
      const auto test =
          std::find_if(std::begin(tests), std::end(tests), [&](const auto& each) { return each.first == pattern; });
      if (test != std::end(tests))
        made.tests.push_back(test->second);
      else if (pattern.starts_with('@'))
        fault(at + "." + subject, fmt::format("no test \"{}\"; there are @filled, @empty, @number, @positive, @zero "
                                              "and @text",
                                              pattern));
      else
        made.patterns.emplace_back(pattern);
    }
    if (made.tests.empty() && made.patterns.empty()) fault(at + "." + subject, "a pattern or a test is missing");
  }
  return all;
}

ProfileEach ProfileReader::each(const Json& json, const std::string& at) {
  ProfileEach made;
  static constexpr std::string_view keys[] = {"columns", "values", "as"};
  if (!is_object(json, at, keys)) return made;
  if (const Json* values = json.find("values")) {
    made.values = value(*values, at + ".values");
    made.name = text(json, "as", at, true);
  }
  const Json* columns = json.find("columns");
  if ((columns == nullptr) == !made.values.has_value())
    fault(at, "either \"columns\", a list of patterns, or \"values\" is meant");
  if (columns == nullptr) return made;
  if (!columns->is_array()) {
    fault(at + ".columns", fmt::format("a list is meant here, not {}", columns->kind_name()));
    return made;
  }
  for (const Json& one : columns->as_array()) {
    if (one.is_string()) {
      made.columns.push_back({Glob(one.as_string()), {}});
      continue;
    }
    if (!one.is_object()) {
      fault(at + ".columns", fmt::format("a pattern is text or an object, not {}", one.kind_name()));
      continue;
    }
    ProfileEach::Columns& pattern =
        made.columns.emplace_back(ProfileEach::Columns{Glob(text(one, "pattern", at + ".columns", true)), {}});
    for (const auto& [name, constant] : one.as_object())
      if (name != "pattern" && constant.is_string()) pattern.also.emplace_back(name, constant.as_string());
  }
  return made;
}

ProfileRest ProfileReader::rest(const Json* json, const std::string& at) {
  ProfileRest made;
  if (json == nullptr) return made;
  if (json->is_string()) {
    made.are_attributes = json->as_string() == "attributes";
    if (!made.are_attributes && json->as_string() != "drop")
      fault(at, fmt::format("\"rest\" is attributes or drop, not \"{}\"", json->as_string()));
    return made;
  }
  static constexpr std::string_view keys[] = {"under", "but"};
  if (!is_object(*json, at, keys)) return made;
  made.are_attributes = true;
  made.under = text(*json, "under", at, false);
  for (const std::string& pattern : texts(json->find("but"), at + ".but")) made.but.emplace_back(pattern);
  return made;
}

/// A field by its name: `label`, `label.zh`, `codes.lei`, `attributes.note`.
ProfileField ProfileReader::field(FlatKind kind, const std::string& name, const std::string& at) {
  ProfileField made;
  made.name = name;
  const auto dot = name.find('.');
  const std::string head = name.substr(0, dot), tail = dot == std::string::npos ? "" : name.substr(dot + 1);
  if (head == "attributes" && !tail.empty()) made.target = Target::attribute;
  if (kind == FlatKind::nodes && head == "codes" && !tail.empty()) made.target = Target::code;
  if (kind == FlatKind::nodes && head == "label") made.target = Target::label;
  made.key = made.target == Target::label && tail.empty() ? "en" : tail;
  if (made.target != Target::ignored) return made;
  std::vector<std::string> known{"attributes.NAME"};
  if (kind == FlatKind::nodes) known.insert(known.end(), {"codes.SCHEME", "label.zh"});
  for (const std::string& each : field_names(kind)) {
    if (each == "sources") continue;  // one source a row
    if (each == name) made.target = target_of_name(kind, name).value();
    known.push_back(each);
  }
  if (made.target != Target::ignored) return made;
  const auto near = suggest(name, known, 1);
  fault(at, near.empty() ? fmt::format("no field \"{}\"; there are {}", name, fmt::join(known, ", "))
                         : fmt::format("no field \"{}\"; did you mean \"{}\"?", name, near.front()));
  return made;
}

void ProfileReader::require_fields(const ProfilePart& part, const std::string& at) {
  const auto has = [&](Target target) {
    return std::any_of(part.fields.begin(), part.fields.end(),
                       [&](const ProfileField& field) { return field.target == target; });
  };
  const auto require = [&](Target target, std::string_view name) {
    if (!has(target)) fault(at, fmt::format("the field \"{}\" is missing", name));
  };
  if (part.kind == FlatKind::nodes && !has(Target::label)) require(Target::id, "id");
  if (part.kind == FlatKind::edges) {
    require(Target::from, "from");
    require(Target::to, "to");
  }
  if (part.kind == FlatKind::figures) {
    require(Target::subject, "subject");
    require(Target::indicator, "indicator");
    require(Target::value, "value");
  }
}

ProfilePart ProfileReader::part(const Json& json, const std::string& at) {
  ProfilePart made;
  static constexpr std::string_view keys[] = {"about",  "records",   "when",   "unless", "each", "once",
                                              "gather", "make_ends", "fields", "total",  "rest"};
  if (!is_object(json, at, keys)) return made;
  const std::string records = text(json, "records", at, true);
  if (records == "edges") made.kind = FlatKind::edges;
  if (records == "figures") made.kind = FlatKind::figures;
  if (records != "nodes" && records != "edges" && records != "figures" && !records.empty())
    fault(at, fmt::format("\"records\" are nodes, edges or figures, not \"{}\"", records));
  made.when = conditions(json.find("when"), at + ".when");
  made.unless = conditions(json.find("unless"), at + ".unless");
  if (const Json* given = json.find("each")) made.each = each(*given, at + ".each");
  made.is_once = flag(json, "once", at);
  made.is_gathered = flag(json, "gather", at);
  made.makes_ends = flag(json, "make_ends", at);
  made.rest = rest(json.find("rest"), at + ".rest");
  if (const Json* total = json.find("total")) {
    static constexpr std::string_view total_keys[] = {"when", "by", "value"};
    if (is_object(*total, at + ".total", total_keys)) {
      made.total.emplace();
      made.total->when = conditions(total->find("when"), at + ".total.when");
      for (const std::string& by : texts(total->find("by"), at + ".total.by"))
        made.total->by.push_back(profile_template(by));
      if (const Json* given = total->find("value")) made.total->value = value(*given, at + ".total.value");
    }
  }
  const Json* fields = json.find("fields");
  if (fields == nullptr || !fields->is_object()) {
    fault(at, "\"fields\", an object of fields and values, is missing");
    return made;
  }
  for (const auto& [name, given] : fields->as_object()) {
    ProfileField& one = made.fields.emplace_back(field(made.kind, name, at + ".fields"));
    one.value = value(given, fmt::format("{}.fields.{}", at, name));
  }
  require_fields(made, at);
  return made;
}

void ProfileReader::recognise(const Json* json) {
  if (json == nullptr) return;
  static constexpr std::string_view keys[] = {"columns", "patterns", "values", "formats", "files", "only_when_named"};
  const std::string at = "recognise";
  if (!is_object(*json, at, keys)) return;
  profile_.columns = texts(json->find("columns"), at + ".columns");
  for (const std::string& pattern : texts(json->find("patterns"), at + ".patterns"))
    profile_.patterns.emplace_back(pattern);
  profile_.values = conditions(json->find("values"), at + ".values");
  profile_.formats = texts(json->find("formats"), at + ".formats");
  for (const std::string& file : texts(json->find("files"), at + ".files")) profile_.files.emplace_back(file);
  profile_.only_when_named = flag(*json, "only_when_named", at);
}

void ProfileReader::read_head(const Json& json) {
  static constexpr std::string_view keys[] = {"profile", "title",     "about", "recognise", "absent",
                                              "words",   "variables", "parts", "tally",     "asks"};
  if (!is_object(json, "", keys)) return;
  profile_.id = text(json, "profile", "", true);
  profile_.title = text(json, "title", "", true);
  recognise(json.find("recognise"));
}

void ProfileReader::read(const Json& json) {
  read_head(json);
  if (!json.is_object()) return;
  profile_.tally = text(json, "tally", "", false);
  for (const std::string& absent : texts(json.find("absent"), "absent")) profile_.absent.insert(fold(absent));
  if (const Json* words = json.find("words"); words != nullptr && words->is_object())
    for (const auto& [name, map] : words->as_object()) add_words(profile_.words[name], map, "words." + name);
  if (const Json* variables = json.find("variables"); variables != nullptr && variables->is_object())
    for (const auto& [name, given] : variables->as_object())
      profile_.variables.emplace_back(name, value(given, "variables." + name));
  if (const Json* asks = json.find("asks"); asks != nullptr && asks->is_object())
    for (const auto& [name, where] : asks->as_object())
      profile_.asks.emplace_back(name, text(*asks, name, "asks", true));
  const Json* parts = json.find("parts");
  if (parts == nullptr || !parts->is_array() || parts->as_array().empty())
    return fault("", "\"parts\", a list of what rows become, is missing");
  for (const Json& one : parts->as_array())
    profile_.parts.push_back(part(one, fmt::format("parts[{}]", profile_.parts.size())));
}

}  // namespace chokepoint::detail
