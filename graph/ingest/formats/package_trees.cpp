#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// What package managers say of installed packages: `npm ls --all --json`, `pipdeptree --json` and `--json-tree`. A
// package requires each of its dependencies; one that stands in several places is one node.

namespace {

std::string package_text(const Json* value) {
  return value == nullptr ? std::string() : std::string(scalar_text(*value));
}

/// The nodes and edges of a tree of packages, each once.
class PackageTables {
 public:
  explicit PackageTables(TableSet& set) : tables_(set) { tables_.nodes().set_things("package"); }

  void put_package(std::string_view id, std::string_view name, const Json& fields, std::uint64_t line) {
    if (!packages_.insert(std::string(id)).second) return;
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role_text(table, "(package)", Target::id, id);
    if (!name.empty()) put_role_text(table, "(name)", Target::label, name);
    std::string column;
    for (const auto& [key, value] : fields.as_object()) {
      if (key == "overridden" && value.is_bool() && !value.as_bool()) continue;
      column = key;
      put_json(table, column, value, Target::attribute);
    }
    table.end_row();
  }
  void put_dependency(std::string_view from, std::string_view to, std::string_view version, std::uint64_t line) {
    std::string edge(from);
    edge += list_mark;
    edge += to;
    if (!edges_.insert(std::move(edge)).second) return;
    SpooledTable& table = begin_requirement(tables_, line, from, to);
    if (!version.empty()) table.set(table.column("required_version"), version);
    tables_.set_direction(Direction::directed);
    table.end_row();
  }
  void finish() { tables_.finish(); }

 private:
  GraphTables tables_;
  std::unordered_set<std::string> packages_, edges_;
};

/// A tree of objects by the name of the package, inside "dependencies".
class NpmReader : public JsonVisitor {
 public:
  NpmReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {}

  // Packages and what holds them take turns: a package may be called "dependencies".
  Step begin(const JsonPath& path, bool is_object) override {
    if (path.size() % 2 == 1) return path.back() == "dependencies" && is_object ? Step::enter : Step::take;
    if (!is_object) refuse_at(file_, 0, "a package is an object, not a list");
    open_.emplace_back();
    return Step::enter;
  }
  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() % 2 == 0) refuse_at(file_, line, fmt::format("a package is an object, not {}", value.kind_name()));
    if (path.back() == "problems")
      problems_ += value.is_array() ? value.as_array().size() : 1U;
    else
      open_.back().fields.set(path.back(), value);
  }
  void leave(const JsonPath& path, std::uint64_t line) override {
    if (path.size() % 2 == 1) return;
    Package package = std::move(open_.back());
    open_.pop_back();
    std::string name = path.empty() ? package_text(text_in(&package.fields, "name")) : path.back();
    const std::string version = package_text(text_in(&package.fields, "version"));
    const bool is_missing = member_in(&package.fields, "missing") != nullptr;
    if (name.empty()) {  // a folder that is no package
      nameless_ += package.needs.size();
      return;
    }
    const std::string id = version.empty() ? name : name + "@" + version;
    missing_ += is_missing ? 1U : 0U;
    tables_.put_package(id, name, package.fields, line);
    for (const std::string& need : package.needs) tables_.put_dependency(id, need, {}, line);
    if (!open_.empty()) open_.back().needs.push_back(id);
  }

  void finish() {
    tables_.finish();
    if (nameless_ > 0)
      set_.remarks.push_back(
          fmt::format("the project has no name, so that nothing requires its {} packages", nameless_));
    if (missing_ > 0) set_.remarks.push_back(fmt::format("{} packages are required and not installed", missing_));
    if (problems_ > 0) set_.remarks.push_back(fmt::format("left out: {} problems that npm tells", problems_));
  }

 private:
  struct Package {
    Json fields = Json::object();
    std::vector<std::string> needs;
  };
  InputFile& file_;
  TableSet& set_;
  PackageTables tables_;
  std::vector<Package> open_;
  std::uint64_t nameless_ = 0, missing_ = 0, problems_ = 0;
};

/// A list of packages with what they require, or of trees of them.
class PipReader : public JsonVisitor {
 public:
  PipReader(InputFile& file, TableSet& set) : file_(file), tables_(set) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return is_object ? Step::take : Step::enter;
    if (path.back() == "[]") {
      if (!is_object) refuse_at(file_, 0, "a package is an object, not a list");
      open_.emplace_back();
      return Step::enter;
    }
    return path.back() == "dependencies" && !is_object ? Step::enter : Step::take;
  }
  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.empty() || path.back() == "[]")
      refuse_at(file_, line, fmt::format("a package is an object, not {}", value.kind_name()));
    open_.back().fields.set(path.back(), value);
  }
  void leave(const JsonPath& path, std::uint64_t line) override {
    if (path.empty() || path.back() != "[]") return;
    const Package given = std::move(open_.back());
    open_.pop_back();
    const Json* inside = object_in(&given.fields, "package");
    const Json& fields = inside != nullptr ? *inside : given.fields;
    const std::string id = id_of(fields);
    if (id.empty()) refuse_at(file_, line, "a package has neither key nor package_name");
    // In the flat list a dependency has a row of its own elsewhere.
    Json kept = Json::object();
    for (const auto& [key, value] : fields.as_object())
      if (key != "key" && key != "package_name" && key != "required_version") kept.set(key, value);
    tables_.put_package(id, package_text(text_in(&fields, "package_name")), kept, line);
    for (const auto& [need, version] : given.needs) tables_.put_dependency(id, need, version, line);
    if (!open_.empty()) open_.back().needs.emplace_back(id, package_text(text_in(&fields, "required_version")));
  }
  void finish() { tables_.finish(); }

 private:
  struct Package {
    Json fields = Json::object();
    std::vector<std::pair<std::string, std::string>> needs;  ///< and in which version
  };
  static std::string id_of(const Json& fields) {
    const std::string key = package_text(text_in(&fields, "key"));
    return key.empty() ? package_text(text_in(&fields, "package_name")) : key;
  }
  InputFile& file_;
  PackageTables tables_;
  std::vector<Package> open_;
};

}  // namespace

std::optional<std::string> looks_like_npm_ls(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return std::nullopt;
  const Json* top = json->object();
  const Json* first = first_in(object_in(top, "dependencies"));
  // A lock file says so; a package.json has versions as texts.
  if (member_in(top, "lockfileVersion") != nullptr || first == nullptr || !first->is_object()) return std::nullopt;
  bool is_npm = false;
  for (const std::string_view key : {"version", "resolved", "overridden", "missing", "invalid", "extraneous"})
    is_npm = is_npm || member_in(first, key) != nullptr;
  if (!is_npm || member_in(first, "requires") != nullptr) return std::nullopt;
  return "it is a tree of packages, as npm ls --json writes it";
}

void read_npm_ls(InputFile& file, const ReadContext& context, TableSet& tables) {
  NpmReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

std::optional<std::string> looks_like_pipdeptree(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() != nullptr) return std::nullopt;
  const Json* first = first_in(&json->values.front());
  const Json* inside = object_in(first, "package");
  const Json* package = inside != nullptr ? inside : first;
  if (text_in(package, "package_name") == nullptr || member_in(package, "installed_version") == nullptr)
    return std::nullopt;
  return "its packages have a package_name and an installed_version, as pipdeptree writes them";
}

void read_pipdeptree(InputFile& file, const ReadContext& context, TableSet& tables) {
  PipReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
