#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/present/import.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

Answer explanation_answer(const std::vector<FileExplanation>& files, const std::string& command) {
  Answer answer{.command = "import-explain", .result = Json::array(), .coverage = Json::object()};
  const auto texts = [](const std::vector<std::string>& lines) {
    Json list = Json::array();
    for (const std::string& line : lines) list.push(line);
    return list;
  };
  for (const FileExplanation& file : files) {
    Json entry = Json::object(), tables = Json::array();
    entry.set("file", file.file);
    entry.set("format", file.format);
    entry.set("why", file.why);
    answer.heading.push_back(fmt::format("{}: {}, because {}", file.file, file.format, file.why));
    for (const FileExplanation::Table& table : file.tables) {
      Json one = Json::object(), columns = Json::array(), records = Json::array();
      Table shown;
      shown.title =
          fmt::format("{}{} as {}", file.file, table.name.empty() ? "" : " [" + table.name + "]", table.holds);
      shown.columns = {{"column", "Column", false, CellText::quoted},
                       {"field", "Is read as", false, CellText::names},
                       {"reading", "Written as", true}};
      for (const FileExplanation::Column& column : table.columns) {
        Json each = Json::object();
        each.set("name", column.name);
        each.set("field", column.field);
        each.set("reading", column.reading);
        columns.push(std::move(each));
        shown.rows.push_back({column.name, column.field, column.reading});
      }
      for (const std::string& record : table.records) records.push(parse_json(record));
      one.set("name", table.name);
      one.set("holds", table.holds);
      one.set("columns", std::move(columns));
      one.set("records", std::move(records));
      one.set("missing", texts(table.missing));
      tables.push(std::move(one));
      answer.tables.push_back(std::move(shown));
      if (!table.records.empty()) {
        Table first;
        first.title = "The first records as they would be";
        first.columns = {{"record", "Record", true, CellText::quoted}};
        for (const std::string& record : table.records) first.rows.push_back({record});
        answer.tables.push_back(std::move(first));
      }
      for (const std::string& missing : table.missing) answer.remarks.push_back("Missing: " + missing);
    }
    entry.set("tables", std::move(tables));
    entry.set("remarks", texts(file.remarks));
    answer.remarks.insert(answer.remarks.end(), file.remarks.begin(), file.remarks.end());
    answer.result.push(std::move(entry));
  }
  answer.remarks.push_back("The import itself: " + command);
  return answer;
}

}  // namespace chokepoint
