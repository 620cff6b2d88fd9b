#pragma once

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
  std::vector<EtoInputRow> inputs;
  std::vector<EtoStage> stages;
  std::set<std::string, std::less<>> seats;  ///< of the providers; few, however many these are
  std::deque<EtoProvider> providers;         // in pieces: growing must not copy what may be a large part of the memory
  std::deque<EtoProvision> provisions;       ///< without exact repetitions
  std::vector<EtoRelation> relations;
  std::vector<std::string> repeated;  ///< `provision.csv row 12: P57 -> S3`
  std::vector<std::string> skipped;   ///< rows that name an unknown id, when lenient
};

/// @throws NotFoundError, IngestError
EtoTables read_eto_tables(const std::filesystem::path& folder, bool lenient);

}  // namespace chokepoint::detail
