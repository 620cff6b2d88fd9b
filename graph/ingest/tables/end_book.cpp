#include "ingest/tables/end_book.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/identity/counter_id.hpp"
#include "ingest/identity/label_script.hpp"
#include "ingest/tables/apart_names.hpp"
#include "ingest/tables/nameless_ends.hpp"
#include "ingest/tables/value_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// `China¹`, `Taiwan*`, `France (a)`: a name with the mark of a note behind it.
bool has_note_mark(std::string_view name) {
  for (const std::string_view mark : {"*", "†", "‡", "§", "¹", "²", "³", "⁴", "⁵"})
    if (name.size() > mark.size() && name.ends_with(mark)) return true;
  if (name.size() < 5 || !name.ends_with(')')) return false;
  const std::string_view tail = name.substr(name.size() - 4);
  return tail.starts_with(" (") && ((tail[2] >= 'a' && tail[2] <= 'z') || (tail[2] >= '0' && tail[2] <= '9'));
}

Json one_or_list(const std::vector<std::string>& values) {
  if (values.size() == 1) return Json(values.front());
  Json list = Json::array();
  for (const std::string& value : values) list.push(value);
  return list;
}

}  // namespace

void EndBook::add(std::string_view id, std::string_view label, std::string_view type, const Place& place) {
  if (id.empty() || is_no_name(id)) return;
  const std::string folded = fold(id);
  const auto [number, fresh] = folded_.add(folded);
  const auto spelling = static_cast<std::uint32_t>(hash_bytes(id));
  if (fresh) {
    if (files_.size() <= place.file_number) files_.resize(place.file_number + 1);
    files_[place.file_number] = place.file;
    spots_.push_back({place.line, place.file_number, spelling});
    if (folded != id) more_[number].id = id;
  } else if (spots_[number].spelling != spelling) {
    note_spelling(number, id);
  }
  if (label.empty() && type.empty()) return;
  More& more = more_[number];
  if (more.label.empty())
    more.label = label;
  else if (!label.empty() && label != more.label &&
           std::find(more.aliases.begin(), more.aliases.end(), label) == more.aliases.end())
    more.aliases.emplace_back(label);
  if (more.type.empty()) more.type = type;
}

void EndBook::describe(std::string_view id, const std::string& attribute, std::string_view value) {
  if (id.empty() || value.empty() || is_no_name(id)) return;
  std::vector<std::string>& values = more_[folded_.add(fold(id)).first].attributes[attribute];
  const auto is_said = [&](const std::string& before) { return is_one_trait(before, value); };
  if (std::ranges::none_of(values, is_said)) values.emplace_back(value);
}

void EndBook::note_spelling(std::uint32_t number, std::string_view id) {
  constexpr std::size_t most_told = 5;
  More& more = more_[number];
  if (std::find(more.aliases.begin(), more.aliases.end(), id) != more.aliases.end()) return;
  more.aliases.emplace_back(id);
  if (respelled_count_++ < most_told)
    respelled_.emplace_back(id, more.id.empty() ? std::string(folded_.text(number)) : more.id);
}

std::string EndBook::remark() const {
  if (respelled_count_ == 0) return {};
  std::string pairs;
  for (const auto& [other, first] : respelled_)
    pairs += fmt::format("{}{} = {}", pairs.empty() ? "" : ", ", other, first);
  return fmt::format(
      "{} name{} in case, width or accents alone from an earlier one and {} taken for it, as an alias: {}{}",
      respelled_count_, respelled_count_ == 1 ? " differs" : "s differ", respelled_count_ == 1 ? "was" : "were", pairs,
      respelled_count_ > respelled_.size() ? " …" : "");
}

std::string EndBook::note_remark() const {
  constexpr std::size_t most_told = 5;
  std::vector<std::string> found;
  std::size_t count = 0;
  for (std::uint32_t number = 0; number < folded_.size(); ++number) {
    const auto more = more_.find(number);
    const std::string_view name =
        more == more_.end() || more->second.id.empty() ? folded_.text(number) : std::string_view(more->second.id);
    if (!has_note_mark(name)) continue;
    if (count++ < most_told) found.emplace_back(name);
  }
  if (count == 0) return {};
  return fmt::format("{} name{} in the mark of a note and {} taken as written: {}{}", count,
                     count == 1 ? " ends" : "s end", count == 1 ? "was" : "were", fmt::join(found, ", "),
                     count > found.size() ? " …" : "");
}

/// The end that a number is which pandas writes with a point, beside empty cells of its column, `1001.0`.
std::optional<std::uint32_t> EndBook::bare_number_of(std::uint32_t number) const {
  const std::string_view text = folded_.text(number);
  const std::string_view bare = text.substr(0, text.size() - std::min<std::size_t>(text.size(), 2));
  if (bare.empty() || !text.ends_with(".0") || !is_row_number(bare)) return std::nullopt;
  return folded_.find(bare);
}

/// What rows say of a number with a point they say of the one without.
void EndBook::unite_numbers() {
  for (std::uint32_t number = 0; number < folded_.size(); ++number) {
    const auto bare = bare_number_of(number);
    if (!bare) continue;
    if (pointed_count_++ == 0) pointed_ = folded_.text(number);
    const auto said = more_.find(number);
    if (said == more_.end()) continue;
    const More pointed = said->second;
    More& more = more_[*bare];
    if (more.label.empty()) more.label = pointed.label;
    if (more.type.empty()) more.type = pointed.type;
    more.attributes.insert(pointed.attributes.begin(), pointed.attributes.end());
  }
}

std::string EndBook::number_remark() const {
  if (pointed_count_ == 0) return {};
  return fmt::format("{} number{} such as {} {} written without a point elsewhere, and {} the same end", pointed_count_,
                     pointed_count_ == 1 ? "" : "s", pointed_, pointed_count_ == 1 ? "is" : "are",
                     pointed_count_ == 1 ? "is" : "are");
}

void EndBook::emit(RecordSink& sink, const std::string& type, const std::string& source) {
  unite_numbers();
  const More none;
  Node node;
  if (!source.empty()) node.sources.push_back({source, ""});
  for (std::uint32_t number = 0; number < folded_.size(); ++number) {
    if (bare_number_of(number)) continue;
    const auto found = more_.find(number);
    const More& more = found == more_.end() ? none : found->second;
    const std::string_view folded = folded_.text(number);
    node.id = more.id.empty() ? folded : std::string_view(more.id);
    node.type = more.type.empty() ? type : more.type;
    node.attributes.clear();
    if (const bool is_remainder = NamelessEnds::is_made(node.id); is_remainder || !more.attributes.empty()) {
      Json attributes = Json::object();
      for (const auto& [name, values] : more.attributes) attributes.set(name, one_or_list(values));
      if (is_remainder) attributes.set("remainder", true);
      node.attributes = to_text(attributes);
    }
    node.labels.clear();
    node.aliases = more.aliases;
    std::sort(node.aliases.begin(), node.aliases.end());
    if (!more.label.empty())
      node.labels["en"] = more.label;
    else if (!is_valid_id(node.id) || folded != node.id)
      node.labels["en"] = node.id;  // a name, by its capitals or other signs that no id of ours has
    label_by_script(node.labels);
    const Spot& spot = spots_[number];
    sink.made_node(node, {files_[spot.file_number], spot.line, spot.file_number});
  }
}

}  // namespace chokepoint::detail
