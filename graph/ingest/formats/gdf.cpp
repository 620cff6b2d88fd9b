#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/formats/xlsx_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// GDF, the format of GUESS (E. Adar, 2006), which Gephi and many collectors of social networks write, too: a line
// `nodedef>` with the names and types of columns and a node a line below it, then the same for edges behind `edgedef>`.

namespace {

/// How things look is made anew at every export.
constexpr std::array<std::string_view, 14> gdf_looks{"x",         "y",          "z",           "width",       "height",
                                                     "color",     "style",      "visible",     "fixed",       "image",
                                                     "labelsize", "labelcolor", "strokecolor", "labelvisible"};

struct GdfColumn {
  std::string name;
  FlatType type = FlatType::text;
  std::optional<Target> role;
  std::string fallback;  ///< what rows have that say nothing
};

bool is_gdf_quote(char c) { return c == '"' || c == '\''; }

/// Parts a line at its commas. A field in quotes of either kind, at whose end a comma or the line's end stands, may
/// hold some; a quote anywhere else is text.
class GdfFields {
 public:
  explicit GdfFields(std::string_view line) : rest_(line) {}

  std::vector<std::string> all() {
    std::vector<std::string> fields;
    for (;;) {
      while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
      fields.push_back(take());
      if (rest_.empty()) return fields;
      rest_.remove_prefix(1);
    }
  }

 private:
  std::string take() {
    if (!rest_.empty() && is_gdf_quote(rest_.front()) && !is_open_[rest_.front() == '"' ? 0 : 1]) {
      if (const auto end = closing(rest_.front())) return quoted(*end);
      is_open_[rest_.front() == '"' ? 0 : 1] = true;  // nor does any later one of the line
    }
    const auto end = std::min(rest_.find(','), rest_.size());
    std::string field(without_outer_blanks(rest_.substr(0, end)));
    rest_.remove_prefix(end);
    return field;
  }

  /// Where the quote is that closes the field.
  [[nodiscard]] std::optional<std::size_t> closing(char quote) const {
    for (auto at = rest_.find(quote, 1); at != std::string_view::npos; at = rest_.find(quote, at + 1)) {
      if (rest_[at - 1] == '\\') continue;
      const auto behind = rest_.find_first_not_of(" \t", at + 1);
      if (behind == std::string_view::npos || rest_[behind] == ',') return at;
    }
    return std::nullopt;
  }

  std::string quoted(std::size_t end) {
    const char quote = rest_.front();
    std::string field;
    for (std::size_t i = 1; i < end; ++i) {
      const bool is_twice = i + 1 < end && rest_[i] == quote && rest_[i + 1] == quote;
      const bool is_escaped = i + 1 < end && rest_[i] == '\\' && is_gdf_quote(rest_[i + 1]);
      if (is_twice || is_escaped) ++i;
      field.push_back(rest_[i]);
    }
    rest_.remove_prefix(end + 1);
    while (!rest_.empty() && rest_.front() != ',') rest_.remove_prefix(1);
    return field;
  }

  std::string_view rest_;
  std::array<bool, 2> is_open_{};  ///< no quote of the kind closes a field from here on
};

FlatType gdf_type(std::string_view word) {
  const std::string type = lower_ascii(word.substr(0, word.find('(')));
  for (const std::string_view number :
       {"int", "integer", "tinyint", "smallint", "bigint", "long", "float", "double", "real", "decimal", "numeric"})
    if (type == number) return FlatType::number;
  return type == "boolean" || type == "bool" || type == "bit" ? FlatType::truth : FlatType::text;
}

/// `weight DOUBLE default 1`.
GdfColumn gdf_column(std::string_view text) {
  GdfColumn column;
  column.name = without_entities(take_blank_word(text));
  column.type = gdf_type(take_blank_word(text));
  if (lower_ascii(take_blank_word(text)) == "default") column.fallback = GdfFields(text).all().front();
  return column;
}

/// The columns that a line declares. Commas in the brackets of a type part none.
std::vector<GdfColumn> gdf_columns(std::string_view text) {
  std::vector<GdfColumn> columns;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '(') ++depth;
    if (i < text.size() && text[i] == ')') --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    columns.push_back(gdf_column(without_outer_blanks(text.substr(begin, i - begin))));
    begin = i + 1;
  }
  return columns;
}

/// What stands behind `nodedef>` or `edgedef>`; nullopt for another line.
std::optional<std::string_view> behind_definition(std::string_view line, std::string_view word) {
  if (lower_ascii(line.substr(0, word.size())) != word) return std::nullopt;
  return without_outer_blanks(line.substr(word.size()));
}

