#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::detail {

// Lists of software components: CycloneDX JSON (ECMA-424) and SPDX 2 JSON (ISO/IEC 5962).

namespace {

constexpr std::string_view requires_type = "requires";
constexpr std::string_view component_word = "component";  ///< what says what its nodes are

std::string text_of(const Json* value) { return value == nullptr ? std::string() : std::string(scalar_text(*value)); }

void put_edge(GraphTables& tables, std::uint64_t line, std::string_view from, std::string_view type,
              std::string_view to) {
  SpooledTable& table = tables.edges();
  table.begin_row(line);
  put_role_text(table, "from", Target::from, from);
  put_role_text(table, "type", Target::type, type);
  put_role_text(table, "to", Target::to, to);
  tables.set_direction(Direction::directed);
}

class CycloneDxReader : public JsonVisitor {
 public:
  CycloneDxReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {
    tables_.nodes().set_things(component_word);
  }

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty() || (path.size() == 1 && path[0] == "metadata" && is_object)) return Step::enter;
    if (path.size() == 2 && path[0] == "metadata") return path[1] == "component" ? Step::take : Step::skip;
    if (path.size() == 2 && path[1] == "[]") return Step::take;
    for (const std::string_view list : {"components", "services", "dependencies"})
      if (path[0] == list && !is_object) return Step::enter;
    left_out_.add(path[0]);
    return Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (path.size() != 2 || !value.is_object()) return;
    if (path[0] == "dependencies")
      dependency(value, line);
    else if (path[1] == "component" || path[1] == "[]")
      component(value, {}, line);
  }

  void finish() {
    tables_.finish();
    left_out_.tell(set_);
  }

 private:
  static std::string ref_of(const Json& component) {
    for (const std::string_view key : {"bom-ref", "purl"})
      if (const Json* text = text_in(&component, key); text != nullptr && !text->as_string().empty())
        return text->as_string();
    std::string ref;
    if (const Json* group = text_in(&component, "group"); group != nullptr && !group->as_string().empty())
      ref = group->as_string() + "/";
    ref += text_of(component.find("name"));
    if (const std::string version = text_of(component.find("version")); !version.empty()) ref += "@" + version;
    return ref;
  }

  void component(const Json& component, const std::string& parent, std::uint64_t line) {
    const std::string ref = ref_of(component);
    if (ref.empty()) refuse_at(file_, line, "a component has neither bom-ref nor name");
    SpooledTable& table = tables_.nodes();
    table.begin_row(line);
    put_role_text(table, "bom-ref", Target::id, ref);
    std::string name;
    for (const auto& [key, value] : component.as_object()) {
      if (key == "bom-ref" || key == "components" || key == "services") continue;
      if (key == "name") {
        put_role(table, key, Target::label, value);
      } else if (key == "licenses" && value.is_array()) {
        licenses(table, value);
      } else {
        name = key;
        put_json(table, name, value);
      }
    }
    table.end_row();
    if (!parent.empty()) {
      put_edge(tables_, line, parent, "contains", ref);
      tables_.edges().end_row();
    }
    for (const std::string_view parts : {"components", "services"})
      if (const Json* list = list_in(&component, parts))
        for (const Json& part : list->as_array())
          if (part.is_object()) this->component(part, ref, line);
  }
  static void licenses(SpooledTable& table, const Json& list) {
    for (const Json& entry : list.as_array()) {
      const Json* license = object_in(&entry, "license");
      std::string text = text_of(text_in(&entry, "expression"));
      if (text.empty()) text = text_of(text_in(license, "id"));
      if (text.empty()) text = text_of(text_in(license, "name"));
      if (!text.empty()) table.set(table.column("licenses"), text);
    }
  }

  void dependency(const Json& dependency, std::uint64_t line) {
    const Json* ref = text_in(&dependency, "ref");
    if (ref == nullptr) refuse_at(file_, line, "a dependency has no ref");
    for (const auto& [key, type] :
         {std::pair{"dependsOn", requires_type}, std::pair{"provides", std::string_view("provides")}})
      if (const Json* list = list_in(&dependency, key))
        for (const Json& on : list->as_array()) {
          if (!on.is_string()) refuse_at(file_, line, fmt::format("{} is a list of refs", key), ref->as_string());
          put_edge(tables_, line, ref->as_string(), type, on.as_string());
          tables_.edges().end_row();
        }
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  LeftOut left_out_;
};

class SpdxReader : public JsonVisitor {
 public:
  SpdxReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {
    tables_.nodes().set_things(component_word);
  }

