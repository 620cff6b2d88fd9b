#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"
#include "ingest/formats/text_places.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

// Data frames by column, as pandas writes them unless it is told otherwise: {"source": {"0": "a", "1": "b"}, …}. A row
// stands in all columns, so that all of it is kept until the end.

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20U;
constexpr std::string_view other_way = "pandas writes a row a line by df.to_json(FILE, orient=\"records\", lines=True)";

class ColumnJsonReader : public JsonVisitor {
 public:
  ColumnJsonReader(InputFile& file, TableSet& set) : file_(file), set_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return Step::enter;
    if (path.size() == 1) {
      if (!is_object) refuse_at(file_, 0, fmt::format("column {} is a list, where others are objects", path[0]));
      columns_.push_back({path[0], {}, {}});
      return Step::enter;
    }
    return Step::take;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.empty())
      refuse_at(file_, line, fmt::format("a table by columns is an object of columns, not {}", value.kind_name()));
    if (path.size() < 2)
      refuse_at(file_, line, fmt::format("column {} holds no rows but {}", path[0], value.kind_name()));
    Column& column = columns_.back();
    const std::size_t row = column.values.size();
    if (columns_.size() == 1) {
      rows_.add(path[1]);
      lines_.push_back(line);
      bytes_ += path[1].size() + row_bytes;
    } else if (row >= rows_.size() || rows_[row] != path[1]) {
      refuse_at(file_, line,
                fmt::format("column {} has other rows than column {}; {}", column.name, columns_[0].name, other_way));
    }
    const std::string text = is_scalar(value) || value.is_null() ? std::string(scalar_text(value)) : to_text(value);
    column.values.add(text);
    column.types.push_back(text.empty() ? FlatType::text : is_scalar(value) ? scalar_type(value) : FlatType::json);
    bytes_ += text.size() + row_bytes;
    if (bytes_ > most_bytes) refuse_at(file_, line, fmt::format("columns of over {} bytes; {}", most_bytes, other_way));
  }

  void finish() {
    if (columns_.empty() || rows_.size() == 0) refuse_at(file_, 1, "its columns have no rows");
    SpooledTable& table = set_.add("");
    const bool counts = counts_rows();
    if (!counts) table.column("(row)");
    std::vector<std::size_t> places;
    for (const Column& column : columns_) {
      if (column.values.size() != rows_.size())
        refuse_at(file_, 1,
                  fmt::format("column {} has {} rows and column {} {}; {}", column.name, column.values.size(),
                              columns_[0].name, rows_.size(), other_way));
      places.push_back(table.untyped_column(column.name));
    }
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      table.begin_row(lines_[row]);
      if (!counts) table.set(table.column("(row)"), rows_[row]);
      for (std::size_t i = 0; i < places.size(); ++i)
        if (!columns_[i].values[row].empty())
          table.set_typed(places[i], columns_[i].values[row], columns_[i].types[row]);
      table.end_row();
    }
  }

 private:
  static constexpr std::size_t row_bytes = 24;
  struct Column {
    std::string name;
    TextPool values;
    std::vector<FlatType> types;
  };

  /// Whether the names of the rows only count them.
  [[nodiscard]] bool counts_rows() const {
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (rows_[row].find_first_not_of("0123456789") != std::string_view::npos) return false;
    return true;
  }

  InputFile& file_;
  TableSet& set_;
  std::deque<Column> columns_;
  TextPool rows_;  ///< their names
  std::vector<std::uint64_t> lines_;
  std::size_t bytes_ = 0;
};

/// Whether the members of an object are called 0, 1, 2 … and hold no objects.
bool counts_from_zero(const Json& column) {
  if (!column.is_object() || column.as_object().empty()) return false;
  std::size_t row = 0;
  for (const auto& [name, value] : column.as_object())
    if (name != std::to_string(row++) || value.is_object()) return false;
  return true;
}

/// Whether each of them is an object of single values, and their names are those of the ends of edges.
bool names_ends(const Json& top) {
  std::vector<std::string> words;
  for (const auto& [name, column] : top.as_object()) {
    if (!column.is_object() || column.as_object().empty()) return false;
    for (const auto& [row, value] : column.as_object())
      if (!is_scalar(value) && !value.is_null()) return false;
    words.push_back(header_word(name));
  }
  return ColumnWords::standard().ends_in(words).has_value();
}

}  // namespace

std::optional<std::string> looks_like_column_json(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr || is_own_dataset(*json)) return std::nullopt;
  const Json::Object& members = json->object()->as_object();
  // Objects that are called 0, 1, 2 themselves are rows, or a matrix.
  const bool are_counted = counts_from_zero(members.front().second) && members.front().first != "0" &&
                           std::all_of(members.begin(), members.end() - 1,
                                       [](const auto& member) { return counts_from_zero(member.second); });
  if (!are_counted && !names_ends(*json->object())) return std::nullopt;
  return "it has a column a key, and in it the rows, as pandas writes data frames";
}

void read_column_json(InputFile& file, const ReadContext& context, TableSet& tables) {
  ColumnJsonReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
