#pragma once

#include "ingest/files/text_index.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The rows of the ETO tables, in file order, with the row number for the locator.
struct EtoInputRow {
  std::uint64_t row = 0;
  std::string id, name, type, stage, description, market_size, caption, source;
};
struct EtoProvider {
  std::uint64_t row = 0;
  std::string id, name;
  std::string_view seat;    ///< the country that an organization sits in, one of `EtoTables::seats`
  bool is_country = false;  ///< otherwise it is an organization
};
struct EtoProvision {
  std::uint64_t row = 0;
  std::string provider, provider_name, provided, provided_name;
  std::optional<double> share_percent;
  bool negligible = false;
};
struct EtoRelation {
  std::uint64_t row = 0;
  std::string input, input_name;
  std::string whole, whole_name;  ///< what it goes into, or the broader input
  bool variant = false;
};
struct EtoStage {
  std::uint64_t row = 0;
  std::string id, name, description, market_size, caption, source;
};

struct EtoTables {
  std::uint64_t bytes = 0;  ///< of all files
  std::vector<EtoInputRow> inputs;
  std::vector<EtoStage> stages;
  std::set<std::string, std::less<>> seats;  ///< of the providers; few, however many these are
  std::deque<EtoProvider> providers;         // in pieces: growing must not copy what may be a large part of the memory
  std::deque<EtoProvision> provisions;       ///< without exact repetitions
  std::vector<EtoRelation> relations;
  TextIndex thing_keys;               ///< of the inputs, then of the stages, in their order
  TextIndex provider_keys;            ///< of the providers, in their order
  std::vector<std::string> repeated;  ///< `provision.csv row 12: P57 -> S3`
  std::vector<std::string> skipped;   ///< rows that name an unknown id, when lenient

  /// @return nullptr where no provider has the key
  [[nodiscard]] const EtoProvider* provider(std::string_view key) const {
    const auto number = provider_keys.find(key);
    return number ? &providers[*number] : nullptr;
  }
  /// What its table calls an input, a stage or a provider; empty for none of them.
  [[nodiscard]] std::string_view name_of(std::string_view key) const {
    if (const auto number = provider_keys.find(key)) return providers[*number].name;
    const auto number = thing_keys.find(key);
    if (!number) return {};
    return *number < inputs.size() ? inputs[*number].name : stages[*number - inputs.size()].name;
  }
};

/// @throws NotFoundError, IngestError
EtoTables read_eto_tables(const std::filesystem::path& folder, bool lenient);

}  // namespace chokepoint::detail
