#include "ingest/profiles/profiled_tables.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr int rows_looked_at = 100;

bool has_columns(const TableProfile& profile, const FlatTable& table, std::string& lacking) {
  std::set<std::string> names;
  for (const RawColumn& column : table.columns()) names.insert(fold(column.name));
  for (const std::string& column : profile.columns)
    if (!names.contains(fold(column))) lacking = fmt::format("the column {}", column);
  for (const Glob& pattern : profile.patterns) {
    const bool fits = std::any_of(table.columns().begin(), table.columns().end(),
                                  [&](const RawColumn& column) { return pattern.matches(column.name); });
    if (!fits) lacking = fmt::format("a column {}", pattern.text());
  }
  return lacking.empty();
}

/// Whether what stands in the first rows is what the profile expects, in at least one of them, and nothing else in any.
bool has_values(const TableProfile& profile, const FlatTable& table, std::string& lacking) {
  if (profile.values.empty()) return true;
  RowValues values(profile, table.columns(), {});
  std::vector<bool> seen(profile.values.size());
  const auto rows = table.rows({});
  FlatRow row;
  for (int i = 0; i < rows_looked_at && rows->next(row); ++i) {
    if (!row.fault.empty()) continue;
    values.begin(row.values);
    for (std::size_t k = 0; k < profile.values.size(); ++k) {
      const ProfileCondition& condition = profile.values[k];
      if (values.holds(std::vector<ProfileCondition>{condition}))
        seen[k] = true;
      else if (!values.text_of(condition.subject).empty())
        lacking = fmt::format("a value that fits in {}", condition.subject.text);
    }
  }
  for (std::size_t k = 0; k < seen.size(); ++k)
    if (!seen[k]) lacking = fmt::format("a value that fits in {}", profile.values[k].subject.text);
  return lacking.empty();
}

bool takes_format(const TableProfile& profile, std::string_view format) {
  return profile.formats.empty() ||
         std::find(profile.formats.begin(), profile.formats.end(), format) != profile.formats.end();
}

}  // namespace

std::string lacking_for(const TableProfile& profile, const FlatTable& table, const std::string& file) {
  std::string lacking;
  const bool is_called_so = std::any_of(profile.files.begin(), profile.files.end(),
                                        [&](const Glob& pattern) { return pattern.matches(file); });
  if (has_columns(profile, table, lacking) && !is_called_so) has_values(profile, table, lacking);
  return lacking;
}

std::shared_ptr<const TableProfile> ProfiledTables::named_profile(const FlatTable& table, const std::string& stem) {
  auto& loaded = loaded_[options_.profile];
  if (!loaded) loaded = load_profile(options_.profile);
  const std::string lacking = lacking_for(*loaded, table, stem);
  if (lacking.empty()) return loaded;
  lacking_ = lacking;
  return nullptr;
}

std::shared_ptr<const TableProfile> ProfiledTables::profile_for(const FlatTable& table, std::string_view format,
                                                                const std::string& file) {
  if (options_.profile == "none" || table.kind()) return nullptr;
  const std::string stem = std::filesystem::path(file).filename().stem().string();
  if (!options_.profile.empty()) return named_profile(table, stem);
  std::vector<const TableProfile*> fitting;
  for (const auto& profile : standard_profiles())
    if (!profile->only_when_named && takes_format(*profile, format) && lacking_for(*profile, table, stem).empty())
      fitting.push_back(profile.get());
  if (fitting.empty()) {
    suggest_profile(table, format, file);
    return nullptr;
  }
  std::stable_sort(fitting.begin(), fitting.end(),
                   [](const TableProfile* a, const TableProfile* b) { return a->specificity() > b->specificity(); });
  const TableProfile& best = *fitting.front();
  if (fitting.size() > 1 && fitting[1]->specificity() == best.specificity())
    throw UsageError(
        fmt::format("{}: the profiles {} and {} fit equally well; --profile {} or --profile {} says which, "
                    "--profile none reads it as a plain table",
                    file, best.id, fitting[1]->id, best.id, fitting[1]->id));
  const bool is_mapped = std::any_of(table.columns().begin(), table.columns().end(), [&](const RawColumn& column) {
    return options_.columns.find(column.name) != options_.columns.end();
  });
  if (is_mapped) {
    told_.push_back(
        fmt::format("{}: read as --map says and not by the profile {}, which fits; --profile {} would use it", file,
                    best.id, best.id));
    return nullptr;
  }
  auto& loaded = loaded_[best.id];
  if (!loaded) loaded = load_profile(best.id);
  return loaded;
}

/// Names a profile that must be named and has the columns of the table, all of them and no other.
void ProfiledTables::suggest_profile(const FlatTable& table, std::string_view format, const std::string& file) {
  for (const auto& profile : standard_profiles()) {
    std::string lacking;
    const bool fits = profile->only_when_named && takes_format(*profile, format) && profile->patterns.empty() &&
                      profile->columns.size() == table.columns().size() && has_columns(*profile, table, lacking);
    if (fits)
      suggested_.push_back(fmt::format("{}: its columns are those of the profile {}, {}; --profile {} reads it so",
                                       file, profile->id, profile->title, profile->id));
  }
}

