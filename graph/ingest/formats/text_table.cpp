#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// Tables drawn with characters: psql's, mysql's and sqlite3's output, tables of Markdown and reStructuredText. What a
// cell cannot say, such as where a text of several lines ends, is refused and never guessed.

namespace {

constexpr std::size_t most_tables = 64;
constexpr std::string_view to_csv = "have it written as CSV: psql --csv, mysql --batch, sqlite3 -csv -header";

/// A line with `|` for the bars that boxes are drawn with (U+2500 to U+257F); a text with a bar in it has a cell too
/// many then, and is refused.
/// @param all  with `-` and `+` for the other parts of boxes, too
std::string with_plain_bars(std::string_view line, bool all) {
  std::string plain;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_box = i + 2 < line.size() && line[i] == '\xE2' && (line[i + 1] == '\x94' || line[i + 1] == '\x95');
    const std::string_view sign = is_box ? line.substr(i, 3) : line.substr(i, 1);
    const bool is_bar = sign == "│" || sign == "┃" || sign == "║";
    const bool is_dash = sign == "─" || sign == "━" || sign == "═" || sign == "┄" || sign == "┈";
    if (is_bar)
      plain.push_back('|');
    else if (is_box && all)
      plain.push_back(is_dash ? '-' : '+');
    else
      plain += sign;
    i += sign.size() - 1;
  }
  return plain;
}

/// The rule that a line is, in plain characters, where it rules off the rows of a table of several columns; else empty.
std::string rule_in(std::string_view given) {
  // Most lines are none, which their first character tells.
  given = without_outer_blanks(given);
  if (given.empty() || (static_cast<unsigned char>(given.front()) < 0x80U &&
                        std::string_view("-=:+|").find(given.front()) == std::string_view::npos))
    return {};
  std::string line = with_plain_bars(given, true);
  bool has_dashes = false;
  for (const std::string_view dashes : {"--", "==", ":-", "-:", "|-|"})
    has_dashes = has_dashes || line.find(dashes) != std::string::npos;
  const bool is_rule = has_dashes && line.find_first_of("|+") != std::string::npos &&
                       line.find_first_not_of("-=:+| ") == std::string::npos;
  return is_rule ? line : std::string();
}

/// Whether a `|` at a place stands for itself, as Markdown has it behind a backslash.
bool is_escaped(std::string_view line, std::size_t at) { return at > 0 && line[at - 1] == '\\'; }

/// How a table draws its rows, as its rule shows.
struct TableStyle {
  bool is_markdown = false;  ///< `|---|`, where psql and mysql write `+`
  bool is_box = false;       ///< marks stand at both ends of a row, too

  explicit TableStyle(const std::string& rule) {
    is_markdown = rule.find('+') == std::string_view::npos;
    is_box = rule.front() == '+' || (!is_markdown && rule.front() == '|');
  }
};

/// The cells of a row as they stand between its marks. @param line  with plain boxes
std::vector<std::string_view> cells_of(std::string_view line, const TableStyle& style) {
  if (style.is_markdown || style.is_box) {
    line = without_outer_blanks(line);
    if (line.starts_with('|')) line.remove_prefix(1);
    if (line.ends_with('|') && !(style.is_markdown && is_escaped(line, line.size() - 1))) line.remove_suffix(1);
  }
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0, at = 0;; ++at) {
    if (at < line.size() && (line[at] != '|' || (style.is_markdown && is_escaped(line, at)))) continue;
    cells.push_back(line.substr(begin, at - begin));
    begin = at + 1;
    if (at >= line.size()) return cells;
  }
}

/// The number in `(3 rows)` of psql, `3 rows in set (0.00 sec)` of mysql.
std::optional<std::uint64_t> told_rows(std::string_view line) {
  line = without_outer_blanks(line);
  if (line.starts_with('(')) line.remove_prefix(1);
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), count);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view behind(end, static_cast<std::size_t>(line.data() + line.size() - end));
  return behind.starts_with(" row") && (behind.ends_with(')') || behind.find(" in set") != std::string_view::npos)
             ? std::optional(count)
             : std::nullopt;
}

/// DuckDB names the types of columns below their names.
bool are_types(const std::vector<std::string_view>& cells) {
  constexpr std::string_view types[] = {"varchar", "int8",   "int16",   "int32", "int64",    "uint8",
                                        "uint16",  "uint32", "uint64",  "float", "double",   "boolean",
                                        "date",    "time",   "hugeint", "uuid",  "timestamp"};
  return std::all_of(cells.begin(), cells.end(), [&](std::string_view cell) {
    cell = without_outer_blanks(cell);
    return cell.starts_with("decimal(") || std::find(std::begin(types), std::end(types), cell) != std::end(types);
  });
}

