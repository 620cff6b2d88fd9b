#include "ingest/profiles/profiled_table.hpp"

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/tables/bounded_number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_set>
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

/// Whether a field is a number that a record can bound: not one that is worked out of others.
bool is_measure_field(const ProfileField& field) {
  const bool is_measure =
      field.target == Target::share || field.target == Target::amount || field.target == Target::value;
  return is_measure && field.value.is_number && !field.value.is_share && field.value.choices.empty();
}

/// Whether a part has such a field, and says nothing of bounds and ranges itself.
bool says_measures(const ProfilePart& part) {
  const auto any = [&](auto&& test) { return std::any_of(part.fields.begin(), part.fields.end(), test); };
  return any(is_measure_field) && !any([](const ProfileField& field) {
           return field.target == Target::bound || field.target == Target::value_high;
         });
}

}  // namespace

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

ProfiledSource::ProfiledSource(const FlatTable& table, std::shared_ptr<const TableProfile> profile, std::string file)
    : table_(table), profile_(std::move(profile)), file_(std::move(file)), totals_(profile_->parts.size()) {}

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
  RowValues values(*profile_, table_.columns(), file_);
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

namespace {

bool may_be_several(Target target) {
  return target == Target::attribute || target == Target::aliases || target == Target::source ||
         target == Target::label || target == Target::code || target == Target::from || target == Target::to ||
         target == Target::from_label || target == Target::to_label;
}

/// The rows of a part, one record after the other.
class ProfiledRows : public FlatRows {
 public:
  ProfiledRows(const ProfiledTable& table, std::function<void(std::uint64_t)> on_bytes)
      : table_(table),
        part_(table.part()),
        values_(table.source().profile(), table.source().table().columns(), table.source().file()),
        id_at_(id_column()),
        has_aliases_(std::any_of(part_.fields.begin(), part_.fields.end(),
                                 [](const ProfileField& field) { return field.target == Target::aliases; })) {
    table_.source().prepare();
    if (part_.each) each_ = each_columns(*part_.each, raw());
    rows_ = table_.source().table().rows(std::move(on_bytes));
    if (part_.is_gathered) gather();
  }

  bool next(FlatRow& row) override {
    while (at_ == waiting_.size())
      if (!fill()) return false;
    const Made& made = waiting_[at_++];
    row.number = made.number;
    row.line = made.line;
    row.fault = made.fault;
    views_.assign(made.values.begin(), made.values.end());
    row.values = views_;
    return true;
  }

 private:
  struct Made {
    std::uint64_t number = 0, line = 0;
    std::vector<std::string> values;
    std::string fault;
  };

  [[nodiscard]] const std::vector<RawColumn>& raw() const { return table_.source().table().columns(); }

  [[nodiscard]] std::size_t id_column() const {
    for (const Target wanted : {Target::id, Target::label})
      for (std::size_t i = 0; i < part_.fields.size(); ++i)
        if (part_.fields[i].target == wanted) return i;
    return 0;
  }

  /// Makes the records of the next row of the source. @return false at its end
  bool fill() {
    if (part_.is_gathered) return false;
    waiting_.clear();
    at_ = 0;
    return read_row([this](Made&& made) { waiting_.push_back(std::move(made)); });
  }

  template <typename Take>
  bool read_row(Take&& take) {
    if (!rows_->next(source_row_)) return false;
    if (!source_row_.fault.empty()) {
      if (table_.part_number() == 0) take({source_row_.number, source_row_.line, {}, source_row_.fault});
      return true;
    }
    values_.begin(source_row_.values);
    for_each_record(part_, each_, values_, raw(), [&] { make(take); });
    return true;
  }