void ProfiledTables::require_types(const TableProfile& profile) const {
  for (const ProfilePart& part : profile.parts)
    for (const ProfileField& field : part.fields) {
      const bool is_end = field.target == Target::from_type || field.target == Target::to_type;
      if (part.kind == FlatKind::figures || (field.target != Target::type && !is_end)) continue;
      const std::string& type = field.value.text.text;
      if (type.empty() || type.find('{') != std::string::npos) continue;
      const bool is_nodes = part.kind == FlatKind::nodes || is_end;
      const bool is_known = is_nodes ? ontology_.node_type(type).has_value() : ontology_.edge_type(type).has_value();
      if (is_known || options_.types.find(type) != options_.types.end()) continue;
      throw UsageError(
          fmt::format("the profile {} makes {} of the type {}, which the ontology in use lacks; --map-type "
                      "{}=OURS says which type they are here",
                      profile.id, is_nodes ? "nodes" : "edges", type, type));
    }
}

/// What a profile asks of a file, where the file does not say it; the user must, and of one file.
GivenValues ProfiledTables::given_for(const TableProfile& profile, const FlatTable& table, const std::string& stem,
                                      const std::string& file) {
  GivenValues given;
  RowValues values(profile, table.columns(), stem);
  const std::vector<std::string_view> no_cells(table.columns().size());
  values.begin(no_cells);
  for (const auto& [name, where] : profile.asks) {
    if (!values.raw(name).empty()) continue;
    const auto said = options_.profile_values.find(name);
    if (said == options_.profile_values.end())
      throw UsageError(fmt::format(
          "{}: the profile {} takes the {} from {}, and nothing says it here; --profile-value {}=NAME does, "
          "--profile none reads a plain table",
          file, profile.id, name, where, name));
    const auto [taken, fresh] = given_to_.try_emplace(name, file);
    if (!fresh)
      throw UsageError(fmt::format("--profile-value {}={}: {} and {} both lack it; import them one by one", name,
                                   said->second, taken->second, file));
    given.emplace(name, said->second);
  }
  return given;
}

std::vector<const FlatTable*> ProfiledTables::take(const FlatTable& table, std::string_view format,
                                                   const std::string& file) {
  std::vector<const FlatTable*> made;
  auto profile = profile_for(table, format, file);
  if (!profile) return made;
  require_types(*profile);
  const std::string stem = std::filesystem::path(file).filename().stem().string();
  auto source = std::make_shared<ProfiledSource>(table, profile, stem, given_for(*profile, table, stem, file));
  for (std::size_t part = 0; part < profile->parts.size(); ++part)
    made.push_back(tables_.emplace_back(std::make_unique<ProfiledTable>(source, part)).get());
  sources_.push_back(std::move(source));
  files_.push_back(file);
  return made;
}

void ProfiledTables::require_used() const {
  for (const auto& [name, value] : options_.profile_values)
    if (!given_to_.contains(name))
      throw UsageError(fmt::format("--profile-value {}={}: no table of the import lacks it", name, value));
  if (options_.profile.empty() || options_.profile == "none" || !sources_.empty()) return;
  if (lacking_.empty()) static_cast<void>(load_profile(options_.profile));  // says what is wrong with the name
  throw UsageError(fmt::format("--profile {}: no table of the import is laid out so{}", options_.profile,
                               lacking_.empty() ? "" : "; it lacks " + lacking_));
}

std::vector<std::string> ProfiledTables::remarks() const {
  std::vector<std::string> lines = told_;
  lines.insert(lines.end(), suggested_.begin(), suggested_.end());
  std::map<const TableProfile*, std::vector<std::string>> files;
  for (std::size_t i = 0; i < sources_.size(); ++i) files[&sources_[i]->profile()].push_back(files_[i]);
  std::vector<std::string> heads;
  for (const auto& [profile, names] : files)
    heads.push_back(fmt::format(
        "{} read by the profile {}: {}{}",
        names.size() == 1 ? names.front() + " was" : fmt::format("{} tables were", names.size()), profile->id,
        profile->title, options_.profile.empty() ? "; --profile none reads plain tables" : ""));
  std::sort(heads.begin(), heads.end());
  lines.insert(lines.end(), heads.begin(), heads.end());
  std::map<std::string, std::vector<std::string>> said;
  std::vector<std::string> order;
  for (std::size_t i = 0; i < sources_.size(); ++i)
    for (const std::string& line : sources_[i]->remarks()) {
      auto& of = said[line];
      if (of.empty()) order.push_back(line);
      of.push_back(files_[i]);
    }
  for (const std::string& line : order) {
    const auto& of = said[line];
    lines.push_back(
        fmt::format("{}{}: {}", of.front(), of.size() > 1 ? fmt::format(" and {} more", of.size() - 1) : "", line));
  }
  return lines;
}

}  // namespace chokepoint::detail
