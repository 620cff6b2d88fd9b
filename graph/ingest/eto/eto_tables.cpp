#include "ingest/eto/eto_tables.hpp"

#include "ingest/tables/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace chokepoint::detail {

namespace {

/// One table: opens it, finds its columns before its first row, hands over each row.
class Table {
 public:
  /// @throws IngestError where a column is missing
  Table(const std::filesystem::path& folder, const char* name, std::initializer_list<const char*> columns)
      : name_(name), file_(folder / name), reader_(file_) {
    for (const char* column : columns) columns_.emplace_back(column, reader_.column(column));
  }

  bool next() { return reader_.next(row_); }
  /// @pre one of the columns that the table was opened with
  std::string operator[](std::string_view column) const {
    const auto found =
        std::find_if(columns_.begin(), columns_.end(), [&](const auto& known) { return known.first == column; });
    return std::string(row_.fields[found->second]);
  }
  [[nodiscard]] std::uint64_t row() const { return row_.number; }
  [[noreturn]] void refuse(const char* column, const std::string& message) const {
    reader_.refuse(row_, column, message);
  }
  [[nodiscard]] std::string where() const { return fmt::format("{} row {}", name_, row_.number); }

 private:
  std::string name_;
  InputFile file_;
  CsvReader reader_;
  std::vector<std::pair<std::string_view, std::size_t>> columns_;
  CsvRow row_;
};

Table inputs_of(const std::filesystem::path& folder) {
  return {folder,
          "inputs.csv",
          {"input_id", "input_name", "type", "stage_id", "description", "market_share_chart_global_market_size_info",
           "market_share_chart_caption", "market_share_chart_source"}};
}

Table stages_of(const std::filesystem::path& folder) {
  return {folder,
          "stages.csv",
          {"stage_id", "stage_name", "description", "market_share_chart_global_market_size_info",
           "market_share_chart_caption", "market_share_chart_source"}};
}

Table providers_of(const std::filesystem::path& folder) {
  return {folder, "providers.csv", {"provider_id", "provider_name", "provider_type", "country"}};
}

Table provision_of(const std::filesystem::path& folder) {
  return {
      folder,
      "provision.csv",
      {"provider_id", "provider_name", "provided_id", "provided_name", "share_provided", "negligible_market_share"}};
}

Table sequence_of(const std::filesystem::path& folder) {
  return {folder,
          "sequence.csv",
          {"input_id", "input_name", "goes_into_id", "goes_into_name", "is_type_of_id", "is_type_of_name"}};
}

/// Of the tables together.
std::uint64_t bytes_of(const std::filesystem::path& folder) {
  std::uint64_t sum = 0;
  for (const char* name : {"inputs.csv", "stages.csv", "providers.csv", "provision.csv", "sequence.csv"}) {
    std::error_code none;  // reading it will tell
    const auto bytes = std::filesystem::file_size(folder / name, none);
    if (!none) sum += bytes;
  }
  return sum;
}

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
void check_key(Table& table, const char* column, const std::string& id, TextIndex& seen) {
  if (id.empty()) table.refuse(column, "the key is empty");
  if (!seen.add(id).second) table.refuse(column, fmt::format("the key {} stands in two rows", id));
}

}  // namespace

EtoTables read_eto_tables(const std::filesystem::path& folder, bool lenient) {
  EtoTables tables;
  tables.bytes = bytes_of(folder);
  TextIndex &things = tables.thing_keys, &providers = tables.provider_keys;
  for (Table t = inputs_of(folder); t.next();) {
    check_key(t, "input_id", t["input_id"], things);
    const std::string& type = t["type"];
    if (type != "process" && type != "tool_resource" && type != "material_resource" && type != "ultimate_output")
      t.refuse("type", fmt::format("\"{}\" is not process, tool_resource, material_resource or ultimate_output", type));
    tables.inputs.push_back({t.row(), t["input_id"], t["input_name"], type, t["stage_id"], t["description"],
                             t["market_share_chart_global_market_size_info"], t["market_share_chart_caption"],
                             t["market_share_chart_source"]});
  }
  std::set<std::string> stages;
  for (Table t = stages_of(folder); t.next();) {
    check_key(t, "stage_id", t["stage_id"], things);
    stages.insert(t["stage_id"]);
    tables.stages.push_back({t.row(), t["stage_id"], t["stage_name"], t["description"],
                             t["market_share_chart_global_market_size_info"], t["market_share_chart_caption"],
                             t["market_share_chart_source"]});
  }
  for (const EtoInputRow& input : tables.inputs)
    if (!input.stage.empty() && !stages.contains(input.stage)) {
      Table t = inputs_of(folder);
      while (t.next() && t.row() != input.row) {
      }
      t.refuse("stage_id", fmt::format("no stage is called {}", input.stage));
    }
  for (Table t = providers_of(folder); t.next();) {
    check_key(t, "provider_id", t["provider_id"], providers);
    const std::string& type = t["provider_type"];
    if (type != "country" && type != "organization")
      t.refuse("provider_type", fmt::format("\"{}\" is not country or organization", type));
    const std::string_view seat = *tables.seats.insert(t["country"]).first;
    tables.providers.push_back({t.row(), t["provider_id"], t["provider_name"], seat, type == "country"});
  }

  // A row that names an unknown id is an error, or is skipped and counted.
  const auto known = [&](Table& t, const char* column, const TextIndex& ids) {
    if (ids.find(t[column])) return true;
    const std::string why = fmt::format("no row of its table is called \"{}\"", t[column]);
    if (!lenient) t.refuse(column, why);
    tables.skipped.push_back(fmt::format("{}, column {}: {}", t.where(), column, why));
    return false;
  };
  std::map<std::pair<std::string, std::string>, const std::string> rows;
  for (Table t = provision_of(folder); t.next();) {
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
  for (Table t = sequence_of(folder); t.next();) {
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
