#include "ingest/tables/apart_names.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/word_map.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// One spelling of a trait: countries are known in many.
std::string plain_trait(std::string_view value) {
  return shared_words().at("countries").meaning_of(value).value_or(fold(value));
}

/// Whether a name is a code, which means one thing wherever it comes from: a part number, `1002`, `MAX232CPE`.
bool is_code(std::string_view name) {
  std::size_t digits = 0, small = 0, capitals = 0;
  for (const char c : name) {
    if (c == ' ') return false;
    digits += c >= '0' && c <= '9' ? 1U : 0U;
    small += (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80U ? 1U : 0U;
    capitals += c >= 'A' && c <= 'Z' ? 1U : 0U;
  }
  return digits > 0 && (small == 0 || digits >= small + capitals);
}

bool is_several(std::string_view value) { return value.find(list_mark) != std::string_view::npos; }

/// Calls `visit(name, trait)` with the columns of each name that has a trait beside it; the first trait of a name is
/// the one that counts.
void for_each_pair(const TableLayout& layout, const auto& visit) {
  std::vector<Target> seen;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const FlatColumn& column = layout.columns[i];
    if (column.trait.empty() || std::ranges::find(seen, column.trait_of) != seen.end()) continue;
    const FlatColumn* name = find_column(layout.columns, column.trait_of);
    if (name == nullptr || (column.trait_of == Target::label && !layout.names_are_ids)) continue;
    seen.push_back(column.trait_of);
    visit(static_cast<std::size_t>(name - layout.columns.data()), i);
  }
}

}  // namespace

bool is_one_trait(std::string_view one, std::string_view other) { return plain_trait(one) == plain_trait(other); }

void ApartNames::settle() {
  // Where most names stand beside several countries, a row is no node, but a relation to a country.
  if (2 * apart_.size() > traits_.size()) apart_.clear();
}

bool ApartNames::may_concern(const TableLayout& layout) {
  bool concerns = false;
  if (!layout.is_ours) for_each_pair(layout, [&](std::size_t, std::size_t) { concerns = true; });
  return concerns;
}

void ApartNames::note(const TableLayout& layout, const FlatRow& row) {
  if (!row.fault.empty()) return;
  for_each_pair(layout, [&](std::size_t name, std::size_t trait) {
    const std::string_view value = row.values[trait];
    if (row.values[name].empty() || value.empty() || is_several(row.values[name]) || is_several(value)) return;
    if (is_absent(value)) return;
    const std::uint64_t key = hash_bytes(fold(row.values[name]));
    const auto [at, fresh] = traits_.try_emplace(key, hash_bytes(plain_trait(value)));
    if (fresh || at->second == hash_bytes(plain_trait(value))) return;
    if (layout.columns[trait].trait_of != Target::label && is_code(row.values[name])) {
      if (codes_.insert(key).second && code_.empty())
        code_ = row.values[name], code_column_ = layout.columns[trait].name;
      return;
    }
    if (apart_.insert(key).second && column_.empty()) column_ = layout.columns[trait].name;
  });
}

void ApartNames::tell_apart(const TableLayout& layout, FlatRow& row) {
  if (apart_.empty() || !row.fault.empty()) return;
  constexpr std::size_t most_shown = 4;
  std::size_t made = 0;
  const auto put = [&](std::size_t name, std::string_view trait) {
    std::string& text = made_[made++];
    text = fmt::format("{} ({})", row.values[name], without_outer_blanks(trait));
    if (made == 1) values_.assign(row.values.begin(), row.values.end());
    values_[name] = text;
    row.values = values_;
    if (shown_.size() < most_shown && std::ranges::find(shown_, text) == shown_.end()) shown_.push_back(text);
  };
  for (const Target target : {Target::from, Target::to, Target::label}) {
    const FlatColumn* column = find_column(layout.columns, target);
    if (column == nullptr || (target == Target::label && !layout.names_are_ids)) continue;
    const auto name = static_cast<std::size_t>(column - layout.columns.data());
    if (row.values[name].empty() || !apart_.contains(hash_bytes(fold(row.values[name])))) continue;
    std::string_view trait;
    for_each_pair(layout, [&](std::size_t of, std::size_t at) {
      if (of == name) trait = row.values[at];
    });
    if (!trait.empty() && !is_absent(trait))
      put(name, trait);
    else if (bare_++ == 0)
      first_bare_ = row.values[name];
  }
}

std::string ApartNames::code_remark() const {
  if (codes_.empty()) return {};
  return fmt::format(
      "column {}: codes beside several of its values are one node each, with all of them: {}, the first {}",
      code_column_, codes_.size(), code_);
}

std::string ApartNames::remark() const {
  if (shown_.empty()) return {};
  std::string line = fmt::format(
      "{} name{} beside contradicting values of {} and {} several nodes: {}{}; --map \"{}=attributes.NAME\" takes them "
      "for one",
      apart_.size(), apart_.size() == 1 ? " stands" : "s stand", column_, apart_.size() == 1 ? "is" : "are",
      fmt::join(shown_, ", "), shown_.size() > 3 ? " …" : "", column_);
  if (bare_ > 0)
    line += fmt::format("; {} time{} such a name stands alone, as {}", bare_, bare_ == 1 ? "" : "s", first_bare_);
  return line;
}

}  // namespace chokepoint::detail
