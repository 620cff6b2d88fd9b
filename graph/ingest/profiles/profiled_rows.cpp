#include "ingest/profiles/profiled_rows.hpp"

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/tables/bounded_number.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

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
        values_(table.source().profile(), table.source().table().columns(), table.source().file(),
                table.source().given()),
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

std::unique_ptr<FlatRows> profiled_rows(const ProfiledTable& table, std::function<void(std::uint64_t)> on_bytes) {
  return std::make_unique<ProfiledRows>(table, std::move(on_bytes));
}

}  // namespace chokepoint::detail
