#include "tests/support/table_text.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace chokepoint::test {

namespace {

std::string_view role_text(detail::Target role) {
  using detail::Target;
  switch (role) {
    case Target::ignored: return "ignored";
    case Target::id: return "id";
    case Target::type: return "type";
    case Target::label: return "label";
    case Target::from: return "from";
    case Target::to: return "to";
    case Target::from_type: return "from_type";
    case Target::to_type: return "to_type";
    case Target::direction: return "direction";
    case Target::attribute: return "attribute";
    default: return "other";
  }
}

std::string_view type_text(detail::FlatType type) {
  static constexpr std::array<std::string_view, 4> names{"", "number", "truth", "json"};
  return names.at(static_cast<std::size_t>(type));
}

void put_columns(std::string& out, const detail::FlatTable& table) {
  out += " ";
  for (const detail::RawColumn& column : table.columns()) {
    out += " " + column.name;
    if (column.role) out += "=" + std::string(role_text(*column.role));
    if (column.type != detail::FlatType::text) out += ":" + std::string(type_text(column.type));
  }
  out += "\n";
}

}  // namespace

std::string table_text(const detail::TableSet& tables) {
  std::string out;
  for (const auto& table : tables.tables) {
    out += table->name();
    if (table->kind()) out += *table->kind() == detail::FlatKind::nodes ? " (nodes)" : " (edges)";
    out += "\n";
    put_columns(out, *table);
    const auto rows = table->rows({});
    for (detail::FlatRow row; rows->next(row);) {
      out += "  line " + std::to_string(row.line) + ":";
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (row.values[i].empty()) continue;
        std::string value(row.values[i]);
        std::replace(value.begin(), value.end(), detail::list_mark, '|');
        out += " " + table->columns()[i].name + "=" + value;
      }
      out += "\n";
    }
  }
  for (const std::string& remark : tables.remarks) out += "! " + remark + "\n";
  return out;
}

std::string recognised_as(const std::string& name, std::string_view text) {
  detail::InputFile file(name, text);
  std::string head;
  const auto found = detail::recognise_format(detail::read_head(file, head));
  return found ? std::string(found->format->name) : std::string();
}

std::string read_as_text(const std::string& name, std::string_view text) {
  try {
    detail::InputFile file(name, text);
    std::string head;
    const auto found = detail::recognise_format(detail::read_head(file, head));
    if (!found) return "not recognised";
    detail::TableSet tables;
    found->format->read(file, {}, tables);
    return std::string(found->format->name) + "\n" + table_text(tables);
  } catch (const IngestError& error) {
    const Problem& problem = error.problems.at(0);
    return "refused, line " + std::to_string(problem.line) + ": " + problem.message;
  }
}

std::string read_without_lines(const std::string& name, std::string_view text) {
  std::string all = read_as_text(name, text);
  for (std::size_t at = all.find("  line "); at != std::string::npos; at = all.find("  line ", at))
    all.erase(at + 1, all.find(':', at) - at - 1);
  return all;
}

}  // namespace chokepoint::test