  Step begin(const JsonPath& full, bool is_object) override {
    if (full.empty() || (full.size() == 1 && full[0] == "sbom")) return Step::enter;
    const std::size_t at = full[0] == "sbom" ? 1 : 0;
    if (full.size() == at + 2 && full.back() == "[]") return Step::take;
    for (const std::string_view list : {"packages", "files", "relationships"})
      if (full.size() == at + 1 && full[at] == list && !is_object) return Step::enter;
    if (full.size() == at + 1) left_out_.add(full[at]);
    return Step::skip;
  }

  void value(const JsonPath& full, const Json& value, std::uint64_t line) override {
    if (full.size() < 2 || full.back() != "[]" || !value.is_object()) return;
    if (full[full.size() - 2] == "relationships")
      relationship(value, line);
    else
      element(value, line);
  }

  void finish() {
    tables_.finish();
    if (document_ > 0)
      set_.remarks.push_back(fmt::format("left out: {} relationships of the document itself", document_));
    if (nothing_ > 0)
      set_.remarks.push_back(fmt::format("left out: {} relationships with NONE or NOASSERTION", nothing_));
    left_out_.tell(set_);
  }

 private:
  void element(const Json& element, std::uint64_t line) {
    SpooledTable& table = tables_.nodes();
    const Json* id = text_in(&element, "SPDXID");
    if (id == nullptr) refuse_at(file_, line, "a package or file has no SPDXID");
    table.begin_row(line);
    put_role_text(table, "SPDXID", Target::id, id->as_string());
    std::string name;
    for (const auto& [key, value] : element.as_object()) {
      if (key == "SPDXID" || (value.is_string() && (value.as_string() == "NOASSERTION" || value.as_string() == "NONE")))
        continue;
      if (key == "name" || key == "fileName") {
        put_role(table, "name", Target::label, value);
      } else {
        name = key;
        put_json(table, name, value);
      }
      if (key == "externalRefs") package_urls(table, value);
    }
    table.end_row();
  }
  static void package_urls(SpooledTable& table, const Json& refs) {
    if (!refs.is_array()) return;
    for (const Json& ref : refs.as_array()) {
      const Json* type = text_in(&ref, "referenceType");
      const Json* locator = text_in(&ref, "referenceLocator");
      if (type != nullptr && locator != nullptr && type->as_string() == "purl")
        table.set(table.column("purl"), locator->as_string());
    }
  }

  void relationship(const Json& value, std::uint64_t line) {
    std::array<std::string, 3> parts{text_of(text_in(&value, "spdxElementId")),
                                     text_of(text_in(&value, "relationshipType")),
                                     text_of(text_in(&value, "relatedSpdxElement"))};
    for (const std::string& part : parts)
      if (part.empty())
        refuse_at(file_, line, "a relationship has spdxElementId, relationshipType and relatedSpdxElement");
    auto& [from, type, to] = parts;
    for (const std::string_view nothing : {"NONE", "NOASSERTION"})
      if (from == nothing || to == nothing) {
        ++nothing_;
        return;
      }
    if (from == "SPDXRef-DOCUMENT" || to == "SPDXRef-DOCUMENT") {
      ++document_;
      return;
    }
    const std::string kept = type;
    if (type == "DEPENDENCY_OF") std::swap(from, to);
    if (type == "DEPENDENCY_OF" || type == "DEPENDS_ON") type = requires_type;
    put_edge(tables_, line, from, type, to);
    if (type != kept) tables_.edges().set(tables_.edges().column("relationshipType"), kept);
    tables_.edges().end_row();
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  std::uint64_t document_ = 0, nothing_ = 0;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_cyclonedx(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || text_in(json->object(), "bomFormat") == nullptr) return std::nullopt;
  if (text_in(json->object(), "bomFormat")->as_string() != "CycloneDX") return std::nullopt;
  return "its bomFormat is CycloneDX";
}

void read_cyclonedx(InputFile& file, const ReadContext& context, TableSet& tables) {
  CycloneDxReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

std::optional<std::string> looks_like_spdx(const FileHead& head) {
  const auto json = json_head(head);
  if (!json) return std::nullopt;
  const Json* top = json->object();
  if (object_in(top, "sbom") != nullptr) top = object_in(top, "sbom");
  const Json* version = text_in(top, "spdxVersion");
  const Json* id = text_in(top, "SPDXID");
  if (version != nullptr && version->as_string().starts_with("SPDX-2"))
    return fmt::format("its spdxVersion is {}", version->as_string());
  if (id != nullptr && id->as_string() == "SPDXRef-DOCUMENT") return "its SPDXID is SPDXRef-DOCUMENT";
  return std::nullopt;
}

void read_spdx(InputFile& file, const ReadContext& context, TableSet& tables) {
  SpdxReader reader(file, tables);
  walk_json(file, context, tables.remarks, reader);
  reader.finish();
}

}  // namespace chokepoint::detail
