#include "ingest/tables/column_words.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "model/embedded.hpp"

#include <algorithm>
#include <stdexcept>

namespace chokepoint::detail {

namespace {

/// The target of a field by its name in the file of words; `label.zh` has a key.
std::pair<Target, std::string> target_named(FlatKind kind, const std::string& name) {
  FlatColumn column;
  if (name == "label.zh") return {Target::label, "zh"};
  take_told_field(column, kind, name);
  return {column.target, column.key};
}

std::map<std::string, std::size_t, std::less<>> ranked(const Json& list) {
  std::map<std::string, std::size_t, std::less<>> ranks;
  for (const Json& word : list.as_array()) ranks.emplace(header_word(word.as_string()), ranks.size());
  return ranks;
}

/// Lists of words by what they mean, the other way round.
void add_meanings(const Json& lists, std::map<std::string, std::string, std::less<>>& words) {
  for (const auto& [meaning, list] : lists.as_object())
    for (const Json& word : list.as_array()) words.emplace(header_word(word.as_string()), meaning);
}

BoundWords bound_words(const Json& meanings) {
  BoundWords words;
  for (const auto& [mark, bound] : meanings.as_object())
    words.emplace_back(fold(mark), parse_bound(bound.as_string()).value());
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return words;
}

}  // namespace

std::string header_word(std::string_view name) {
  std::string spaced;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z') spaced += ' ';
    // Graph databases begin names of their own with a line.
    const bool parts = (c == '_' && i > 0) || c == '-' || c == '.' || c == '/' || c == '\n' || c == '\r' || c == '\t';
    spaced += parts ? ' ' : c;
  }
  std::string word;
  for (const char c : fold(spaced))
    if (c != ' ' || (!word.empty() && word.back() != ' ')) word += c;
  while (word.ends_with(' ')) word.pop_back();
  return word;
}

std::string_view end_word(std::string_view word) {
  for (const std::string_view tail : {" id", " name", " company", " firm", " country", " entity", " organisation",
                                      " organization", " party", " part", " node", " economy", " area"})
    if (word.ends_with(tail)) return word.substr(0, word.size() - tail.size());
  return word;
}

