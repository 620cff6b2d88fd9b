#pragma once

#include "chokepoint/model/table.hpp"
#include "chokepoint/query/claims.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/words/facts.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Record id → `rival` or `rival, counts`.
std::map<std::string, std::string> rival_notes(const Session& session,
                                               const std::vector<std::vector<std::string>>& rivals);

/// Lists of ids as JSON.
Json id_lists(const std::vector<std::vector<std::string>>& lists);

/// Figures for people: `who` adds the subject as a column, said once for figures that follow each other; qualifiers
/// that `asked` names are not said again, nor its subject where figures of others name that.
Table figure_table(Names& names, std::span<const Observation> observations,
                   const std::map<std::string, std::string>& notes, bool who, bool with_sources,
                   const ObservationFilter& asked = {});

/// The sources that records cite, by id, as read from the database.
class CitedSources {
 public:
  void add(std::span<const Citation> citations);
  /// Full records, sorted by id.
  [[nodiscard]] Json json(const Session& session) const;
  /// Sources people may look up: id, title, publisher, date.
  [[nodiscard]] Table table(const Session& session) const;
  [[nodiscard]] std::size_t size() const { return ids_.size(); }

 private:
  std::map<std::string, std::size_t> ids_;  ///< source → records that cite it
};

/// The curators' remark on a record, its attribute `note`; empty where there is none.
std::string note_of(const Session& session, std::string_view attributes);

/// Leaves the first rows of a table. @return how many were left out
std::size_t shorten(Table& table, std::size_t limit);

}  // namespace chokepoint::detail
