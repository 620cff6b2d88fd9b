#include "ingest/profiles/row_values.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/identity/slug.hpp"
#include "ingest/tables/bounded_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace chokepoint::detail {

namespace {

std::optional<double> double_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// A number as people write it, in our writing; a comma is one between thousands where nothing says otherwise.
std::optional<std::string> number_in(std::string_view text, ValueReading reading) {
  if (!reading.is_mixed && reading.thousands == '\0' && reading.decimal == '.') {
    const NumberForm form = number_form(text);
    if (form.comma_is_thousands || form.is_ambiguous) reading.thousands = ',';
  }
  auto number = plain_number(text, reading);
  if (!number || !double_of(*number)) return std::nullopt;
  return number;
}

template <typename Visit>
void for_each_of(std::string_view list, std::string_view mark, Visit&& visit) {
  for (;;) {
    const auto end = list.find(mark);
    visit(list.substr(0, end));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + mark.size());
  }
}

void append_value(std::string& list, std::string_view value) {
  if (value.empty()) return;
  if (!list.empty()) list += list_mark;
  list += value;
}

/// A slug of any text; of a long one, or one in another script, with a hash that says the rest.
std::string short_slug(const std::string& text) {
  constexpr std::size_t kept = 80;
  std::string slug = slug_of(text);
  if (!slug.empty()) return slug;
  slug = slug_of(text.substr(0, kept));
  return (slug.empty() ? "" : slug + "-") + hash_hex(text).substr(0, 8);
}

std::string rounded(double value, int decimals) {
  const double power = std::pow(10.0, decimals);
  const double made = std::round(value * power) / power;
  return format_number(std::isfinite(made) ? made : value);
}

}  // namespace

RowValues::RowValues(const TableProfile& profile, const std::vector<RawColumn>& columns, std::string file,
                     GivenValues given)
    : profile_(profile), file_(std::move(file)), given_(std::move(given)) {
  for (std::size_t i = 0; i < columns.size(); ++i) column_at_.try_emplace(columns[i].name, i);
  for (std::size_t i = 0; i < columns.size(); ++i) column_at_.try_emplace(fold(columns[i].name), i);
  for (std::size_t i = 0; i < profile_.variables.size(); ++i) variable_at_.emplace(profile_.variables[i].first, i);
  variables_.resize(profile_.variables.size());
}

void RowValues::begin(std::span<const std::string_view> cells) {
  cells_ = cells;
  set_.clear();
  for (auto& [is_made, value] : variables_) is_made = false;
}

void RowValues::set(const std::string& name, std::string_view value) {
  set_[name] = value;
  for (auto& [is_made, made] : variables_) is_made = false;
}

std::string_view RowValues::raw(std::string_view name) {
  if (const auto found = set_.find(name); found != set_.end()) return found->second;
  if (const auto found = given_.find(name); found != given_.end()) return found->second;
  if (const auto found = variable_at_.find(name); found != variable_at_.end()) {
    auto& [is_made, value] = variables_[found->second];
    if (!is_made) {
      is_made = true;
      value.clear();  // one that leads back to itself is empty
      std::string made = value_of(profile_.variables[found->second].second);
      value = std::move(made);
    }
    return value;
  }
  if (const auto found = column_at_.find(name); found != column_at_.end()) return cells_[found->second];
  return name == "file" ? std::string_view(file_) : std::string_view();
}

bool RowValues::is_cell(std::string_view name) const {
  return name == "value" || (set_.find(name) == set_.end() && variable_at_.find(name) == variable_at_.end());
}

bool RowValues::is_absent_text(std::string_view value) const {
  return value.size() <= 64 && !profile_.absent.empty() && profile_.absent.contains(fold(value));
}

std::string RowValues::text_of(const ProfileTemplate& text) {
  std::string made;
  std::string_view several;
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.pieces.size() && several.empty(); ++i) {
    const auto& piece = text.pieces[i];
    if (piece.is_name && raw(piece.text).find(list_mark) != std::string_view::npos) several = raw(piece.text), at = i;
  }
  const auto one = [&](std::string_view member) {
    std::string each;
    for (std::size_t i = 0; i < text.pieces.size(); ++i) {
      if (!text.pieces[i].is_name) {
        each += text.pieces[i].text;
        continue;
      }
      const std::string_view given = i == at && !several.empty() ? member : raw(text.pieces[i].text);
      const std::string_view value = without_white_space(given.substr(0, given.find(list_mark)));
      if (value.empty() || (is_absent_text(value) && is_cell(text.pieces[i].text))) return;
      each += value;
    }
    append_value(made, each);
  };
  if (several.empty())
    one({});
  else
    for_each_of(several, std::string_view(&list_mark, 1), one);
  return made;
}

