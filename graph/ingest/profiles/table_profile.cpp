#include "ingest/profiles/table_profile.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/files/input_file.hpp"
#include "ingest/profiles/profile_reader.hpp"
#include "model/embedded.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <span>
#include <system_error>

namespace chokepoint::detail {

namespace {

constexpr std::uint64_t largest_profile = std::uint64_t{16} << 20U;

struct ProfileFieldName {
  std::string_view name;
  Target target;
};
constexpr ProfileFieldName profile_node_fields[] = {{"id", Target::id},
                                                    {"type", Target::type},
                                                    {"label", Target::label},
                                                    {"aliases", Target::aliases},
                                                    {"description", Target::description},
                                                    {"since", Target::since},
                                                    {"until", Target::until},
                                                    {"source", Target::source},
                                                    {"locator", Target::locator}};
constexpr ProfileFieldName profile_edge_fields[] = {{"id", Target::id},
                                                    {"type", Target::type},
                                                    {"from", Target::from},
                                                    {"to", Target::to},
                                                    {"from_label", Target::from_label},
                                                    {"to_label", Target::to_label},
                                                    {"from_type", Target::from_type},
                                                    {"to_type", Target::to_type},
                                                    {"item", Target::item},
                                                    {"market", Target::market},
                                                    {"origin", Target::origin},
                                                    {"share", Target::share},
                                                    {"amount", Target::amount},
                                                    {"unit", Target::unit},
                                                    {"performance", Target::performance},
                                                    {"as_of", Target::as_of},
                                                    {"bound", Target::bound},
                                                    {"status", Target::status},
                                                    {"significance", Target::significance},
                                                    {"since", Target::since},
                                                    {"until", Target::until},
                                                    {"confidence", Target::confidence},
                                                    {"group", Target::group},
                                                    {"k", Target::k},
                                                    {"direction", Target::direction},
                                                    {"source", Target::source},
                                                    {"locator", Target::locator}};
constexpr ProfileFieldName profile_figure_fields[] = {
    {"subject", Target::subject}, {"indicator", Target::indicator}, {"value", Target::value},
    {"unit", Target::unit},       {"item", Target::item},           {"market", Target::market},
    {"as_of", Target::as_of},     {"since", Target::since},         {"until", Target::until},
    {"bound", Target::bound},     {"status", Target::status},       {"confidence", Target::confidence},
    {"source", Target::source},   {"locator", Target::locator}};

std::span<const ProfileFieldName> profile_fields_of(FlatKind kind) {
  if (kind == FlatKind::nodes) return profile_node_fields;
  if (kind == FlatKind::edges) return profile_edge_fields;
  return profile_figure_fields;
}

}  // namespace

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
  if (const std::string mark = text(number, "decimal", at, false); !mark.empty()) value.reading.decimal = mark.front();
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
  for (const ProfileFieldName& each : profile_fields_of(kind)) {
    if (each.name == name) made.target = each.target;
    known.emplace_back(each.name);
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
                                              "words",   "variables", "parts", "tally"};
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
  const Json* parts = json.find("parts");
  if (parts == nullptr || !parts->is_array() || parts->as_array().empty())
    return fault("", "\"parts\", a list of what rows become, is missing");
  for (const Json& one : parts->as_array())
    profile_.parts.push_back(part(one, fmt::format("parts[{}]", profile_.parts.size())));
}

std::unique_ptr<const TableProfile> read_profile(std::string_view text, const std::string& origin, bool head_only) {
  auto profile = std::make_unique<TableProfile>();
  ProfileReader reader(*profile);
  try {
    const Json json = parse_json(text);
    head_only ? reader.read_head(json) : reader.read(json);
  } catch (const JsonError& error) {
    throw UsageError(fmt::format("{}: {}", origin, error.what()));
  }
  if (!reader.faults().empty())
    throw UsageError(fmt::format("{}: {}", origin, fmt::join(reader.faults(), fmt::format("\n{}: ", origin))));
  profile->origin = origin;
  return profile;
}

const std::vector<std::unique_ptr<const TableProfile>>& standard_profiles() {
  static const std::vector<std::unique_ptr<const TableProfile>> profiles = [] {
    std::vector<std::unique_ptr<const TableProfile>> all;
    for (const std::string_view name : embedded_names()) {
      if (!name.starts_with("profiles/") || !name.ends_with(".json")) continue;
      if (name == "profiles/columns.json" || name == "profiles/countries.json") continue;
      all.push_back(read_profile(*embedded(name), std::string(name), true));
    }
    return all;
  }();
  return profiles;
}

std::unique_ptr<const TableProfile> load_profile(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& profile : standard_profiles()) {
    if (profile->id == name) return read_profile(*embedded(profile->origin), profile->origin);
    known.push_back(profile->id);
  }
  std::error_code failed;
  if (std::filesystem::is_regular_file(name, failed)) {
    InputFile file{std::filesystem::path(name)};
    if (file.size() > largest_profile) throw UsageError(fmt::format("{}: larger than a profile can be", name));
    std::string text(file.size(), '\0');
    std::size_t size = 0;
    for (std::size_t got = 1; size < text.size() && got > 0; size += got)
      got = file.read(text.data() + size, text.size() - size);
    text.resize(size);
    return read_profile(text, name);
  }
  const auto near = suggest(name, known, 1);
  throw UsageError(fmt::format("--profile {}: neither a profile of ours nor a file; {}", name,
                               near.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                                            : fmt::format("did you mean {}?", near.front())));
}

}  // namespace chokepoint::detail
