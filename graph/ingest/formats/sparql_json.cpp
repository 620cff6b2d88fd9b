#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace chokepoint::detail {

// Answers to SELECT queries (W3C, SPARQL 1.1 Query Results JSON Format): a row a solution, a column a variable.

namespace {

constexpr std::string_view xml_schema = "http://www.w3.org/2001/XMLSchema#";

FlatType type_of_term(const Json& term) {
  const Json* datatype = text_in(&term, "datatype");
  if (datatype == nullptr || !datatype->as_string().starts_with(xml_schema)) return FlatType::text;
  const std::string name = datatype->as_string().substr(xml_schema.size());
  for (const std::string_view number : {"integer", "decimal", "double", "float", "int", "long", "short", "byte",
                                        "nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"})
    if (name == number) return FlatType::number;
  return FlatType::text;
}

class SparqlReader : public JsonVisitor {
 public:
  SparqlReader(InputFile& file, TableSet& set) : file_(file), table_(set.add("")), set_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return Step::enter;
    if (path.size() == 1) return path[0] == "head" || path[0] == "results" ? Step::enter : Step::skip;
    if (path.size() == 2) return (path[1] == "vars" || path[1] == "bindings") && !is_object ? Step::enter : Step::skip;
    return path.size() == 3 && path[0] == "results" ? Step::take : Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() == 1 && path[0] == "boolean")
      refuse_at(file_, line, "the answer to an ASK, yes or no; SELECT ?from ?type ?to gives rows");
    if (path.size() != 3) return;
    if (path[1] == "vars" && value.is_string()) column_of(value.as_string());
    if (path[1] != "bindings") return;
    if (!value.is_object()) refuse_at(file_, line, fmt::format("a solution is an object, not {}", value.kind_name()));
    table_.begin_row(line);
    for (const auto& [name, term] : value.as_object()) put_term(name, term, line);
    table_.end_row();
  }

  void finish() {
    if (table_.row_count() == 0) refuse_at(file_, 1, "the query found nothing: its bindings are empty");
    if (languages_.size() > 1)
      set_.remarks.push_back(
          fmt::format("texts in {}: the languages themselves are left out", fmt::join(languages_, ", ")));
    if (blank_nodes_ > 0)
      set_.remarks.push_back(fmt::format("{} blank nodes are named as this answer numbers them", blank_nodes_));
  }

 private:
  void put_term(const std::string& name, const Json& term, std::uint64_t line) {
    const Json* text = text_in(&term, "value");
    if (text == nullptr) refuse_at(file_, line, fmt::format("{} has no value that is a text", name));
    if (text->as_string().empty()) return;
    if (const Json* language = text_in(&term, "xml:lang")) languages_.insert(language->as_string());
    const Json* kind = text_in(&term, "type");
    const bool is_blank = kind != nullptr && kind->as_string() == "bnode";
    blank_nodes_ += is_blank ? 1U : 0U;
    table_.set_typed(column_of(name), is_blank ? "_:" + text->as_string() : text->as_string(), type_of_term(term));
  }

  std::size_t column_of(const std::string& name) {
    const auto [at, is_new] = columns_.try_emplace(name, 0);
    if (is_new) at->second = table_.untyped_column(name);
    return at->second;
  }

  InputFile& file_;
  SpooledTable& table_;
  TableSet& set_;
  std::map<std::string, std::size_t> columns_;  ///< by variable
  std::set<std::string> languages_;
  std::uint64_t blank_nodes_ = 0;
};

}  // namespace

std::optional<std::string> looks_like_sparql_json(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || object_in(json->object(), "head") == nullptr) return std::nullopt;
  const Json* first = first_in(list_in(object_in(json->object(), "results"), "bindings"));
  const bool has_variables = list_in(object_in(json->object(), "head"), "vars") != nullptr;
  const bool has_answer = member_in(json->object(), "boolean") != nullptr;
  const bool has_terms = first != nullptr && text_in(first_in(first), "value") != nullptr;
  const bool is_empty = list_in(object_in(json->object(), "results"), "bindings") != nullptr && first == nullptr;
  if (!(has_variables && (has_terms || is_empty)) && !has_answer) return std::nullopt;
  return "it has a head and results, as the answer to a SPARQL query";
}

void read_sparql_json(InputFile& file, const ReadContext& context, TableSet& tables) {
  SparqlReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
