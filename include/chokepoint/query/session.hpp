#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "chokepoint/store/database.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint {

class DeltaSnapshot;
class Reader;

/// An opened database with what every question shares: the day, the language, the snapshot (found or made at first
/// use).
class Session {
 public:
  /// @param as_of  the day whose facts count
  /// @param language  for labels in tables; JSON refs use it too
  Session(Database& database, Date as_of, std::string language);
  Session(Session&& other) noexcept;
  Session& operator=(Session&& other) noexcept;
  ~Session();

  [[nodiscard]] Database& database() const;
  /// The records as they are stored. A caller includes store/reader.hpp.
  [[nodiscard]] Reader reader() const;
  [[nodiscard]] const Ontology& ontology() const;
  [[nodiscard]] Date as_of() const;
  [[nodiscard]] const std::string& language() const;
  /// Snapshots are kept in files from now on, beside the database or in the user's cache folder; else they are made in
  /// memory.
  /// @param cache_home  empty for none
  /// @param today  the day that most questions are asked for
  void keep_snapshots(std::filesystem::path cache_home, Date today);
  /// The graph, every place in it checked: for algorithms that look at all of it.
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot();
  /// The graph as it lies in the file: for questions about a small part of it. What is wrong in the file shows when it
  /// is walked into. @throws DamagedSnapshot from functions of the snapshot: see `on_sound_snapshot`
  [[nodiscard]] std::shared_ptr<const Snapshot> local_snapshot();
  /// The graph as an earlier snapshot and what changed since, where that is all there is: what a question needs is then
  /// taken out of it (DeltaSnapshot::part). nullptr where there is a snapshot of the graph as it is; one that is asked
  /// for is made, and then there is.
  [[nodiscard]] const DeltaSnapshot* delta();
  /// The graph edge by edge, be it as it is in a file or with what changed since: for questions that look at a small
  /// part of it. @throws DamagedSnapshot as local_snapshot
  [[nodiscard]] std::shared_ptr<const DeltaSnapshot> graph();
  /// Deltas are taken to snapshots of so many edges; smaller ones are made anew.
  void take_deltas_from(std::uint64_t edges);
  /// How many edges the graph has.
  [[nodiscard]] std::uint64_t edge_count();
  /// How much of what the graph has, as it was counted when the snapshot was made, with what changed since.
  /// @param by_day  false: RecordCounts::changes, which may be long, is of no use
  [[nodiscard]] RecordCounts graph_counts(bool by_day = false);
  /// The same by day, with what is no part of the graph: observations, sources, datasets.
  [[nodiscard]] RecordCounts record_counts();
  /// Makes the snapshot anew from the database. @param why  what is wrong with the file, for the remark
  void renew_snapshot(const std::string& why);
  /// The answer to a question; where the file turns out to be damaged on the way, asked again of a snapshot made anew.
  /// @param question  reads the snapshot through this session
  template <class Question>
  auto on_sound_snapshot(const Question& question) {
    try {
      return question();
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
      return question();
    }
  }
  /// Sentences about what was found on the way, for stderr.
  [[nodiscard]] const std::vector<std::string>& remarks() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chokepoint
