#include "ingest/profiles/profiled_table.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/profiles/profiled_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_told_values = 8;

void add_names(const ProfileTemplate& text, std::set<std::string>& names) {
  for (const auto& piece : text.pieces)
    if (piece.is_name) names.insert(piece.text);
}

void add_names(const ProfileValue& value, std::set<std::string>& names) {
  for (const ProfileValue& choice : value.choices) add_names(choice, names);
  add_names(value.text, names);
  if (value.factor) add_names(*value.factor, names);
}

/// The columns and variables that a part asks for.
std::set<std::string> names_in(const TableProfile& profile, const ProfilePart& part) {
  std::set<std::string> names;
  for (const ProfileField& field : part.fields) add_names(field.value, names);
  for (const auto* conditions : {&part.when, &part.unless})
    for (const ProfileCondition& condition : *conditions) add_names(condition.subject, names);
  if (part.each && part.each->values) add_names(*part.each->values, names);
  if (part.total)
    for (const ProfileTemplate& by : part.total->by) add_names(by, names);
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const auto& [name, value] : profile.variables)
      if (names.contains(name)) add_names(value, names);
  }
  std::set<std::string> folded;
  for (const std::string& name : names) folded.insert(fold(name));
  return folded;
}

/// The one column that a value is taken from as it stands.
std::string only_name(const ProfileValue& value) {
  const bool is_plain = value.choices.empty() && value.text.pieces.size() == 1 && value.text.pieces.front().is_name;
  return is_plain ? value.text.pieces.front().text : std::string();
}

FlatType type_of(const ProfileValue& value, const FlatTable& table) {
  if (value.is_number) return FlatType::number;
  const std::string name = only_name(value);
  const bool is_as_it_is = value.words == nullptr && !value.is_date && value.split.empty() && value.join.empty();
  for (const RawColumn& column : table.columns())
    if (is_as_it_is && column.name == name) return column.type;
  return FlatType::text;
}

}  // namespace

namespace {

/// Whether a part has such a field, and says nothing of bounds and ranges itself.
bool says_measures(const ProfilePart& part) {
  const auto any = [&](auto&& test) { return std::any_of(part.fields.begin(), part.fields.end(), test); };
  return any(is_measure_field) && !any([](const ProfileField& field) {
           return field.target == Target::bound || field.target == Target::value_high;
         });
}

}  // namespace

bool is_measure_field(const ProfileField& field) {
  const bool is_measure =
      field.target == Target::share || field.target == Target::amount || field.target == Target::value;
  return is_measure && field.value.is_number && !field.value.is_share && field.value.choices.empty();
}

std::vector<EachColumn> each_columns(const ProfileEach& each, const std::vector<RawColumn>& columns) {
  std::vector<EachColumn> found;
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (const ProfileEach::Columns& pattern : each.columns) {
      std::vector<std::string_view> kept;
      if (!pattern.pattern.matches(columns[i].name, kept)) continue;
      EachColumn& made = found.emplace_back();
      made.column = i;
      for (std::size_t k = 0; k < kept.size(); ++k) made.variables.emplace_back(pattern.pattern.names()[k], kept[k]);
      made.variables.insert(made.variables.end(), pattern.also.begin(), pattern.also.end());
      break;
    }
  return found;
}

void for_each_record(const ProfilePart& part, const std::vector<EachColumn>& columns, RowValues& values,
                     const std::vector<RawColumn>& raw, const std::function<void()>& visit) {
  const auto visit_if = [&] {
    if (values.holds(part.when) && !values.any_holds(part.unless)) visit();
  };
  if (!part.each) return visit_if();
  if (!part.each->values) {
    for (const EachColumn& column : columns) {
      values.set("column", raw[column.column].name);
      values.set("value", values.cell(column.column));
      for (const auto& [name, value] : column.variables) values.set(name, value);
      visit_if();
    }
    return;
  }
  const std::string list = values.value_of(*part.each->values);
  for (std::string_view rest = list; !rest.empty();) {
    const auto end = std::min(rest.find(list_mark), rest.size());
    values.set(part.each->name, rest.substr(0, end));
    visit_if();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  values.set(part.each->name, {});
}

ProfiledSource::ProfiledSource(const FlatTable& table, std::shared_ptr<const TableProfile> profile, std::string file,
                               GivenValues given)
    : table_(table),
      profile_(std::move(profile)),
      file_(std::move(file)),
      given_(std::move(given)),
      totals_(profile_->parts.size()) {}

std::string ProfiledSource::group_of(const ProfileTotal& total, RowValues& values) {
  std::string group;
  for (const ProfileTemplate& by : total.by) {
    group += fold(values.text_of(by));
    group += list_mark;
  }
  return group;
}

double ProfiledSource::total_of(std::size_t part, RowValues& values) const {
  const auto& total = profile_->parts[part].total;
  if (!total) return 0;
  const auto found = totals_[part].find(group_of(*total, values));
  return found == totals_[part].end() ? 0 : found->second;
}

void ProfiledSource::look_at(RowValues& values) {
  ++rows_;
  bool is_taken = false;
  for (std::size_t i = 0; i < profile_->parts.size(); ++i) {
    const ProfilePart& part = profile_->parts[i];
    const std::vector<EachColumn>& columns = each_[i];
    for_each_record(part, columns, values, table_.columns(), [&] { is_taken = true; });
    if (!part.total) continue;
    ProfilePart totals;
    totals.when = part.total->when;
    totals.each = part.each;
    for_each_record(totals, columns, values, table_.columns(), [&] {
      is_taken = true;
      const std::string text = values.value_of(part.total->value);
      double number = 0;
      if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc() && number > 0)
        totals_[i].try_emplace(group_of(*part.total, values), number);
    });
  }
  if (is_taken) return;
  ++left_rows_;
  if (profile_->tally.empty()) return;
  const std::string_view kind = values.raw(profile_->tally);
  if (left_out_.size() < 1000 || left_out_.contains(std::string(kind))) ++left_out_[std::string(kind)];
}

