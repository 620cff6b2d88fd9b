#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/export/render.hpp"
#include "chokepoint/model/cell_list.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "export/formats/fields.hpp"
#include "export/formats/workbook.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Field;
using detail::FieldValue;
using detail::Sheet;

Cell cell_of(const FieldValue& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  return {};
}

/// A column of a sheet of records.
struct Part {
  std::string header;
  std::function<Cell(std::size_t row)> cell;
};

Sheet sheet_of(std::string name, std::size_t rows, std::vector<Part> parts) {
  Sheet sheet{.name = std::move(name), .headers = {}, .rows = rows, .cells = {}};
  for (const Part& part : parts) sheet.headers.push_back(part.header);
  sheet.cells = [parts = std::move(parts)](std::size_t row, std::vector<Cell>& cells) {
    for (std::size_t column = 0; column < parts.size(); ++column) cells[column] = parts[column].cell(row);
  };
  return sheet;
}

void add_fields(std::vector<Part>& parts, std::vector<Field> fields, const std::set<std::string_view>& left_out) {
  for (Field& field : fields)
    if (!left_out.contains(field.name))
      parts.push_back({detail::typed_name(field), [value = std::move(field.value)](std::size_t row) {
                         std::string scratch;
                         return cell_of(value(row, scratch));
                       }});
}

/// A text column of records.
template <typename Record>
Part text_part(std::string header, const std::vector<Record>& records, std::string Record::*member) {
  return {std::move(header), [&records, member](std::size_t row) -> Cell {
            const std::string& text = records[row].*member;
            return text.empty() ? Cell{} : Cell{text};
          }};
}

using Renamed = std::vector<std::pair<std::string, std::string>>;

Sheet node_sheet(const GraphDocument& document, Renamed& renamed) {
  std::vector<Part> parts{text_part("id", document.nodes, &Node::id)};
  add_fields(parts, detail::node_fields(document, &renamed), {});
  return sheet_of("nodes", document.nodes.size(), std::move(parts));
}

Sheet edge_sheet(const GraphDocument& document, Renamed& renamed) {
  std::vector<Part> parts{text_part("from", document.edges, &Edge::from), text_part("to", document.edges, &Edge::to)};
  add_fields(parts, detail::edge_fields(document, &renamed), {"symmetric"});
  parts.push_back(text_part("id", document.edges, &Edge::id));
  return sheet_of("edges", document.edges.size(), std::move(parts));
}

Cell value_cell(const Json& value) {
  if (!value.is_number()) return value.is_string() ? Cell{text_among_numbers(value.as_string())} : Cell{};
  const std::string& token = value.as_number().token;
  const char* const end = token.data() + token.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(token.data(), end, whole); read.ec == std::errc() && read.ptr == end)
    return whole;
  double real = 0;
  std::from_chars(token.data(), end, real);
  return real;
}

std::string citations_of(const std::vector<Citation>& sources) {
  std::string text;
  append_citations(text, sources);
  return text;
}

template <typename Record>
std::vector<Field> attribute_fields(const std::vector<Record>& records) {
  return detail::attribute_fields(
      records.size(), [&records](std::size_t row) -> const std::string& { return records[row].attributes; });
}

Sheet figure_sheet(const std::vector<Observation>& figures) {
  std::vector<Part> parts{text_part("subject", figures, &Observation::subject),
                          text_part("indicator", figures, &Observation::indicator),
                          {"value", [&figures](std::size_t row) { return value_cell(figures[row].value); }}};
  for_each_field<Observation>([&](const auto& field) {
    parts.push_back({std::string(field.name), [&](std::size_t row) { return field_cell(field, figures[row]); }});
  });
  add_fields(parts, attribute_fields(figures), {});
  parts.push_back({"sources", [&figures](std::size_t row) -> Cell { return citations_of(figures[row].sources); }});
  const auto is_named = [](const Observation& figure) { return figure.id != record_id(figure); };
  if (std::ranges::any_of(figures, is_named)) parts.push_back(text_part("id", figures, &Observation::id));
  return sheet_of("figures", figures.size(), std::move(parts));
}

Sheet source_sheet(const std::vector<Source>& sources) {
  std::vector<Part> parts;
  for (const auto& [header, member] :
       {std::pair("source_id", &Source::id), std::pair("source_title", &Source::title),
        std::pair("publisher", &Source::publisher), std::pair("source_date", &Source::date),
        std::pair("language", &Source::language), std::pair("url", &Source::url),
        std::pair("license", &Source::license)})
    parts.push_back(text_part(header, sources, member));
  add_fields(parts, attribute_fields(sources), {});
  return sheet_of("sources", sources.size(), std::move(parts));
}

std::vector<std::string> warnings_of(const detail::WorkbookRemarks& remarks) {
  std::vector<std::string> warnings;
  if (std::string replaced = detail::replaced_warning(remarks.replaced); !replaced.empty())
    warnings.push_back(std::move(replaced));
  if (remarks.shortened > 0)
    warnings.push_back(
        fmt::format("texts cut at the 32,767 characters that a cell of Excel holds: {}; --format json has "
                    "them whole",
                    remarks.shortened));
  if (remarks.rows_left_out > 0)
    warnings.push_back(
        fmt::format("rows beyond the 1,048,576 that a sheet of Excel holds, left out: {}; --format csv has "
                    "all",
                    remarks.rows_left_out));
  return warnings;
}

}  // namespace

ExportWarnings write_xlsx(const GraphDocument& document, std::ostream& out) {
  Renamed renamed;
  std::vector<Sheet> sheets{node_sheet(document, renamed), edge_sheet(document, renamed)};
  if (!document.observations.empty()) sheets.push_back(figure_sheet(document.observations));
  if (!document.sources.empty()) sheets.push_back(source_sheet(document.sources));
  ExportWarnings warnings = warnings_of(detail::write_workbook(sheets, out));
  if (std::string warning = detail::renamed_warning(renamed); !warning.empty()) warnings.push_back(std::move(warning));
  return warnings;
}

std::vector<std::string> write_workbook(const std::vector<Table>& tables, std::ostream& out) {
  std::vector<Sheet> sheets;
  for (const Table& table : tables) {
    Sheet sheet{.name = table.title, .headers = {}, .rows = table.rows.size(), .cells = {}};
    for (const TableColumn& column : table.columns) sheet.headers.push_back(column.title);
    sheet.cells = [&table](std::size_t row, std::vector<Cell>& cells) { cells = table.rows[row]; };
    sheets.push_back(std::move(sheet));
  }
  return warnings_of(detail::write_workbook(sheets, out));
}

}  // namespace chokepoint
