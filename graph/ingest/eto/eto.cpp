#include "chokepoint/ingest/eto.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/eto/eto_quirks.hpp"
#include "ingest/eto/eto_tables.hpp"
#include "ingest/importing/import_job.hpp"
#include "ingest/records/record_input.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace chokepoint {

namespace {

using namespace detail;

constexpr const char* source_id = "eto-chips";
constexpr const char* as_of = "2021";

std::vector<Citation> cite(const std::string& table, std::uint64_t row) {
  return {{source_id, fmt::format("{} row {}", table, row)}};
}

/// @param is_category  it has variants: its suppliers sum up theirs, and all of these are in the tables
std::string attributes_of(const std::vector<std::pair<std::string, std::string>>& texts, bool is_category = false) {
  Json object = Json::object();
  for (const auto& [key, text] : texts)
    if (!text.empty()) object.set(key, text);
  if (is_category) object.set("variants_complete", true);
  return object.as_object().empty() ? std::string() : canonical(object);
}

/// Trailing white space is a quirk of five descriptions.
std::string trimmed(const std::string& text) {
  const auto end = text.find_last_not_of(" \t\r\n");
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

/// Makes the records of the dataset out of the tables' rows, one after the other.
class EtoInput : public RecordInput {
 public:
  EtoInput(EtoTables tables, std::string folder, std::string version)
      : tables_(std::move(tables)), folder_(std::move(folder)), version_(std::move(version)) {
    for (const EtoRelation& relation : tables_.relations)
      if (relation.variant) categories_.insert(relation.whole);
    gather_other_names();
  }

  void read_nodes(RecordSink& sink) override {
    sink.dataset({"eto-chips", "ETO Advanced Semiconductor Supply Chain Dataset", version_, "CC-BY-NC-4.0"}, place(0));
    sink.source(
        {source_id, "Emerging Technology Observatory Advanced Semiconductor Supply Chain Dataset (2022 release)",
         "Emerging Technology Observatory, Center for Security and Emerging Technology", "2022", "en",
         "https://eto.tech/dataset-docs/chipexplorer", "CC-BY-NC-4.0", ""},
        place(0));
    for (const EtoInputRow& input : tables_.inputs) sink.node(node_of(input), place(input.row));
    for (const EtoStage& stage : tables_.stages) sink.node(node_of(stage), place(stage.row));
    std::map<std::string, Node> countries;
    for (const EtoProvider& provider : tables_.providers) {
      if (is_country(provider))
        countries.insert_or_assign(iso_country(provider.name), country_of(provider.name, provider.id, provider.row));
      else
        sink.node(node_of(provider), place(provider.row));
      // Some countries occur only as a firm's headquarters.
      if (has_seat(provider)) {
        const std::string seat(provider.seat);
        if (std::string iso = iso_country(seat); !countries.contains(iso))
          countries.emplace(std::move(iso), country_of(seat, "", provider.row));
      }
    }
    for (const auto& [code, node] : countries) sink.node(node, place(0));
    other_names_.clear();
  }

  void read_facts(RecordSink& sink) override {
    for (const EtoProvider& provider : tables_.providers)
      if (has_seat(provider))
        put(sink, "located-in", id_of(provider), country_id(std::string(provider.seat)),
            cite("providers.csv", provider.row));
    for (const EtoProvision& provision : tables_.provisions) put(sink, provision);
    for (const EtoRelation& relation : tables_.relations) {
      const std::string input = id(relation.input), whole = id(relation.whole);
      if (relation.variant)
        put(sink, "variant-of", input, whole, cite("sequence.csv", relation.row));
      else
        put(sink, "requires", whole, input, cite("sequence.csv", relation.row));
    }
    put_steps_and_bridge(sink);
    // What follows needs memory of its own.
    categories_.clear();
    tables_ = {};
  }

  [[nodiscard]] std::string name() const override { return folder_; }
  [[nodiscard]] std::uint64_t bytes() const override { return tables_.bytes; }
  [[nodiscard]] const Problems& seen_twice() const override { return none_; }

 private:
  /// Its row. The id of its node is made when asked for: there may be very many.
  using Thing = std::variant<const EtoInputRow*, const EtoStage*, const EtoProvider*>;

  static std::string country_id(const std::string& code) { return "country:" + iso_country(code); }
  static bool is_country(const EtoProvider& provider) {
    return provider.is_country && !is_residual_provider(provider.name);
  }
  static bool has_seat(const EtoProvider& provider) { return !provider.is_country && !provider.seat.empty(); }
  static std::string id_of(const EtoProvider& provider) {
    if (is_country(provider)) return country_id(provider.name);
    return (provider.is_country ? "residual:" : "firm:") + provider.id;
  }
  [[nodiscard]] Place place(std::uint64_t row) const { return {folder_, row, 0}; }
  static std::string id_of(const EtoInputRow& input) { return "input:" + input.id; }
  static std::string id_of(const EtoStage& stage) { return "stage:" + stage.id; }
  static std::string id_of(const Thing& thing) {
    return std::visit([](const auto* row) { return id_of(*row); }, thing);
  }
  /// @pre a row of the tables has the key
  [[nodiscard]] Thing thing(std::string_view key) const {
    const auto number = tables_.thing_keys.find(key);
    if (!number) return tables_.provider(key);
    if (*number < tables_.inputs.size()) return &tables_.inputs[*number];
    return &tables_.stages[*number - tables_.inputs.size()];
  }
  [[nodiscard]] std::string id(std::string_view key) const { return id_of(thing(key)); }

  /// What other tables call a thing; only what differs from its own table's name is kept.
  void gather_other_names() {
    const auto note = [this](const std::string& key, const std::string& used) {
      const Thing named = thing(key);
      if (used != std::visit([](const auto* row) -> const std::string& { return row->name; }, named))
        other_names_[id_of(named)].insert(used);
    };
    for (const EtoProvision& provision : tables_.provisions) {
      if (id(provision.provider).starts_with("firm:")) note(provision.provider, provision.provider_name);
      note(provision.provided, provision.provided_name);
    }
    for (const EtoRelation& relation : tables_.relations) {
      note(relation.input, relation.input_name);
      note(relation.whole, relation.whole_name);
    }
  }

  /// A node with what all of them have.
  [[nodiscard]] Node plain_node(std::string id, const char* type, const std::string& name, const std::string& key,
                                std::vector<Citation> sources) const {
    Node node;
    node.id = std::move(id);
    node.type = type;
    node.labels["en"] = name;
    if (!key.empty()) node.codes["eto_id"] = key;
    if (const auto names = other_names_.find(node.id); names != other_names_.end())
      node.aliases.assign(names->second.begin(), names->second.end());
    node.sources = std::move(sources);
    return node;
  }

  [[nodiscard]] Node country_of(const std::string& code, const std::string& key, std::uint64_t row) const {
    const std::string iso = iso_country(code);
    Node node = plain_node(country_id(code), "country", iso, key, cite("providers.csv", row));
    node.codes["iso3166-alpha3"] = iso;
    if (iso != code) node.attributes = attributes_of({{"source_code", code}});
    return node;
  }

  [[nodiscard]] Node node_of(const EtoInputRow& input) const {
    const char* type = input.type == "process"             ? "process"
                       : input.type == "material_resource" ? "material"
                       : input.type == "ultimate_output"   ? "product"
                       : is_software_input(input.name)     ? "software"
                                                           : "equipment";
    Node node = plain_node(id(input.id), type, input.name, input.id, cite("inputs.csv", input.row));
    node.description = trimmed(input.description);
    node.attributes = attributes_of(
        {{"market_size_text", input.market_size}, {"caption", input.caption}, {"source_url", input.source}},
        categories_.contains(input.id));
    return node;
  }

  [[nodiscard]] Node node_of(const EtoStage& stage) const {
    Node node = plain_node(id(stage.id), "segment", stage.name, stage.id, cite("stages.csv", stage.row));
    node.description = trimmed(stage.description);
    node.attributes = attributes_of(
        {{"market_size_text", stage.market_size}, {"caption", stage.caption}, {"source_url", stage.source}});
    return node;
  }

  /// A firm, or the remainder of the countries.
  [[nodiscard]] Node node_of(const EtoProvider& provider) const {
    const bool is_residual = provider.is_country;
    Node node = plain_node(id_of(provider), is_residual ? "group" : "firm", provider.name, provider.id,
                           cite("providers.csv", provider.row));
    // It stands beside the countries in a market and is no place that could withdraw.
    if (is_residual) node.attributes = attributes_of({{"layer", "place"}});
    return node;
  }

  static Edge plain_edge(const char* type, const std::string& from, const std::string& to,
                         std::vector<Citation> sources) {
    Edge edge;
    edge.type = type;
    edge.from = from;
    edge.to = to;
    edge.as_of = as_of;
    edge.sources = std::move(sources);
    return edge;
  }

  void put(RecordSink& sink, Edge edge, std::uint64_t row) const { sink.edge(edge, place(row), std::nullopt); }
  void put(RecordSink& sink, const char* type, const std::string& from, const std::string& to,
           std::vector<Citation> sources) const {
    put(sink, plain_edge(type, from, to, std::move(sources)), 0);
  }

  void put(RecordSink& sink, const EtoProvision& provision) const {
    Edge edge =
        plain_edge("produces", id(provision.provider), id(provision.provided), cite("provision.csv", provision.row));
    if (provision.share_percent) edge.share = *provision.share_percent / 100;
    edge.significance = provision.negligible ? Significance::minor : Significance::major;
    put(sink, std::move(edge), provision.row);
  }

  /// Processes are steps of their stage; the design processes make different products and are alternatives. The tables
  /// do not join design to fabrication, so that fabrication requires design is derived from the order of the stages.
  void put_steps_and_bridge(RecordSink& sink) const {
    for (const EtoInputRow& input : tables_.inputs) {
      if (input.type != "process" || input.stage.empty()) continue;
      Edge step = plain_edge("step-of", id(input.id), id(input.stage), cite("inputs.csv", input.row));
      if (input.stage == "S1") step.group = "designs";
      put(sink, std::move(step), input.row);
      if (input.stage != "S2" || !tables_.thing_keys.find("S1")) continue;
      Edge bridge = plain_edge("requires", id(input.id), id("S1"), {{source_id, "order of the stages"}});
      bridge.status = Status::derived;
      put(sink, std::move(bridge), input.row);
    }
  }

  EtoTables tables_;
  std::string folder_, version_;
  std::map<std::string, std::set<std::string>> other_names_;  ///< by node id
  std::set<std::string_view> categories_;                     ///< by the tables' key: they have variants
  Problems none_;
};

/// Gathers records as the lists of a dataset.
class DatasetText : public RecordSink {
 public:
  void dataset(const DatasetInfo& info, const Place& /*place*/) override { info_ = to_json(info); }
  void source(Source&& source, const Place& /*place*/) override { sources_.push(to_json(source)); }
  void node(const Node& node, const Place& /*place*/) override { nodes_.emplace(node.id, to_json(node)); }
  void made_node(const Node& made, const Place& place) override { node(made, place); }
  void refused_node(std::string_view /*id*/) override {}
  void edge(Edge& edge, const Place& /*place*/, std::optional<std::uint64_t> /*claim*/) override {
    edges_.push(to_json(edge, false));
  }
  void observation(Observation& /*observation*/, const Place& /*place*/) override {}

  [[nodiscard]] std::string text() && {
    Json root = Json::object(), nodes = Json::array();
    for (auto& [id, node] : nodes_) nodes.push(std::move(node));
    root.set("dataset", std::move(info_));
    root.set("sources", std::move(sources_));
    root.set("nodes", std::move(nodes));
    root.set("edges", std::move(edges_));
    return to_text(root);
  }

 private:
  Json info_, sources_ = Json::array(), edges_ = Json::array();
  std::map<std::string, Json> nodes_;
};

}  // namespace

EtoDataset read_eto(const std::filesystem::path& folder, const EtoOptions& options) {
  EtoTables tables = read_eto_tables(folder, options.lenient);
  std::vector<std::string> quirks = eto_quirks(tables);
  EtoInput input(std::move(tables), folder.string(), options.version);
  DatasetText dataset;
  input.read_nodes(dataset);
  input.read_facts(dataset);
  return {std::move(dataset).text(), std::move(quirks)};
}

ImportReport import_eto(Database& database, const std::filesystem::path& folder, const EtoOptions& eto,
                        const ImportOptions& options, std::vector<std::string>& quirks) {
  EtoTables tables = read_eto_tables(folder, eto.lenient);
  quirks = eto_quirks(tables);
  ImportJob job(database, options);
  EtoInput input(std::move(tables), folder.string(), eto.version);
  return job.run(input);
}

}  // namespace chokepoint
