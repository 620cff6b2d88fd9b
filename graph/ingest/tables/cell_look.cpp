#include "ingest/tables/cell_look.hpp"

#include "ingest/files/blanks.hpp"
#include "ingest/tables/spell_text.hpp"
#include "ingest/tables/total_rows.hpp"
#include "ingest/tables/value_reading.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// `GM (50%)`: the name of an owner with its share.
bool has_share_behind(std::string_view cell) {
  const auto open = cell.rfind('(');
  if (open == std::string_view::npos || open == 0 || !cell.ends_with(')')) return false;
  const NumberForm form = number_form(cell.substr(open + 1, cell.size() - open - 2));
  return form.is_number && form.has_percent;
}

}  // namespace

bool parts_texts(std::string_view text, std::string_view mark) {
  if (text.find(mark) == std::string_view::npos) return false;
  while (true) {
    const auto end = text.find(mark);
    const std::string_view part = without_outer_blanks(text.substr(0, end));
    if (part.empty() || part.size() > 80) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + mark.size());
  }
}

bool are_names(std::string_view text, std::string_view mark) {
  constexpr std::size_t longest_name = 40;
  constexpr std::ptrdiff_t most_words = 5;
  for (;;) {
    const auto end = text.find(mark);
    const std::string_view part = without_outer_blanks(text.substr(0, end));
    if (part.empty() || part.size() > longest_name || std::ranges::count(part, ' ') >= most_words) return false;
    if (part.front() == '<' || part.front() == '{' || part.front() == '[') return false;  // of another writing
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + mark.size());
  }
}

std::string told_mark(std::string_view mark) { return mark == "\n" ? "\\n" : std::string(without_outer_blanks(mark)); }

void CellLook::take(std::string_view value) {
  if (value.empty()) return;
  ++filled;
  if (has_share.empty() && value.ends_with(')') && has_share_behind(value)) has_share = value;
  if (value.find(list_mark) != std::string_view::npos) {
    ++several;
    return;
  }
  for (std::size_t i = 0; i < list_marks.size(); ++i)
    if (parts_texts(value, list_marks[i])) note_mark(i, value);
  for (std::size_t i = 0; i < clear_marks; ++i) {
    if (value.find(list_marks[i]) == std::string_view::npos) continue;
    ++with_mark[i];
    short_lists[i] += are_names(value, list_marks[i]) ? 1U : 0U;
  }
  if (const auto spells = spells_in(value)) {
    if (!spell.empty() || !std::ranges::all_of(*spells, [](const SpellText& each) { return is_dated(each); })) return;
    spell = value;
  }
  if (parts_texts(value, list_comma)) note_mark(list_marks.size(), value);
  for (const std::string_view cross : {"x", "X", "✓", "✔", "●", "•", "1", "0", "yes", "no"})
    if (value == cross) ++crosses;
  if (const NumberForm form = number_form(value); form.is_number) {
    ++numbers;
    percents += form.has_percent ? 1U : 0U;
  }
  if (!texts.insert(std::string(value)).second && twin.empty()) twin = value;
}

std::string_view CellLook::mark_of_values() const {
  for (std::size_t i = 0; i < clear_marks; ++i)
    if (marks[i] > 0 && short_lists[i] == with_mark[i]) return list_marks[i];
  return {};
}

std::string_view CellLook::mark(bool commas_too) const {
  for (std::size_t i = 0; i < list_marks.size(); ++i)
    if (marks[i] >= (i < clear_marks ? 1U : 2U) || (marks[i] > 0 && marks[i] == filled)) return list_marks[i];
  return commas_too && marks.back() > 0 ? list_comma : std::string_view();
}

void CellLook::note_mark(std::size_t number, std::string_view value) {
  ++marks[number];
  if (example.empty()) example = value;
}

std::vector<CellLook> look_at_cells(const FlatTable& table) {
  std::vector<CellLook> looks(table.columns().size());
  const auto rows = table.rows({});
  FlatRow row;
  for (int number = 0; number < rows_hinted_at && rows->next(row);) {
    if (!row.fault.empty() || is_note_row(row)) continue;
    for (std::size_t i = 0; i < looks.size(); ++i) looks[i].take(row.values[i]);
    ++number;
  }
  return looks;
}

}  // namespace chokepoint::detail