class GdfReader {
 public:
  GdfReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), set_(set), stream_(file, context.on_bytes), tables_(set) {
    stream_.skip_byte_order_mark();
    tables_.graph_direction = Direction::undirected;  // as the format has it
  }

  void read() {
    std::string given;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, given); line_ = stream_.line()) {
      check_plain_text(file_, line_, given);
      const std::string_view line = without_outer_blanks(given);
      if (line.empty()) continue;
      if (const auto nodes = behind_definition(line, "nodedef>"))
        define(*nodes, false);
      else if (const auto edges = behind_definition(line, "edgedef>"))
        define(*edges, true);
      else
        take_row(line);
    }
    if (columns_.empty()) refuse("there is no line nodedef> or edgedef>, which names the columns");
    tables_.finish();
    left_out_.tell(set_, ", which say how things look");
  }

 private:
  [[noreturn]] void refuse(const std::string& message) { refuse_at(file_, line_, message); }

  void define(std::string_view text, bool of_edges) {
    if (std::exchange(has_part_[of_edges ? 1 : 0], true))
      refuse(fmt::format("a second line {}def>; give each graph a file", of_edges ? "edge" : "node"));
    is_edge_ = of_edges;
    columns_ = gdf_columns(text);
    const std::size_t ends = of_edges ? 2 : 1;
    if (columns_.size() < ends || columns_[ends - 1].name.empty())
      refuse(of_edges ? "the first two columns of edges are their ends" : "the first column of nodes is their id");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      settle(columns_[i], i);
      for (std::size_t k = 0; k < i; ++k)
        if (columns_[k].name == columns_[i].name) refuse(fmt::format("two columns are called {}", columns_[i].name));
    }
  }

  void settle(GdfColumn& column, std::size_t at) {
    if (column.name.empty()) column.name = fmt::format("(column {})", at + 1);
    const std::string word = lower_ascii(column.name);
    if (is_edge_ && at < 2) {
      column.role = at == 0 ? Target::from : Target::to;
    } else if (!is_edge_ && at == 0) {
      column.role = Target::id;
    } else if (word == "label") {
      column.role = Target::label;
    } else if (is_edge_ && word == "directed") {
      column.role = Target::direction;
    } else if (std::find(gdf_looks.begin(), gdf_looks.end(), word) != gdf_looks.end()) {
      column.role = Target::ignored;
      left_out_.add(column.name);
    }
    if (column.role) column.type = FlatType::text;
  }

  void take_row(std::string_view line) {
    if (columns_.empty()) refuse("a line stands above nodedef> or edgedef>, which names the columns");
    const std::vector<std::string> fields = GdfFields(line).all();
    if (fields.size() > columns_.size())
      refuse(fmt::format("{} fields where {} columns are named; one that holds a comma stands in quotes", fields.size(),
                         columns_.size()));
    SpooledTable& table = is_edge_ ? tables_.edges() : tables_.nodes();
    table.begin_row(line_);
    std::optional<Direction> direction;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& given = i < fields.size() && !fields[i].empty() ? fields[i] : columns_[i].fallback;
      if (given.empty()) continue;
      if (columns_[i].role == Target::direction)
        direction = direction_in(given);
      else
        put(table, columns_[i], without_entities(given));
    }
    if (is_edge_) tables_.set_direction(direction);
    table.end_row();
  }

  Direction direction_in(const std::string& text) {
    const std::string word = lower_ascii(text);
    if (word == "true" || word == "1") return Direction::directed;
    if (word == "false" || word == "0") return Direction::undirected;
    refuse(fmt::format("\"{}\" says nothing of the direction; it is true or false", text.substr(0, 80)));
  }

  static void put(SpooledTable& table, const GdfColumn& column, const std::string& text) {
    if (column.role) return table.set(table.column(column.name, FlatType::text, column.role), text);
    const std::string word = lower_ascii(text);
    const auto number = column.type == FlatType::number ? number_text(text) : std::nullopt;
    if (number)
      table.set(table.column(column.name, FlatType::number), *number);
    else if (column.type == FlatType::truth && (word == "true" || word == "false"))
      table.set(table.column(column.name, FlatType::truth), word);
    else
      table.set(table.column(column.name, FlatType::text), text);
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  GraphTables tables_;
  std::vector<GdfColumn> columns_;
  std::array<bool, 2> has_part_{};
  bool is_edge_ = false;
  std::uint64_t line_ = 1;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_gdf(const FileHead& head) {
  std::string_view text = head.text;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  for (const std::string_view word : {"nodedef>", "edgedef>"})
    if (lower_ascii(text.substr(0, word.size())) == word) return fmt::format("it begins with {}", word);
  return std::nullopt;
}

void read_gdf(InputFile& file, const ReadContext& context, TableSet& tables) {
  GdfReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
