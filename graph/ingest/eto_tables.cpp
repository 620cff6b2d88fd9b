#include "ingest/eto_tables.hpp"

#include "ingest/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace chokepoint::detail {

namespace {

/// One table: opens it, finds its columns, hands over each row.
class Table {
 public:
  Table(const std::filesystem::path& folder, const char* name) : name_(name), file_(folder / name), reader_(file_) {}

  bool next() { return reader_.next(row_); }
  std::string operator[](const char* column) { return std::string(row_.fields[reader_.column(column)]); }
  [[nodiscard]] std::uint64_t row() const { return row_.number; }
  [[noreturn]] void refuse(const char* column, const std::string& message) const {
    reader_.refuse(row_, column, message);
  }
  [[nodiscard]] std::string where() const { return fmt::format("{} row {}", name_, row_.number); }

 private:
  std::string name_;
  InputFile file_;
  CsvReader reader_;
  CsvRow row_;
};

/// `57%` → 57.
double percent(Table& table, const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size() - 1;
  const auto result = std::from_chars(text.data(), end, value);
  if (text.back() != '%' || result.ec != std::errc() || result.ptr != end || !(value >= 0 && value <= 100))
    table.refuse("share_provided", fmt::format("\"{}\" is no percentage from 0% to 100%", text));
  return value;
}

/// Refuses a key that two rows have, and one that is empty.
void check_key(Table& table, const char* column, const std::string& id, std::set<std::string>& seen) {
  if (id.empty()) table.refuse(column, "the key is empty");
  if (!seen.insert(id).second) table.refuse(column, fmt::format("the key {} stands in two rows", id));
}

}  // namespace

EtoTables read_eto_tables(const std::filesystem::path& folder, bool lenient) {
  EtoTables tables;
  std::set<std::string> things, providers;
  for (Table t(folder, "inputs.csv"); t.next();) {
    check_key(t, "input_id", t["input_id"], things);
    const std::string& type = t["type"];
    if (type != "process" && type != "tool_resource" && type != "material_resource" && type != "ultimate_output")
      t.refuse("type", fmt::format("\"{}\" is not process, tool_resource, material_resource or ultimate_output", type));
    tables.inputs.push_back({t.row(), t["input_id"], t["input_name"], type, t["stage_id"], t["description"],
                             t["market_share_chart_global_market_size_info"], t["market_share_chart_caption"],
                             t["market_share_chart_source"]});
  }
  std::set<std::string> stages;
  for (Table t(folder, "stages.csv"); t.next();) {
    check_key(t, "stage_id", t["stage_id"], things);
    stages.insert(t["stage_id"]);
    tables.stages.push_back({t.row(), t["stage_id"], t["stage_name"], t["description"],
                             t["market_share_chart_global_market_size_info"], t["market_share_chart_caption"],
                             t["market_share_chart_source"]});
  }
  for (const EtoInput& input : tables.inputs)
    if (!input.stage.empty() && !stages.contains(input.stage)) {
      Table t(folder, "inputs.csv");
      while (t.next() && t.row() != input.row) {
      }
      t.refuse("stage_id", fmt::format("no stage is called {}", input.stage));
    }
  for (Table t(folder, "providers.csv"); t.next();) {
    check_key(t, "provider_id", t["provider_id"], providers);
    const std::string& type = t["provider_type"];
    if (type != "country" && type != "organization")
      t.refuse("provider_type", fmt::format("\"{}\" is not country or organization", type));
    tables.providers.push_back({t.row(), t["provider_id"], t["provider_name"], type, t["country"]});
  }

  // A row that names an unknown id is an error, or is skipped and counted.
  const auto known = [&](Table& t, const char* column, const std::set<std::string>& ids) {
    if (ids.contains(t[column])) return true;
    const std::string why = fmt::format("no row of its table is called \"{}\"", t[column]);
    if (!lenient) t.refuse(column, why);
    tables.skipped.push_back(fmt::format("{}, column {}: {}", t.where(), column, why));
    return false;
  };
  std::map<std::pair<std::string, std::string>, const std::string> rows;
  for (Table t(folder, "provision.csv"); t.next();) {
    if (!known(t, "provider_id", providers) || !known(t, "provided_id", things)) continue;
    const std::string &share = t["share_provided"], &negligible = t["negligible_market_share"];
    if (!share.empty() && !negligible.empty()) t.refuse("share_provided", "both share columns are filled");
    if (!negligible.empty() && negligible != "negligible")
      t.refuse("negligible_market_share", fmt::format("\"{}\" is not `negligible`", negligible));
    const auto [there, fresh] = rows.emplace(std::pair(t["provider_id"], t["provided_id"]), share + "|" + negligible);
    if (!fresh) {
      if (there->second != share + "|" + negligible)
        t.refuse("provided_id", "another row says something else of this pair");
      tables.repeated.push_back(
          fmt::format("{}: {} -> {} stands there twice", t.where(), t["provider_id"], t["provided_id"]));
      continue;
    }
    tables.provisions.push_back({t.row(), t["provider_id"], t["provider_name"], t["provided_id"], t["provided_name"],
                                 share.empty() ? std::nullopt : std::optional(percent(t, share)), !negligible.empty()});
  }
  std::set<std::pair<std::string, std::string>> relations;
  for (Table t(folder, "sequence.csv"); t.next();) {
    const bool goes = !t["goes_into_id"].empty(), variant = !t["is_type_of_id"].empty();
    if (goes == variant) t.refuse("goes_into_id", "either goes_into_id or is_type_of_id is filled");
    const char* whole = variant ? "is_type_of_id" : "goes_into_id";
    if (!known(t, "input_id", things) || !known(t, whole, things)) continue;
    if (!relations.emplace(t["input_id"], t[whole]).second) {
      tables.repeated.push_back(fmt::format("{}: {} -> {} stands there twice", t.where(), t["input_id"], t[whole]));
      continue;
    }
    tables.relations.push_back({t.row(), t["input_id"], t["input_name"], t[whole],
                                t[variant ? "is_type_of_name" : "goes_into_name"], variant});
  }
  return tables;
}

}  // namespace chokepoint::detail
