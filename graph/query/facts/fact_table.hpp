#pragma once

#include "chokepoint/model/table.hpp"
#include "query/facts/claims.hpp"
#include "query/facts/facts.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Sets of rival claims as lists of record ids, the one that counts first; sets that only repeat one another are
/// left out.
template <typename Record>
std::vector<std::vector<std::string>> contradictions(Claims& claims, std::span<const Record> records) {
  std::vector<std::vector<std::string>> out;
  for (const auto& set : claims.rivals(records)) {
    bool differ = false;
    std::vector<std::string> ids;
    for (const std::size_t index : set) {
      differ = differ || contradict(records[set.front()], records[index]);
      ids.push_back(records[index].id);
    }
    if (differ) out.push_back(std::move(ids));
  }
  return out;
}

/// Record id → `rival` or `rival, counts`.
std::map<std::string, std::string> rival_notes(const Session& session,
                                               const std::vector<std::vector<std::string>>& rivals);

/// Lists of ids as JSON.
Json id_lists(const std::vector<std::vector<std::string>>& lists);

/// Whether the record holds on the day; one with unreadable dates does.
bool holds_on(std::string_view since, std::string_view until, Date day);

/// Figures for people: `who` adds the subject as a column, said once for figures that follow each other; qualifiers
/// that `asked` names are not said again.
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

}  // namespace chokepoint::detail