class TextTableReader {
 public:
  TextTableReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), set_(set), stream_(file, context.on_bytes) {
    stream_.skip_byte_order_mark();
  }

  void read() {
    std::string given;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, given); line_ = stream_.line()) {
      check_plain_text(file_, line_, std::string_view(given).substr(0, plain_text_limit));
      const std::string rule = rule_in(given);
      std::string line = with_plain_bars(given, false);
      if (table_ == nullptr)
        look_for_table(rule, std::move(line));
      else if (!take_line(rule, line))
        end_table();
    }
    end_table();
    if (set_.tables.empty()) refuse_at(file_, 1, "there is no table of several columns with a rule below its header");
    if (prose_ > 0) set_.remarks.push_back(fmt::format("{} lines around the tables are passed over", prose_));
    if (marked_ > 0)
      set_.remarks.push_back(fmt::format("signs of Markdown around the text of {} cells are left out", marked_));
  }

 private:
  [[noreturn]] void refuse(const std::string& message) const { refuse_at(file_, line_, message); }

  void look_for_table(const std::string& rule, std::string line) {
    if (!rule.empty()) {
      if (!above_.empty()) begin_table(rule);  // else the upper edge of a box
      return;
    }
    const bool may_be_header = line.find('|') != std::string::npos;
    if (!may_be_header || above_.size() == 3) {
      prose_ += above_.size() + (may_be_header || without_outer_blanks(line).empty() ? 0U : 1U);
      above_.clear();
    }
    if (may_be_header) above_.push_back(std::move(line));
  }
  /// Takes the lines above the rule. DuckDB has the types of the columns there, too.
  std::string header_line() {
    const bool has_types = above_.size() == 2 && style_.is_box && are_types(cells_of(above_[1], style_));
    if (style_.is_box && above_.size() > 1 && !has_types)
      refuse(fmt::format("the names of the columns take several lines; {}", to_csv));
    std::string header = has_types ? above_.front() : above_.back();
    prose_ += has_types ? 0 : above_.size() - 1;
    above_.clear();
    return header;
  }

  void begin_table(const std::string& rule) {
    style_ = TableStyle(rule);
    const std::string header = header_line();
    std::vector<std::string> names;
    for (const std::string_view cell : cells_of(header, style_)) names.push_back(text_of(cell, nullptr));
    const auto marks = [&](char mark) { return std::count(rule.begin(), rule.end(), mark); };
    const auto ruled = static_cast<std::size_t>(marks('|') + marks('+')) + 1;
    const std::size_t ends =
        (rule.find_first_of("|+") == 0 ? 1U : 0U) + (rule.find_last_of("|+") + 1 == rule.size() ? 1U : 0U);
    if (names.size() != ruled - ends)
      refuse(fmt::format("the rule has {} columns and the header above it {}; {}", ruled - ends, names.size(), to_csv));
    name_columns(names);
    const auto same = std::find_if(known_.begin(), known_.end(), [&](const auto& one) { return one.first == names; });
    if (same != known_.end()) {
      table_ = same->second;
    } else {
      if (known_.size() == most_tables) refuse(fmt::format("more than {} tables", most_tables));
      table_ = &set_.add(known_.empty() ? std::string() : fmt::format("table {}", known_.size() + 1));
      for (const std::string& name : names) table_->column(name);
      known_.emplace_back(names, table_);
    }
    columns_ = names.size();
    rows_ = block_rows_ = blocks_ = longest_block_ = 0;
    was_rule_ = true;
  }

  static void name_columns(std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto here = names.begin() + static_cast<std::ptrdiff_t>(i);
      if (names[i].empty())
        names[i] = fmt::format("(column {})", i + 1);
      else if (std::find(names.begin(), here, names[i]) != here)
        names[i] += fmt::format(" (column {})", i + 1);
    }
  }

  /// @return whether the line belongs to the table
  bool take_line(const std::string& rule, const std::string& line) {
    if (!rule.empty()) {
      // The lower edge of a box and the upper one of the next.
      if (std::exchange(was_rule_, true) && rows_ > 0) return false;
      end_block();
      return true;
    }
    was_rule_ = false;
    if (line.find('|') != std::string::npos) {
      take_row(line);
      return true;
    }
    if (const auto told = told_rows(line)) {
      if (line.find("shown") != std::string::npos || *told != rows_)
        refuse(fmt::format("the table says that it has {} rows, and {} are here; {}", *told, rows_, to_csv));
    } else if (!without_outer_blanks(line).empty()) {
      ++prose_;
    }
    return false;
  }
  /// Between the rules of a grid stands one row, which may take several lines.
  void end_block() {
    if (block_rows_ == 0) return;
    longest_block_ = std::max(longest_block_, block_rows_);
    if (++blocks_ > 1 && longest_block_ > 1) refuse(fmt::format("a row takes several lines; {}", to_csv));
    block_rows_ = 0;
  }
  void end_table() {
    if (table_ != nullptr && blocks_ > 0) end_block();
    table_ = nullptr;
  }

  void take_row(const std::string& line) {
    const auto cells = cells_of(line, style_);
    if (cells.size() != columns_ && !(style_.is_markdown && cells.size() < columns_))
      refuse(fmt::format("{} cells where the header has {}; where a value holds a | or a line break, {}", cells.size(),
                         columns_, to_csv));
    if (!style_.is_markdown) require_whole_cells(cells);
    std::vector<std::string> links(cells.size());
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < cells.size(); ++i) texts.push_back(text_of(cells[i], &links[i]));
    if (std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return text == "·" || text == "…"; }))
      refuse(fmt::format("rows are left out of what is shown; {}", to_csv));
    table_->begin_row(line_);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].empty()) table_->set(i, texts[i]);
      if (!links[i].empty()) table_->set(table_->column(table_->columns()[i].name + " link"), links[i]);
    }
    table_->end_row();
    ++rows_;
    ++block_rows_;
  }
  /// psql puts a mark in the place of the blank where a text goes on in the next line.
  void require_whole_cells(const std::vector<std::string_view>& cells) {
    for (std::size_t i = 0; i + (style_.is_box ? 0 : 1) < cells.size(); ++i) {
      const bool has_mark = cells[i].ends_with('+') || cells[i].ends_with("↵") || cells[i].ends_with("…");
      if (!cells[i].empty() && (style_.is_box ? has_mark : cells[i].back() != ' '))
        refuse(fmt::format("a value goes on in the next line, or holds a |; {}", to_csv));
    }
    if (style_.is_box) return;
    const bool is_only_last =
        std::all_of(cells.begin(), cells.end() - 1, [](std::string_view c) { return without_outer_blanks(c).empty(); });
    if (is_only_last && ends_open_) refuse(fmt::format("a value goes on in the next line; {}", to_csv));
    const std::string_view last = without_outer_blanks(cells.back());
    ends_open_ = last.ends_with('+') || last.ends_with("↵");
  }

  /// The text of a cell. @param link  takes the address of one that is a link; nullptr: it is left as it stands
  std::string text_of(std::string_view cell, std::string* link) {
    cell = without_outer_blanks(cell);
    if (!style_.is_markdown) return clean(cell);
    for (const std::string_view mark : {"**", "__", "`", "*", "_"}) {
      if (cell.size() <= 2 * mark.size() || !cell.starts_with(mark) || !cell.ends_with(mark)) continue;
      const std::string_view inside = cell.substr(mark.size(), cell.size() - 2 * mark.size());
      if (inside.find(mark) != std::string_view::npos) continue;
      cell = inside;
      ++marked_;
      break;
    }
    if (const auto middle = cell.find("]("); link != nullptr && middle != std::string_view::npos &&
                                             cell.starts_with('[') && cell.find(')') == cell.size() - 1) {
      *link = clean(cell.substr(middle + 2, cell.size() - middle - 3));
      cell = cell.substr(1, middle - 1);
      ++marked_;
    }
    std::string text;
    for (std::size_t i = 0; i < cell.size(); ++i)
      if (cell[i] != '\\' || i + 1 == cell.size() || cell[i + 1] != '|') text.push_back(cell[i]);
    return without_entities(text);
  }
  static std::string clean(std::string_view text) {
    std::string plain(text);
    for (char& c : plain)
      if (c == list_mark || c == '\0') c = ' ';
    return plain;
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  SpooledTable* table_ = nullptr;  ///< that is being read
  TableStyle style_{std::string("|--|")};
  std::vector<std::pair<std::vector<std::string>, SpooledTable*>> known_;  ///< tables by their columns
  std::vector<std::string> above_;                                         ///< lines that may be a header, the last few
  std::size_t columns_ = 0;
  std::uint64_t line_ = 1, rows_ = 0, block_rows_ = 0, blocks_ = 0, longest_block_ = 0, prose_ = 0, marked_ = 0;
  bool was_rule_ = false;   ///< the line above
  bool ends_open_ = false;  ///< the last row of psql's may go on in the next line
};

}  // namespace

std::optional<std::string> looks_like_text_table(const FileHead& head) {
  std::string_view text = head.text;
  bool has_bars = false;  // in the line above
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos && !head.is_whole) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.find('\0') != std::string_view::npos) return std::nullopt;
    const bool is_rule = !rule_in(line).empty();
    if (is_rule && has_bars) return "it has a rule of dashes below the names of columns";
    if (!is_rule && !without_outer_blanks(line).empty())
      has_bars = with_plain_bars(line, false).find('|') != std::string::npos;
  }
  return std::nullopt;
}

void read_text_table(InputFile& file, const ReadContext& context, TableSet& tables) {
  TextTableReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