std::string RowValues::number_of(const ProfileValue& value, const std::string& text, double total) {
  auto number = number_in(text, value.reading);
  const auto bounded = takes_bounded_ && !number && !value.is_share ? bounded_number(text) : std::nullopt;
  if (bounded) number = number_in(bounded->number, value.reading);
  if (!number) return value.or_text ? text : std::string();
  double made = double_of(*number).value_or(0);
  if (value.is_share) {
    constexpr double rounding = 0.05;  // totals are rounded, too
    if (total <= 0 || made < 0 || made > total * (1 + rounding)) return {};
    return rounded(std::min(1.0, made / total), value.decimals >= 0 ? value.decimals : 4);
  }
  if (value.factor) {
    std::string factor = text_of(*value.factor);
    if (value.factor_words != nullptr) factor = value.factor_words->meaning_of(factor).value_or("");
    const auto scale = double_of(factor);
    if (!scale) return {};
    ValueReading reading = value.reading;
    reading.scale = *scale;
    if (*scale >= 1)
      number = number_in(bounded ? bounded->number : text, reading);
    else
      number = rounded(made * *scale, 9);
    if (!number) return {};
    made = double_of(*number).value_or(0);
  }
  return value.decimals < 0 ? *number : rounded(made, value.decimals);
}

std::string RowValues::one_value(const ProfileValue& value, std::string text, double total) {
  if (value.words != nullptr) {
    auto meaning = value.words->meaning_of(text);
    if (!meaning && value.only_words) return {};
    if (meaning) text = *std::move(meaning);
  }
  if (value.is_number) return number_of(value, text, total);
  if (value.is_date) {
    const auto form = date_form(text, false);
    if (form && form->plain) return *form->plain;
    if (form && value.reading.dates != DateOrder::unknown)
      return (value.reading.dates == DateOrder::month_first ? form->month_first : form->day_first).value_or(text);
    return text;
  }
  if (value.is_lower) text = fold(text);
  if (value.is_slug) text = short_slug(text);
  return text;
}

std::string RowValues::value_of(const ProfileValue& value, double total) {
  std::string gathered;
  for (const ProfileValue& choice : value.choices) {
    const std::string made = value_of(choice, total);
    if (!value.takes_all && !made.empty()) return made;
    append_value(gathered, made);
  }
  if (!value.choices.empty()) return gathered;
  const std::string given = text_of(value.text);
  if (given.empty()) return given;
  std::string made;
  const auto take = [&](std::string_view one) {
    one = without_white_space(one);
    if (!one.empty() && (value.split.empty() || !is_absent_text(one)))
      append_value(made, one_value(value, std::string(one), total));
  };
  for_each_of(given, std::string_view(&list_mark, 1), [&](std::string_view member) {
    value.split.empty() ? take(member) : for_each_of(member, value.split, take);
  });
  if (value.join.empty()) return made;
  std::string joined;
  for_each_of(made, std::string_view(&list_mark, 1), [&](std::string_view member) {
    if (!joined.empty()) joined += value.join;
    joined += member;
  });
  return joined;
}

bool RowValues::holds(const ProfileCondition& condition) {
  using Test = ProfileCondition::Test;
  std::string text;
  bool is_none = false;
  // A condition looks at what is written, also where that says that there is no value.
  if (condition.subject.pieces.size() == 1 && condition.subject.pieces.front().is_name)
    is_none = is_absent_text(text = without_white_space(raw(condition.subject.pieces.front().text))) &&
              is_cell(condition.subject.pieces.front().text);
  else
    text = text_of(condition.subject);
  const bool is_filled = !text.empty() && !is_none;
  for (const Test test : condition.tests) {
    const auto number = is_filled ? number_in(text, ValueReading()) : std::nullopt;
    const double value = number ? double_of(*number).value_or(0) : 0;
    if ((test == Test::filled && is_filled) || (test == Test::empty && !is_filled) ||
        (test == Test::number && number) || (test == Test::positive && number && value > 0) ||
        (test == Test::zero && number && value == 0) || (test == Test::text && is_filled && !number))
      return true;
  }
  bool found = false;
  for_each_of(text, std::string_view(&list_mark, 1), [&](std::string_view one) {
    found = found || std::any_of(condition.patterns.begin(), condition.patterns.end(),
                                 [&](const Glob& pattern) { return pattern.matches(one); });
  });
  return found;
}

bool RowValues::holds(const std::vector<ProfileCondition>& all) {
  return std::all_of(all.begin(), all.end(), [this](const ProfileCondition& each) { return holds(each); });
}

bool RowValues::any_holds(const std::vector<ProfileCondition>& all) {
  return std::any_of(all.begin(), all.end(), [this](const ProfileCondition& each) { return holds(each); });
}

}  // namespace chokepoint::detail
