#include "chokepoint/export/render.hpp"
#include "export/tables/cell_text.hpp"
#include "export/text/text_buffer.hpp"

namespace chokepoint {

void write_jsonl(const Table& table, std::ostream& out) {
  detail::TextBuffer buffer(out);
  std::string line;
  for (const auto& row : table.rows) {
    line.assign(1, '{');  // not = "{", which GCC 12 warns of (bug 105329)
    for (std::size_t index = 0; index < row.size(); ++index) {
      if (detail::is_unknown(row[index])) continue;
      if (line.size() > 1) line.push_back(',');
      append_json_string(line, table.columns[index].key);
      line.push_back(':');
      if (const auto* text = std::get_if<std::string>(&row[index]))
        append_json_string(line, *text);
      else
        line.append(detail::exact_text(row[index]));
    }
    line.append("}\n");
    buffer.put(line);
  }
  buffer.flush();
}

}  // namespace chokepoint
