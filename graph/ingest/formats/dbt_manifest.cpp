#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace chokepoint::detail {

// dbt's manifest.json: models, seeds, snapshots, tests, sources, exposures and metrics of a project, and what each of
// them is made of. What a model is made of, it requires.

namespace {

constexpr std::array<std::string_view, 7> dbt_kinds{"nodes",           "sources",       "exposures", "metrics",
                                                    "semantic_models", "saved_queries", "unit_tests"};
/// What says how a thing is built, and nothing of what it is.
constexpr std::array<std::string_view, 12> how_built{"raw_code", "compiled_code", "raw_sql",       "compiled_sql",
                                                     "config",   "columns",       "checksum",      "unrendered_config",
                                                     "docs",     "build_path",    "compiled_path", "extra_ctes"};

class DbtReader : public JsonVisitor {
 public:
  DbtReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return Step::enter;
    const bool is_kind = std::find(dbt_kinds.begin(), dbt_kinds.end(), path[0]) != dbt_kinds.end();
    if (path.size() == 1 && is_kind && is_object) return Step::enter;
    if (path.size() == 2 && is_object) return Step::take;
    constexpr std::array<std::string_view, 6> told_elsewhere{"metadata",  "parent_map", "child_map",
                                                             "group_map", "docs",       "disabled"};
    if (path.size() == 1 && std::find(told_elsewhere.begin(), told_elsewhere.end(), path[0]) == told_elsewhere.end())
      left_out_.add(path[0]);
    return Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() != 2 || !value.is_object()) return;
    const std::string& id = path[1];
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role_text(table, "unique_id", Target::id, id);
    std::string column;
    for (const auto& [key, member] : value.as_object()) {
      if (key == "unique_id" || key == "depends_on" || key == "refs" || key == "sources") continue;
      if (std::find(how_built.begin(), how_built.end(), key) != how_built.end()) continue;
      column = key;
      if (key == "name")
        put_role(table, key, Target::label, member);
      else if (key == "description")
        put_role(table, key, Target::description, member);
      else
        put_json(table, column, member, Target::attribute);
    }
    table.end_row();
    const Json* needs = list_in(object_in(&value, "depends_on"), "nodes");
    if (needs == nullptr) return;
    for (const Json& need : needs->as_array()) {
      if (!need.is_string()) refuse_at(file_, line, "depends_on.nodes is a list of ids", id);
      put_need(id, need.as_string(), line);
    }
  }

  void finish() {
    tables_.finish();
    set_.remarks.emplace_back("code, columns and settings of models are left out");
    left_out_.tell(set_);
  }

 private:
  void put_need(std::string_view from, std::string_view to, std::uint64_t line) {
    SpooledTable& table = begin_requirement(tables_, line, from, to);
    tables_.set_direction(Direction::directed);
    table.end_row();
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_dbt_manifest(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines()) return std::nullopt;
  const Json* schema = text_in(object_in(json->object(), "metadata"), "dbt_schema_version");
  if (schema == nullptr || schema->as_string().find("manifest") == std::string::npos) return std::nullopt;
  return "its metadata name the schema of dbt's manifest";
}

void read_dbt_manifest(InputFile& file, const ReadContext& context, TableSet& tables) {
  DbtReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
