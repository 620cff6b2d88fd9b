#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/profiles/profiled_table.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The tables of an import that a profile reads.
class ProfiledTables {
 public:
  ProfiledTables(const TableOptions& options, const Ontology& ontology) : options_(options), ontology_(ontology) {}

  /// What a profile makes of a table: the one that the user named, or else the most specific that fits. Empty where
  /// none reads it: the table is then what it is without profiles.
  /// @param format  that the table is of, as `--from` has it. @param file  path of it
  /// @throws UsageError where two fit equally well, or a profile makes types that the ontology lacks
  std::vector<const FlatTable*> take(const FlatTable& table, std::string_view format, const std::string& file);
  /// @throws UsageError where the user named a profile that read nothing, with what its table lacks
  void require_used() const;
  /// Which profiles would fit where they were named, a line each.
  [[nodiscard]] const std::vector<std::string>& suggestions() const { return suggested_; }
  /// Which profile read what, and what came of it, a line each; complete after the rows were read.
  [[nodiscard]] std::vector<std::string> remarks() const;

 private:
  std::shared_ptr<const TableProfile> profile_for(const FlatTable& table, std::string_view format,
                                                  const std::string& file);
  std::shared_ptr<const TableProfile> named_profile(const FlatTable& table, const std::string& stem);
  void suggest_profile(const FlatTable& table, std::string_view format, const std::string& file);
  void require_types(const TableProfile& profile) const;
  GivenValues given_for(const TableProfile& profile, const FlatTable& table, const std::string& stem,
                        const std::string& file);

  const TableOptions& options_;
  const Ontology& ontology_;
  std::map<std::string, std::shared_ptr<const TableProfile>> loaded_;  ///< by name
  std::vector<std::shared_ptr<ProfiledSource>> sources_;
  std::vector<std::string> files_;  ///< of the sources
  std::vector<std::unique_ptr<ProfiledTable>> tables_;
  std::vector<std::string> told_;
  std::vector<std::string> suggested_;  ///< profiles that would fit where they were named, a line each
  std::map<std::string, std::string, std::less<>> given_to_;  ///< file that took a value that was said, by its name
  std::string lacking_;                                       ///< what a table had not that the named profile wants
};

/// What a table lacks that a profile is recognised by; empty where it fits.
/// @param file  its name, without folder and ending
std::string lacking_for(const TableProfile& profile, const FlatTable& table, const std::string& file);

}  // namespace chokepoint::detail
