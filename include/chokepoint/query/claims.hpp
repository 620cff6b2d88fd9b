#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

/// Which of several claims on one fact counts, and which figure of a series (graph/SEMANTICS.md §1.5).
class Claims {
 public:
  explicit Claims(const Session& session) : session_(&session) {}

  /// Claims on one fact among the records: lists of indices into them, each of two or more, the one that counts
  /// first, the others in order. Lists are ordered by their smallest index.
  std::vector<std::vector<std::size_t>> rivals(std::span<const Edge> edges);
  std::vector<std::vector<std::size_t>> rivals(std::span<const Observation> observations);

  /// One figure per series (subject, indicator, item, market, relative_to, unit): the latest up to the session's
  /// day, else the earliest later one; among rivals the one that counts. Indices, ascending.
  std::vector<std::size_t> counting(std::span<const Observation> observations);

  /// Takes out measures dated after the session's day of facts of which another edge counts.
  void drop_later_measures(std::vector<Edge>& edges);

  /// Whether of two measures of one relation `a` stands before `b` on the session's day: one that states a share; the
  /// latest `as_of` up to
  /// the day, else the earliest later one; of rivals the one that counts.
  bool stands_before(const Edge& a, const Edge& b);

  /// The role of an edge, empty for the first of its type's roles, which is meant where none is stated.
  [[nodiscard]] std::string role_of(const Edge& edge) const;

  /// The mode of an edge, the first of its type's modes where none is stated; empty for types without modes.
  [[nodiscard]] std::string mode_of(const Edge& edge) const;

  /// Whether two claims on one fact say different things: of measures, words, the mode, or the days on which it begins
  /// and ends (else they merely repeat each other; a year and a day in it are no contradiction).
  [[nodiscard]] bool contradict(const Edge& a, const Edge& b) const;
  [[nodiscard]] bool contradict(const Observation& a, const Observation& b) const;

  /// Whether claim `a` counts before `b`: higher confidence, reported before estimated before derived, later
  /// source, lower id.
  template <typename Record>
  bool before(const Record& a, const Record& b);

 private:
  /// Last day of the latest source cited; nullopt when none is dated.
  std::optional<Date> source_day(std::span<const Citation> citations);

  const Session* session_;
  std::map<std::string, std::optional<Date>, std::less<>> source_days_;
};

/// The last day a figure is about: of its `as_of`, else of its period; nullopt when undated.
std::optional<Date> figure_day(const Observation& observation);
/// The date of a figure as written: `2025-06`, `2024`, `2019 – 2021`.
std::string figure_period(const Observation& observation);

/// Sets of rival claims as lists of record ids, the one that counts first; sets that only repeat one another are
/// left out.
template <typename Record>
std::vector<std::vector<std::string>> contradictions(Claims& claims, std::span<const Record> records) {
  std::vector<std::vector<std::string>> out;
  for (const auto& set : claims.rivals(records)) {
    bool differ = false;
    std::vector<std::string> ids;
    for (const std::size_t index : set) {
      differ = differ || claims.contradict(records[set.front()], records[index]);
      ids.push_back(records[index].id);
    }
    if (differ) out.push_back(std::move(ids));
  }
  return out;
}

/// Whether the record holds on the day; one with unreadable dates does.
bool holds_on(std::string_view since, std::string_view until, Date day);

}  // namespace chokepoint