  template <typename Take>
  void make(Take&& take) {
    Made made;
    made.number = source_row_.number;
    made.line = source_row_.line;
    const double total = table_.source().total_of(table_.part_number(), values_);
    const bool is_node = part_.kind == FlatKind::nodes;
    if (part_.is_once && is_node && !seen_.insert(fold(values_.value_of(part_.fields[id_at_].value))).second) return;
    std::optional<BoundedNumber> bounded;
    for (const ProfileField& field : part_.fields) {
      const bool may_be_bounded = table_.has_bounds() && is_measure_field(field);
      values_.take_bounded(may_be_bounded);
      std::string& value = made.values.emplace_back(values_.value_of(field.value, total));
      values_.take_bounded(false);
      if (may_be_bounded && !value.empty() && !bounded) bounded = bounded_number(values_.text_of(field.value.text));
      const bool is_label = field.target == Target::label && has_aliases_;  // the others stand among them
      const auto mark = may_be_several(field.target) && !is_label ? std::string::npos : value.find(list_mark);
      if (mark == std::string::npos) continue;
      value.resize(mark);
      if (!is_label) table_.source().note_first_of_several(field.name);
    }
    if (table_.has_bounds()) put_bound(bounded, made.values);
    for (const std::size_t column : table_.rest()) made.values.emplace_back(source_row_.values[column]);
    if (std::all_of(made.values.begin(), made.values.end(), [](const std::string& value) { return value.empty(); }))
      return;
    if (part_.is_once && !is_node && !seen_.insert(joined(made.values)).second) return;
    leave_out_labels(made.values);
    take(std::move(made));
  }

  /// Of a range a figure has both ends, an edge at least the lower one.
  void put_bound(const std::optional<BoundedNumber>& bounded, std::vector<std::string>& values) {
    const bool has_high = bounded && !bounded->high.empty() && part_.kind == FlatKind::figures;
    const Bound bound = bounded && !has_high ? bounded->bound : Bound::exact;
    values.emplace_back(bound == Bound::exact ? std::string_view() : to_string(bound));
    std::string& high = values.emplace_back();
    if (!has_high) return;
    const auto measure = std::find_if(part_.fields.begin(), part_.fields.end(), is_measure_field);
    high = values_.as_number(measure->value, bounded->high);
  }

  static std::string joined(const std::vector<std::string>& values) {
    std::string all;
    for (const std::string& value : values) {
      all += value;
      all += '\0';
    }
    return all;
  }

  /// An alias that is the label is none, and each is said once.
  void leave_out_labels(std::vector<std::string>& values) const {
    for (std::size_t i = 0; i < part_.fields.size(); ++i) {
      if (part_.fields[i].target != Target::aliases || values[i].empty()) continue;
      std::string kept;
      for (std::string_view rest = values[i]; !rest.empty();) {
        const auto end = std::min(rest.find(list_mark), rest.size());
        const std::string_view alias = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        bool is_label =
            (list_mark + kept + list_mark).find(list_mark + std::string(alias) + list_mark) != std::string::npos;
        for (std::size_t k = 0; k < part_.fields.size(); ++k)
          is_label = is_label || (part_.fields[k].target == Target::label && values[k] == alias);
        if (is_label) continue;
        if (!kept.empty()) kept += list_mark;
        kept += alias;
      }
      values[i] = std::move(kept);
    }
  }

  /// Rows of one id become one, each value once.
  void gather() {
    std::unordered_map<std::string, std::size_t> at;
    while (read_row([&](Made&& made) {
      if (!made.fault.empty()) return waiting_.push_back(std::move(made));
      const auto [found, fresh] = at.try_emplace(fold(made.values[id_at_]), waiting_.size());
      if (fresh)
        waiting_.push_back(std::move(made));
      else
        unite_rows(waiting_[found->second].values, made.values);
    })) {
    }
  }

  void unite_rows(std::vector<std::string>& first, const std::vector<std::string>& later) const {
    for (std::size_t i = 0; i < first.size(); ++i) {
      if (later[i].empty() || later[i] == first[i]) continue;
      if (!may_be_several(*table_.columns()[i].role) && !first[i].empty()) {
        if (fold(later[i]) != fold(first[i])) table_.source().note_first_of_several(table_.columns()[i].name);
        continue;
      }
      const std::string marked = list_mark + first[i] + list_mark;
      if (first[i].empty())
        first[i] = later[i];
      else if (marked.find(list_mark + later[i] + list_mark) == std::string::npos)
        first[i] += list_mark + later[i];
    }
  }

  const ProfiledTable& table_;
  const ProfilePart& part_;
  RowValues values_;
  std::size_t id_at_;
  bool has_aliases_;
  std::vector<EachColumn> each_;
  std::unique_ptr<FlatRows> rows_;
  FlatRow source_row_;
  std::vector<Made> waiting_;
  std::size_t at_ = 0;
  std::unordered_set<std::string> seen_;
  std::vector<std::string_view> views_;
};

}  // namespace

std::unique_ptr<FlatRows> ProfiledTable::rows(std::function<void(std::uint64_t)> on_bytes) const {
  return std::make_unique<ProfiledRows>(*this, std::move(on_bytes));
}

}  // namespace chokepoint::detail
