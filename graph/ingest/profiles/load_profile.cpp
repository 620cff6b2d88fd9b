// Where profiles come from: those that are compiled in, and files.
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/files/input_file.hpp"
#include "ingest/profiles/profile_reader.hpp"
#include "ingest/profiles/table_profile.hpp"
#include "model/embedded.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::uint64_t largest_profile = std::uint64_t{16} << 20U;

}  // namespace

std::unique_ptr<const TableProfile> read_profile(std::string_view text, const std::string& origin, bool head_only) {
  auto profile = std::make_unique<TableProfile>();
  ProfileReader reader(*profile);
  try {
    const Json json = parse_json(text);
    head_only ? reader.read_head(json) : reader.read(json);
  } catch (const JsonError& error) {
    throw UsageError(fmt::format("{}: {}", origin, error.what()));
  }
  if (!reader.faults().empty())
    throw UsageError(fmt::format("{}: {}", origin, fmt::join(reader.faults(), fmt::format("\n{}: ", origin))));
  profile->origin = origin;
  return profile;
}

const std::vector<std::unique_ptr<const TableProfile>>& standard_profiles() {
  static const std::vector<std::unique_ptr<const TableProfile>> profiles = [] {
    std::vector<std::unique_ptr<const TableProfile>> all;
    for (const std::string_view name : embedded_names()) {
      if (!name.starts_with("profiles/") || !name.ends_with(".json")) continue;
      if (name == "profiles/columns.json" || name == "profiles/countries.json") continue;
      all.push_back(read_profile(*embedded(name), std::string(name), true));
    }
    return all;
  }();
  return profiles;
}

std::unique_ptr<const TableProfile> load_profile(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& profile : standard_profiles()) {
    if (profile->id == name) return read_profile(*embedded(profile->origin), profile->origin);
    known.push_back(profile->id);
  }
  std::error_code failed;
  if (std::filesystem::is_regular_file(name, failed)) {
    InputFile file{std::filesystem::path(name)};
    if (file.size() > largest_profile) throw UsageError(fmt::format("{}: larger than a profile can be", name));
    std::string text(file.size(), '\0');
    std::size_t size = 0;
    for (std::size_t got = 1; size < text.size() && got > 0; size += got)
      got = file.read(text.data() + size, text.size() - size);
    text.resize(size);
    return read_profile(text, name);
  }
  const auto near = suggest(name, known, 1);
  throw UsageError(fmt::format("--profile {}: neither a profile of ours nor a file; {}", name,
                               near.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                                            : fmt::format("did you mean {}?", near.front())));
}

}  // namespace chokepoint::detail