ColumnWords::ColumnWords(std::string_view text) {
  const Json all = parse_json(text);
  for (const FlatKind kind : {FlatKind::nodes, FlatKind::edges})
    for (const auto& [name, list] : all.find(kind == FlatKind::nodes ? "nodes" : "edges")->as_object()) {
      const auto [target, key] = target_named(kind, name);
      for (const auto& [word, rank] : ranked(list))
        fields_[static_cast<std::size_t>(kind)].emplace(word, Field{target, key, rank});
    }
  for (const Json& pair : all.find("ends")->as_array()) {
    EndWords words{ranked(*pair.find("from")), ranked(*pair.find("to")), std::nullopt, {}, {}, false, {}};
    if (const Json* role = pair.find("role")) words.role = parse_role(role->as_string());
    if (const Json* type = pair.find("node_type")) words.node_type = type->as_string();
    if (const Json* type = pair.find("from_type")) words.from_type = type->as_string();
    words.reports = pair.find("reports") != nullptr;
    if (const Json* weak = pair.find("weak"))
      for (const Json& word : weak->as_array()) words.weak.insert(header_word(word.as_string()));
    ends_.push_back(std::move(words));
  }
  for (const bool is_import : {true, false}) {
    const Json& flow = *all.find("flows")->find(is_import ? "import" : "export");
    FlowWords& words = is_import ? imports_ : exports_;
    for (const Json& begin : flow.find("begins")->as_array()) words.begins.push_back(begin.as_string());
    words.words = ranked(*flow.find("words"));
    words.codes = ranked(*flow.find("codes"));
  }
  for (const Json& word : all.find("absent")->as_array()) absents_.insert(fold(word.as_string()));
  for (const Json& word : all.find("open_ends")->as_array()) open_ends_.insert(fold(word.as_string()));
  for (const Json& word : all.find("leading")->as_array()) leading_.insert(header_word(word.as_string()));
  for (const Json& word : all.find("nobody")->as_array()) nobodies_.insert(fold(word.as_string()));
  for (const std::string& word : nobodies_) {
    const auto first = static_cast<unsigned char>(word.front());
    nobody_begins_[first] = true;
    if (first >= 'a' && first <= 'z') nobody_begins_[first - 'a' + 'A'] = true;
    if (first >= 0x80U) std::fill(nobody_begins_.begin() + 0x80, nobody_begins_.end(), true);  // capitals of others
  }
  add_meanings(*all.find("inverse_types"), inverses_);
  add_meanings(*all.find("role_types"), roles_);
  for (const FlatKind kind : {FlatKind::nodes, FlatKind::edges})
    add_meanings(*all.find("type_words")->find(kind == FlatKind::nodes ? "nodes" : "edges"),
                 offered_types_[static_cast<std::size_t>(kind)]);
  add_meanings(*all.find("things"), things_);
  add_meanings(*all.find("traits"), traits_);
  for (const Json& word : all.find("role_columns")->as_array()) role_columns_.insert(header_word(word.as_string()));
  unsigned month = 0;
  for (const Json& names : all.find("months")->as_array()) {
    ++month;
    for (const Json& name : names.as_array()) months_.emplace(fold(name.as_string()), month);
  }
  no_flows_ = ranked(*all.find("flows")->find("neither"));
  items_ = ranked(*all.find("items")->find("words"));
  totals_ = ranked(*all.find("totals")->find("words"));
  wholes_ = ranked(*all.find("totals")->find("wholes"));
  notes_ = ranked(*all.find("notes")->find("words"));
  for (const Json& mark : all.find("notes")->find("marks")->as_array()) note_marks_.push_back(mark.as_string());
  for (const auto& [type, list] : all.find("known_names")->as_object()) known_names_.emplace(type, list.as_string());
  item_type_ = all.find("items")->find("node_type")->as_string();
  for (const auto& [theirs, ours] : all.find("units")->as_object()) units_.emplace(fold(theirs), ours.as_string());
  for (const auto& [word, factor] : all.find("scales")->as_object()) scales_.emplace(fold(word), *factor.to_double());
  const Json& unit_words = *all.find("unit_words");
  for (const auto& [word, factor] : unit_words.find("small")->as_object())
    small_scales_.emplace(fold(word), *factor.to_double());
  for (const auto& [name, words] :
       {std::pair("percent", &percents_), std::pair("fractions", &fractions_),
        std::pair("only_beside_a_unit", &weak_scales_), std::pair("passed_over", &fillers_)})
    for (const Json& word : unit_words.find(name)->as_array()) words->insert(fold(word.as_string()));
  for (const auto& [word, number] : all.find("bounds")->find("said")->as_object())
    numbers_said_.emplace(fold(word), number.as_string());
  bounds_before_ = bound_words(*all.find("bounds")->find("before"));
  bounds_behind_ = bound_words(*all.find("bounds")->find("behind"));
  for (const auto& [field, meanings] : all.find("words")->as_object()) {
    auto& words = words_[target_named(FlatKind::edges, field).first];
    for (const auto& [theirs, ours] : meanings.as_object())
      words.emplace(fold(theirs), ours.is_string() ? ours.as_string() : to_text(ours));
  }
}

std::vector<std::string> ColumnWords::total_words() const {
  std::vector<std::string> words;
  for (const auto* list : {&totals_, &wholes_})
    for (const auto& [word, rank] : *list) words.push_back(word);
  return words;
}

const ColumnWords& ColumnWords::standard() {
  static const ColumnWords words(embedded("profiles/columns.json").value());
  return words;
}

const ColumnWords::Field* ColumnWords::field(FlatKind kind, std::string_view word) const {
  const auto& fields = fields_[static_cast<std::size_t>(kind)];
  const auto found = fields.find(word);
  return found == fields.end() ? nullptr : &found->second;
}

std::optional<ColumnWords::Ends> ColumnWords::ends_in(const std::vector<std::string>& words) const {
  for (const EndWords& known : ends_) {
    std::optional<std::size_t> from, to;
    std::size_t from_rank = 0, to_rank = 0;
    const auto better = [](const auto& ranks, const std::string& word, std::optional<std::size_t>& at,
                           std::size_t& best, std::size_t i) {
      const auto rank = ranks.find(word);
      if (rank == ranks.end() || (at && rank->second >= best)) return;
      at = i;
      best = rank->second;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
      better(known.from, words[i], from, from_rank, i);
      better(known.to, words[i], to, to_rank, i);
    }
    if (from && to && *from != *to)
      return Ends{*from, *to, known.role, known.node_type, known.from_type, known.reports};
  }
  return std::nullopt;
}

