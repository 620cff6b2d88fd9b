#include "chokepoint/export/graph_document.hpp"
#include "export/formats/fields.hpp"
#include "export/layout/picture.hpp"
#include "export/text/csv_field.hpp"
#include "export/text/text_buffer.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Field;
using detail::FieldType;
using detail::FieldValue;
using detail::TextBuffer;

/// A comma-separated table, written field by field.
class CsvRows {
 public:
  explicit CsvRows(std::ostream& out) : buffer_(out) {}

  void put(std::string_view text) {
    if (!first_) buffer_.put(',');
    first_ = false;
    broken_lines_ = broken_lines_ || text.find_first_of("\r\n") != std::string_view::npos;
    detail::put_csv_field(buffer_, text, ',');
  }
  void put(const FieldValue& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) return put(*text);
    if (const auto* truth = std::get_if<bool>(&value)) return put(*truth ? std::string_view("true") : "false");
    if (!first_) buffer_.put(',');
    first_ = false;
    if (const auto* real = std::get_if<double>(&value)) buffer_.put_number(*real);
    if (const auto* integer = std::get_if<std::int64_t>(&value)) buffer_.put_number(*integer);
  }
  void put_all(const std::vector<Field>& fields, std::size_t row) {
    for (const Field& field : fields) put(field.value(row, scratch_));
  }
  void end_row() {
    buffer_.put('\n');
    first_ = true;
  }
  void finish() { buffer_.flush(); }
  [[nodiscard]] bool has_broken_lines() const { return broken_lines_; }

 private:
  TextBuffer buffer_;
  std::string scratch_;
  bool first_ = true;
  bool broken_lines_ = false;
};

std::vector<Field> without(std::initializer_list<std::string_view> names, std::vector<Field> fields) {
  std::erase_if(
      fields, [names](const Field& field) { return std::find(names.begin(), names.end(), field.name) != names.end(); });
  return fields;
}

using Renamed = std::vector<std::pair<std::string, std::string>>;

ExportWarnings gephi_warnings(const Renamed& renamed, std::string merged) {
  ExportWarnings warnings;
  if (!merged.empty()) warnings.push_back(std::move(merged));
  if (std::string warning = detail::renamed_warning(renamed); !warning.empty()) warnings.push_back(std::move(warning));
  return warnings;
}

/// `attributes.note:zh` as `attributes_note__zh`: what is no letter or digit of ASCII becomes `_`, colons `__`.
std::string neo4j_name(std::string_view name) {
  std::string result;
  for (const char character : name) {
    const bool kept = (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
                      (character >= 'A' && character <= 'Z') || static_cast<unsigned char>(character) >= 0x80;
    result += kept ? std::string(1, character) : character == ':' ? "__" : "_";
  }
  return result;
}

/// Whether a name says the same with its characters replaced, as `label_zh-Hans`, `codes.lei`, `attributes.note:zh`.
bool comes_back(std::string_view name) {
  const bool is_label = name.starts_with("label_");
  for (const std::string_view head : {"attributes.", "codes.", "label_"})
    if (name.starts_with(head)) name.remove_prefix(head.size());
  bool was_mark = true;  // at either end, and beside a colon, a line would be read as half of one
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool is_mark = name[at] == '_' || name[at] == ':';
    if (is_mark && (was_mark || at + 1 == name.size())) return false;
    was_mark = is_mark;
    if (!is_mark && neo4j_name(name.substr(at, 1)) == "_" && !(is_label && name[at] == '-')) return false;
  }
  return true;
}

/// Names and types as neo4j-admin reads them: `share:double`.
std::vector<std::string> neo4j_headers(const std::vector<Field>& fields, Renamed& renamed) {
  std::set<std::string> taken = {"id", "label"};
  std::vector<std::string> headers;
  for (const Field& field : fields) {
    std::string name = neo4j_name(field.name);
    const bool is_taken = taken.contains(name);
    while (!taken.insert(name).second) name += '_';
    if (is_taken || !comes_back(field.name)) renamed.emplace_back(field.name, name);
    if (field.type == FieldType::boolean) name += ":boolean";
    if (field.type == FieldType::integer) name += ":long";
    if (field.type == FieldType::real) name += ":double";
    headers.push_back(std::move(name));
  }
  return headers;
}