void ProfiledSource::prepare() {
  if (std::exchange(is_prepared_, true)) return;
  const bool is_needed =
      std::all_of(profile_->parts.begin(), profile_->parts.end(),
                  [](const ProfilePart& part) {
                    return !part.when.empty() || !part.unless.empty() || part.each || part.total;
                  }) ||
      std::any_of(profile_->parts.begin(), profile_->parts.end(), [](const ProfilePart& part) { return part.total; });
  if (!is_needed) return;
  for (const ProfilePart& part : profile_->parts)
    each_.push_back(part.each ? each_columns(*part.each, table_.columns()) : std::vector<EachColumn>());
  filled_.resize(table_.columns().size());
  RowValues values(*profile_, table_.columns(), file_, given_);
  const auto rows = table_.rows({});
  FlatRow row;
  while (rows->next(row)) {
    const bool is_empty =
        std::all_of(row.values.begin(), row.values.end(), [](std::string_view v) { return v.empty(); });
    if (!row.fault.empty() || is_empty) continue;
    for (std::size_t i = 0; i < row.values.size(); ++i)
      if (!row.values[i].empty()) filled_[i] = true;
    values.begin(row.values);
    look_at(values);
  }
}

std::vector<std::string> ProfiledSource::remarks() const {
  std::vector<std::string> lines;
  if (left_rows_ > 0) {
    std::vector<std::string> kinds;
    for (const auto& [kind, count] : left_out_)
      if (kinds.size() < most_told_values) kinds.push_back(fmt::format("{} {}", kind.empty() ? "(none)" : kind, count));
    lines.push_back(fmt::format("{} of {} rows are nothing that the profile {} takes, and were left out{}{}{}",
                                left_rows_, rows_, profile_->id, kinds.empty() ? "" : ": ", fmt::join(kinds, ", "),
                                left_out_.size() > kinds.size() ? " …" : ""));
  }
  if (!firsts_.empty())
    lines.push_back(
        fmt::format("where a record has several values for one of {}, the first was taken", fmt::join(firsts_, ", ")));
  std::set<std::string> used;
  for (const ProfilePart& part : profile_->parts) {
    if (part.rest.are_attributes) return lines;
    for (const std::string& name : names_in(*profile_, part)) used.insert(name);
    if (part.each)
      for (const EachColumn& column : each_columns(*part.each, table_.columns()))
        used.insert(fold(table_.columns()[column.column].name));
  }
  for (const std::string& column : profile_->columns) used.insert(fold(column));
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < table_.columns().size(); ++i) {
    const std::string& name = table_.columns()[i].name;
    const bool is_empty = i < filled_.size() && !filled_[i];
    if (!name.empty() && !is_empty && !used.contains(fold(name))) unused.push_back(name);
  }
  if (!unused.empty())
    lines.push_back(fmt::format(
        "the profile {} has no use for {} column{}, left out: {}", profile_->id, unused.size(),
        unused.size() == 1 ? "" : "s",
        fmt::join(unused.begin(),
                  unused.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(unused.size(), 20)), ", ")));
  return lines;
}

ProfiledTable::ProfiledTable(std::shared_ptr<ProfiledSource> source, std::size_t part)
    : source_(std::move(source)), part_(part) {
  for (const ProfileField& field : this->part().fields) {
    RawColumn& column = columns_.emplace_back();
    column.name = only_name(field.value);
    const auto& raw = source_->table().columns();
    const bool is_column =
        std::any_of(raw.begin(), raw.end(), [&](const RawColumn& c) { return c.name == column.name; });
    const bool is_twice =
        std::any_of(columns_.begin(), columns_.end() - 1, [&](const RawColumn& c) { return c.name == column.name; });
    if (!is_column || is_twice) column.name = field.name;
    column.role = field.target;
    column.key = field.key;
    column.is_told = true;
    if (field.target == Target::attribute) column.type = type_of(field.value, source_->table());
  }
  has_bounds_ = says_measures(this->part());
  if (has_bounds_) {
    columns_.push_back({"(bound)", FlatType::text, Target::bound, {}, true});
    columns_.push_back({"(range)",
                        FlatType::text,
                        this->part().kind == FlatKind::figures ? Target::value_high : Target::ignored,
                        {},
                        true});
  }
  if (this->part().rest.are_attributes) add_rest();
}

void ProfiledTable::add_rest() {
  const std::set<std::string> used = names_in(source_->profile(), part());
  std::set<std::string> keys;
  for (const RawColumn& column : columns_)
    if (column.role == Target::attribute) keys.insert(column.key);
  const auto& raw = source_->table().columns();
  const ProfileRest& rest = part().rest;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i].name.empty() || used.contains(fold(raw[i].name))) continue;
    if (std::any_of(rest.but.begin(), rest.but.end(), [&](const Glob& glob) { return glob.matches(raw[i].name); }))
      continue;
    RawColumn column = raw[i];
    column.role = Target::attribute;
    column.key = column.name;
    if (!rest.under.empty() && column.key.starts_with(rest.under)) column.key.erase(0, rest.under.size());
    if (column.key.empty() || !keys.insert(column.key).second) continue;
    columns_.push_back(std::move(column));
    rest_.push_back(i);
  }
}

std::unique_ptr<FlatRows> ProfiledTable::rows(std::function<void(std::uint64_t)> on_bytes) const {
  return profiled_rows(*this, std::move(on_bytes));
}

}  // namespace chokepoint::detail