std::optional<ColumnWords::Ends> ColumnWords::ends_of_things_in(std::vector<std::string> words) const {
  if (auto found = ends_in(words)) return found;
  const auto is_part = [](const std::string& word) { return word.ends_with(" part") || word.ends_with(" node"); };
  const bool are_parts = std::any_of(words.begin(), words.end(), is_part);
  for (std::string& word : words) {
    std::string_view bare = end_word(word);
    if (bare.ends_with(" company") || bare.ends_with(" entity")) bare = end_word(bare);  // `source company name`
    word = bare == word ? std::string() : std::string(bare);                             // both ends say what they are
  }
  auto found = ends_in(words);
  // A part is no firm, and its parent owns nothing.
  if (found && are_parts) return Ends{found->from, found->to, std::nullopt, {}, {}, false};
  return found;
}

std::optional<std::size_t> ColumnWords::end_in(const std::vector<std::string>& words, bool from) const {
  for (const EndWords& known : ends_)
    for (std::size_t i = 0; i < words.size(); ++i)
      if ((from ? known.from : known.to).contains(words[i]) && !known.weak.contains(words[i])) return i;
  return std::nullopt;
}

unsigned ColumnWords::month(const std::string& folded) const {
  const auto found = months_.find(folded);
  return found == months_.end() ? 0 : found->second;
}

bool ColumnWords::begins_role(const std::string& word) const {
  return std::ranges::any_of(ends_, [&](const EndWords& known) {
    return known.role && !known.reports && known.from.contains(word) && !known.weak.contains(word);
  });
}

bool ColumnWords::is_nobody(std::string_view name) const {
  constexpr std::size_t longest = 40;
  if (name.empty() || name.size() > longest || !nobody_begins_[static_cast<unsigned char>(name.front())]) return false;
  return nobodies_.contains(fold(name));
}

