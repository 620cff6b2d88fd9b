#include "chokepoint/export/render.hpp"
#include "export/tables/cell_text.hpp"
#include "export/text/csv_field.hpp"
#include "export/text/text_buffer.hpp"

namespace chokepoint {

void write_csv(const Table& table, char separator, bool spreadsheet_safe, std::ostream& out) {
  detail::TextBuffer buffer(out);
  std::string field;
  // A lone empty field would be an empty line, which readers skip as no row at all.
  const bool lone = table.columns.size() == 1;
  const auto put_field = [&](std::size_t index, std::string_view text, bool is_text) {
    if (index > 0) buffer.put(separator);
    field.clear();
    if (is_text && spreadsheet_safe && detail::looks_like_formula(text)) field.push_back('\'');
    field.append(text);
    detail::put_csv_field(buffer, field, separator, lone);
  };
  for (std::size_t index = 0; index < table.columns.size(); ++index) put_field(index, table.columns[index].key, true);
  buffer.put('\n');
  for (const auto& row : table.rows) {
    for (std::size_t index = 0; index < row.size(); ++index)
      put_field(index, detail::exact_text(row[index]), std::holds_alternative<std::string>(row[index]));
    buffer.put('\n');
  }
  buffer.flush();
}

}  // namespace chokepoint