ExportWarnings neo4j_warnings(const CsvRows& rows, const Renamed& renamed) {
  ExportWarnings warnings;
  if (rows.has_broken_lines())
    warnings.emplace_back("some fields hold line breaks: give neo4j-admin the option --multiline-fields=true");
  if (std::string warning = detail::renamed_warning(renamed); !warning.empty()) warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace

ExportWarnings write_gephi_nodes(const GraphDocument& document, std::ostream& out) {
  Renamed renamed;
  const std::vector<Field> fields = detail::node_fields(document, &renamed);
  CsvRows rows(out);
  rows.put(std::string_view("Id"));
  rows.put(std::string_view("Label"));
  for (const Field& field : fields) rows.put(std::string_view(detail::typed_name(field)));
  rows.end_row();
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    rows.put(std::string_view(document.nodes[row].id));
    rows.put(detail::node_label(document, document.nodes[row]));
    rows.put_all(fields, row);
    rows.end_row();
  }
  rows.finish();
  return gephi_warnings(renamed, {});
}

ExportWarnings write_gephi_edges(const GraphDocument& document, std::ostream& out) {
  // Gephi reads `Type` as the direction, in any case, so the edge type goes into `Kind`: finer where a pair has several
  // edges of one type, which Gephi would merge, with the type in a column of its own.
  Renamed renamed;
  const std::vector<Field> fields = without({"type", "symmetric"}, detail::edge_fields(document, &renamed));
  const std::set<std::string, std::less<>> symmetric = detail::symmetric_types(document);
  const detail::UniqueEdgeIds edge_ids(document.edges);
  const detail::Looks looks(document);
  const detail::EdgeKinds kinds(document);
  CsvRows rows(out);
  for (const std::string_view name : {"Source", "Target", "Type", "Kind", "Id", "Label"}) rows.put(name);
  if (kinds.finer() > 0) rows.put(std::string_view("edge_type"));
  for (const Field& field : fields) rows.put(std::string_view(detail::typed_name(field)));
  rows.end_row();
  for (std::size_t row = 0; row < document.edges.size(); ++row) {
    const Edge& edge = document.edges[row];
    rows.put(std::string_view(edge.from));
    rows.put(std::string_view(edge.to));
    rows.put(symmetric.contains(edge.type) ? std::string_view("Undirected") : "Directed");
    rows.put(kinds[row]);
    rows.put(edge_ids[row]);
    rows.put(std::string_view(looks.edge(row).label));
    if (kinds.finer() > 0) rows.put(std::string_view(edge.type));
    rows.put_all(fields, row);
    rows.end_row();
  }
  rows.finish();
  return gephi_warnings(renamed, kinds.remark("the column edge_type"));
}

ExportWarnings write_neo4j_nodes(const GraphDocument& document, std::ostream& out) {
  Renamed renamed;
  const std::vector<Field> fields = detail::node_fields(document, &renamed);
  CsvRows rows(out);
  for (const std::string_view name : {"id:ID", ":LABEL", "label"}) rows.put(name);
  for (const std::string& header : neo4j_headers(fields, renamed)) rows.put(std::string_view(header));
  rows.end_row();
  for (std::size_t row = 0; row < document.nodes.size(); ++row) {
    rows.put(std::string_view(document.nodes[row].id));
    rows.put(std::string_view(document.nodes[row].type));
    rows.put(detail::node_label(document, document.nodes[row]));
    rows.put_all(fields, row);
    rows.end_row();
  }
  rows.finish();
  return neo4j_warnings(rows, renamed);
}

ExportWarnings write_neo4j_edges(const GraphDocument& document, std::ostream& out) {
  Renamed renamed;
  const std::vector<Field> fields = without({"type"}, detail::edge_fields(document, &renamed));
  const detail::UniqueEdgeIds edge_ids(document.edges);
  CsvRows rows(out);
  for (const std::string_view name : {":START_ID", ":END_ID", ":TYPE", "id"}) rows.put(name);
  for (const std::string& header : neo4j_headers(fields, renamed)) rows.put(std::string_view(header));
  rows.end_row();
  for (std::size_t row = 0; row < document.edges.size(); ++row) {
    rows.put(std::string_view(document.edges[row].from));
    rows.put(std::string_view(document.edges[row].to));
    rows.put(std::string_view(document.edges[row].type));
    rows.put(edge_ids[row]);
    rows.put_all(fields, row);
    rows.end_row();
  }
  rows.finish();
  return neo4j_warnings(rows, renamed);
}

}  // namespace chokepoint
