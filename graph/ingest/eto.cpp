#include "chokepoint/ingest/eto.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/eto_quirks.hpp"
#include "ingest/eto_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint {

namespace {

using namespace detail;

constexpr const char* source_id = "eto-chips";
constexpr const char* as_of = "2021";

std::vector<Citation> cite(const std::string& table, std::uint64_t row) {
  return {{source_id, fmt::format("{} row {}", table, row)}};
}

std::string attributes_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  Json object = Json::object();
  for (const auto& [key, text] : texts)
    if (!text.empty()) object.set(key, text);
  return object.as_object().empty() ? std::string() : canonical(object);
}

/// The suppliers of a category sum up those of its variants, and all of these are in the tables.
void mark_complete(Node& node) {
  Json object = node.attributes.empty() ? Json::object() : parse_json(node.attributes);
  object.set("variants_complete", true);
  node.attributes = canonical(object);
}

/// Trailing white space is a quirk of five descriptions.
std::string trimmed(const std::string& text) {
  const auto end = text.find_last_not_of(" \t\r\n");
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

/// Builds the records of the dataset from the tables.
class Converter {
 public:
  explicit Converter(const EtoTables& tables) : tables_(tables) {
    for (const EtoInput& input : tables.inputs) node_id_[input.id] = "input:" + input.id;
    for (const EtoStage& stage : tables.stages) node_id_[stage.id] = "stage:" + stage.id;
    for (const EtoProvider& provider : tables.providers)
      node_id_[provider.id] = provider.type != "country"            ? "firm:" + provider.id
                              : is_residual_provider(provider.name) ? "residual:" + provider.id
                                                                    : country(provider.name);
  }

  void convert() {
    for (const EtoInput& input : tables_.inputs) add_input(input);
    for (const EtoStage& stage : tables_.stages) add_stage(stage);
    for (const EtoProvider& provider : tables_.providers) add_provider(provider);
    for (const EtoProvision& provision : tables_.provisions) add_provision(provision);
    for (const EtoRelation& relation : tables_.relations) add_relation(relation);
    add_steps_and_bridge();
    for (const std::string& id : categories_) mark_complete(nodes_[id]);
    for (auto& [id, node] : nodes_) {
      const auto& names = aliases_[id];
      node.aliases.assign(names.begin(), names.end());
      std::erase(node.aliases, node.labels["en"]);
    }
  }

  [[nodiscard]] Json dataset(const std::string& version) const {
    Json root = Json::object();
    root.set("dataset", to_json(DatasetInfo{"eto-chips", "ETO Advanced Semiconductor Supply Chain Dataset", version,
                                            "CC-BY-NC-4.0"}));
    Json sources = Json::array();
    sources.push(to_json(Source{source_id,
                                "Emerging Technology Observatory Advanced Semiconductor Supply Chain Dataset (2022 "
                                "release)",
                                "Emerging Technology Observatory, Center for Security and Emerging Technology", "2022",
                                "en", "https://eto.tech/dataset-docs/chipexplorer", "CC-BY-NC-4.0", ""}));
    root.set("sources", std::move(sources));
    Json nodes = Json::array(), edges = Json::array();
    for (const auto& [id, node] : nodes_) nodes.push(to_json(node));
    for (const Edge& edge : edges_) edges.push(to_json(edge, false));
    root.set("nodes", std::move(nodes));
    root.set("edges", std::move(edges));
    return root;
  }

 private:
  static std::string country(const std::string& code) { return "country:" + iso_country(code); }

  Node& add_node(Node node) { return nodes_[node.id] = std::move(node); }

  /// A country's node; some occur only as a firm's headquarters.
  void add_country(const std::string& code, const std::string& eto_id, const std::string& table, std::uint64_t row) {
    const std::string iso = iso_country(code);
    const auto existing = nodes_.find(country(code));
    if (existing != nodes_.end() && eto_id.empty()) return;
    Node node;
    node.id = country(code);
    node.type = "country";
    node.labels["en"] = iso;
    node.codes["iso3166-alpha3"] = iso;
    if (!eto_id.empty()) node.codes["eto_id"] = eto_id;
    if (iso != code) node.attributes = attributes_of({{"source_code", code}});
    node.sources = cite(table, row);
    add_node(std::move(node));
  }

  void add_input(const EtoInput& input) {
    Node node;
    node.id = node_id_[input.id];
    node.type = input.type == "process"             ? "process"
                : input.type == "material_resource" ? "material"
                : input.type == "ultimate_output"   ? "product"
                : is_software_input(input.name)     ? "software"
                                                    : "equipment";
    node.labels["en"] = input.name;
    node.codes["eto_id"] = input.id;
    node.description = trimmed(input.description);
    node.attributes = attributes_of(
        {{"market_size_text", input.market_size}, {"caption", input.caption}, {"source_url", input.source}});
    node.sources = cite("inputs.csv", input.row);
    add_node(std::move(node));
  }

  void add_stage(const EtoStage& stage) {
    Node node;
    node.id = node_id_[stage.id];
    node.type = "segment";
    node.labels["en"] = stage.name;
    node.codes["eto_id"] = stage.id;
    node.description = trimmed(stage.description);
    node.attributes = attributes_of(
        {{"market_size_text", stage.market_size}, {"caption", stage.caption}, {"source_url", stage.source}});
    node.sources = cite("stages.csv", stage.row);
    add_node(std::move(node));
  }

  void add_provider(const EtoProvider& provider) {
    if (provider.type == "country" && !is_residual_provider(provider.name))
      return add_country(provider.name, provider.id, "providers.csv", provider.row);
    Node node;
    node.id = node_id_[provider.id];
    node.labels["en"] = provider.name;
    node.codes["eto_id"] = provider.id;
    node.sources = cite("providers.csv", provider.row);
    if (provider.type == "country") {
      node.type = "group";
      // It stands beside the countries in a market and is no place that could withdraw.
      node.attributes = attributes_of({{"layer", "place"}});
      add_node(std::move(node));
      return;
    }
    node.type = "firm";
    const std::string id = add_node(std::move(node)).id;
    if (provider.country.empty()) return;
    add_country(provider.country, "", "providers.csv", provider.row);
    add_edge("located-in", id, country(provider.country), cite("providers.csv", provider.row));
  }

  Edge& add_edge(const char* type, const std::string& from, const std::string& to, std::vector<Citation> sources) {
    Edge edge;
    edge.type = type;
    edge.from = from;
    edge.to = to;
    edge.as_of = as_of;
    edge.sources = std::move(sources);
    edges_.push_back(std::move(edge));
    return edges_.back();
  }

  void add_provision(const EtoProvision& provision) {
    Edge& edge = add_edge("produces", node_id_[provision.provider], node_id_[provision.provided],
                          cite("provision.csv", provision.row));
    if (provision.share_percent) edge.share = *provision.share_percent / 100;
    edge.significance = provision.negligible ? Significance::minor : Significance::major;
    if (!nodes_.contains(node_id_[provision.provider])) return;
    if (node_id_[provision.provider].starts_with("firm:"))
      aliases_[node_id_[provision.provider]].insert(provision.provider_name);
    aliases_[node_id_[provision.provided]].insert(provision.provided_name);
  }

  void add_relation(const EtoRelation& relation) {
    const std::string &input = node_id_[relation.input], &whole = node_id_[relation.whole];
    if (relation.variant) {
      add_edge("variant-of", input, whole, cite("sequence.csv", relation.row));
      categories_.insert(whole);
    } else {
      add_edge("requires", whole, input, cite("sequence.csv", relation.row));
    }
    aliases_[input].insert(relation.input_name);
    aliases_[whole].insert(relation.whole_name);
  }

  /// Processes are steps of their stage; the design processes make different products and are alternatives. The tables
  /// do not join design to fabrication, so that fabrication requires design is derived from the order of the stages.
  void add_steps_and_bridge() {
    for (const EtoInput& input : tables_.inputs) {
      if (input.type != "process" || input.stage.empty()) continue;
      Edge& step = add_edge("step-of", node_id_[input.id], node_id_[input.stage], cite("inputs.csv", input.row));
      if (input.stage == "S1") step.group = "designs";
      if (input.stage != "S2" || !node_id_.contains("S1")) continue;
      Edge& bridge = add_edge("requires", node_id_[input.id], node_id_["S1"], cite("stages.csv", 1));
      bridge.sources.front().locator = "order of the stages";
      bridge.status = Status::derived;
    }
  }

  const EtoTables& tables_;
  std::map<std::string, std::string> node_id_;
  std::map<std::string, Node> nodes_;
  std::map<std::string, std::set<std::string>> aliases_;
  std::set<std::string> categories_;  ///< nodes with variants
  std::vector<Edge> edges_;
};

}  // namespace

EtoDataset read_eto(const std::filesystem::path& folder, const EtoOptions& options) {
  const EtoTables tables = read_eto_tables(folder, options.lenient);
  Converter converter(tables);
  converter.convert();
  return {to_text(converter.dataset(options.version)), eto_quirks(tables)};
}

ImportReport import_eto(Database& database, const std::filesystem::path& folder, const EtoOptions& eto,
                        const ImportOptions& options, std::vector<std::string>& quirks) {
  EtoDataset dataset = read_eto(folder, eto);
  quirks = std::move(dataset.quirks);
  return import_text(database, folder.string(), dataset.text, options);
}

}  // namespace chokepoint