namespace {

std::optional<std::string> found_in(const std::map<std::string, std::string, std::less<>>& words,
                                    std::string_view word) {
  const auto found = words.find(header_word(word));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<std::string> ColumnWords::inverse_of(std::string_view type) const { return found_in(inverses_, type); }
std::optional<std::string> ColumnWords::type_of_role(std::string_view role) const { return found_in(roles_, role); }
std::optional<ColumnWords::Relation> ColumnWords::relation_of(const std::string& word) const {
  if (auto type = inverse_of(word)) return Relation{*std::move(type), false};
  for (const std::string& one : {word, word_of_one(word)})
    if (auto type = type_of_role(one))
      if (const auto side = side_of(one)) return Relation{*std::move(type), !*side};
  if (!leads_on(word)) return std::nullopt;
  if (auto type = type_offered(FlatKind::edges, word)) return Relation{*std::move(type), true};
  const bool is_type = std::ranges::any_of(inverses_, [&](const auto& inverse) { return inverse.second == word; });
  return is_type ? std::optional(Relation{word, true}) : std::nullopt;
}

std::optional<std::string> ColumnWords::type_of_things(const std::string& word) const {
  return found_in(things_, word);
}
std::optional<std::string> ColumnWords::trait(const std::string& word) const { return found_in(traits_, word); }
std::optional<std::string> ColumnWords::type_offered(FlatKind kind, std::string_view theirs) const {
  return found_in(offered_types_[static_cast<std::size_t>(kind)], theirs);
}

std::optional<bool> ColumnWords::is_import(std::string_view text, bool takes_codes) const {
  constexpr std::size_t longest = 80;
  if (text.size() > longest) return std::nullopt;
  const auto names = [](const FlowWords& flow, const std::string& word, bool codes) {
    return flow.words.contains(word) || (codes && flow.codes.contains(word)) ||
           std::ranges::any_of(flow.begins, [&](const std::string& begin) { return word.starts_with(begin); });
  };
  bool imports = false, exports = false;
  for (std::string rest = fold(text) + " "; !rest.empty();) {
    const auto end = rest.find_first_of(" .,:;/()[]-_&+");
    const std::string word = rest.substr(0, end);
    rest.erase(0, end == std::string::npos ? end : end + 1);
    if (no_flows_.contains(word) || word == "important") return std::nullopt;
    // A letter or a figure says so alone and not within a text.
    const bool is_short = word.size() == 1 && word.size() < text.size();
    imports = imports || (!is_short && names(imports_, word, takes_codes));
    exports = exports || (!is_short && names(exports_, word, takes_codes));
  }
  return imports == exports ? std::nullopt : std::optional(imports);
}

std::vector<std::string> ColumnWords::flow_codes(bool of_imports) const {
  std::vector<std::string> codes;
  for (const auto& [code, rank] : (of_imports ? imports_ : exports_).codes) codes.push_back(code);
  return codes;
}

bool ColumnWords::begins_note(std::string_view text) const {
  for (const std::string& mark : note_marks_)
    if (text.starts_with(mark)) return true;
  for (const std::string_view colon : {":", "："})
    if (const auto at = text.find(colon); at != std::string_view::npos && at > 0 && at < 32)
      return notes_.contains(header_word(text.substr(0, at)));
  return false;
}

std::optional<std::string> ColumnWords::unit(const std::string& folded) const {
  const auto found = units_.find(folded);
  return found == units_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> ColumnWords::scale(const std::string& folded) const {
  const auto found = scales_.find(folded);
  return found == scales_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> ColumnWords::number_said(const std::string& folded) const {
  const auto found = numbers_said_.find(folded);
  return found == numbers_said_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> ColumnWords::small_scale(const std::string& folded) const {
  const auto found = small_scales_.find(folded);
  return found == small_scales_.end() ? std::nullopt : std::optional(found->second);
}

const std::map<std::string, std::string, std::less<>>& ColumnWords::words_of(Target target) const {
  static const std::map<std::string, std::string, std::less<>> none;
  const auto found = words_.find(target);
  return found == words_.end() ? none : found->second;
}

std::string word_without_number(std::string word) {
  const auto last = word.find_last_not_of("0123456789");
  if (last == std::string::npos || last + 1 == word.size()) return {};
  word.resize(last + 1);
  while (word.ends_with(' ')) word.pop_back();
  return word;
}

std::string word_of_one(std::string word) {
  if (word.ends_with("ies") && word.size() > 3) return word.substr(0, word.size() - 3) + "y";
  return word.ends_with('s') && word.size() > 1 ? word.substr(0, word.size() - 1) : std::string();
}

std::string word_of_two_writings(const std::string& word) {
  std::string latin, other;
  for (const char c : word) (static_cast<unsigned char>(c) < 0x80U ? latin : other) += c;
  const auto bare = [](std::string& text) {
    std::erase_if(text, [](char c) { return c == '(' || c == ')' || c == '|' || c == ','; });
    while (text.starts_with(' ')) text.erase(0, 1);
    while (text.ends_with(' ')) text.pop_back();
  };
  bare(latin);
  const auto first = static_cast<unsigned char>(other.empty() ? '\0' : other.front());
  const ColumnWords& known = ColumnWords::standard();
  const auto is_known = [&](const std::string& one) {
    return known.field(FlatKind::nodes, one) != nullptr || known.field(FlatKind::edges, one) != nullptr ||
           known.may_be_item(one) || known.end_in({one}, true) || known.end_in({one}, false);
  };
  if (latin.empty() || first < 0xE3U || is_known(word)) return word;
  if (is_known(latin)) return latin;
  return is_known(other) ? other : word;
}

bool is_called_share(std::string_view word) {
  for (const std::string_view end : {" share", " stake", " ownership", " share of", "anteil"})
    if (word.ends_with(end)) return true;
  for (const std::string_view begin : {"share of ", "share in ", "stake ", "percent of ", "pct of ", "percentage of ",
                                       "ownership ", "anteil ", "part de ", "part des ", "cuota ", "quota "})
    if (word.starts_with(begin)) return true;
  for (const std::string_view part : {"占比", "份额", "占有率", "持股比例", "シェア", "점유율"})
    if (word.find(part) != std::string_view::npos) return true;
  return false;
}

std::optional<bool> side_of(const std::string& word) {
  const ColumnWords& known = ColumnWords::standard();
  if (known.end_in({word}, true)) return true;
  return known.end_in({word}, false) ? std::optional(false) : std::nullopt;
}

}  // namespace chokepoint::detail
