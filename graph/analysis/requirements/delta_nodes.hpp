#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Nodes of a delta snapshot that a question needs, gathered in turns: what the base says follows from some starts is
/// found by the search that a plain snapshot is asked with, and where what changed leads on from there, the search
/// begins anew. The base's edges that are no longer lead on too, so that there may be some more nodes than are needed.
class DeltaNodes {
 public:
  /// What follows in the base from nodes of it, they included. @return [vertices of the base] 1: found; nothing where
  /// there are too many
  using Search = std::function<std::optional<std::vector<std::uint8_t>>(const std::vector<Vertex>& starts)>;

  explicit DeltaNodes(const DeltaSnapshot& whole) : whole_(whole) {}

  /// A node that the search has to begin from.
  void add(Vertex v);
  [[nodiscard]] bool has(Vertex v) const {
    return whole_.is_of_base(v) ? !marks_.empty() && marks_[v] != 0 : only_in_rows_.contains(v);
  }
  /// Searches until `lead_on`, which adds what follows from what is there by what changed, adds nothing more.
  /// @return false where there are too many nodes, or it takes too many turns
  bool gather(const Search& search, const std::function<void()>& lead_on);
  /// Sorted.
  [[nodiscard]] std::vector<Vertex> nodes() const;
  /// Whether there is a place among them.
  [[nodiscard]] bool has_place() const;
  /// Whether there is one that the base does not have.
  [[nodiscard]] bool has_new_place() const;

 private:
  const DeltaSnapshot& whole_;
  std::vector<Vertex> starts_;
  std::vector<std::uint8_t> marks_;
  std::set<Vertex> only_in_rows_;
  bool is_grown_ = false;
};

/// Nodes of which the requirements changed, each with the providers that it has in base or delta, on any day.
class TouchedRequirements {
 public:
  TouchedRequirements(const DeltaSnapshot& whole, const std::vector<EdgeRule>& rules);

  /// Adds those to `nodes` that a loss may come to from the nodes that are there.
  void add_affected(DeltaNodes& nodes) const;

 private:
  struct Owner {
    std::vector<Vertex> providers;
    bool has_k = false;      ///< some edge asks for several members
    bool has_share = false;  ///< of a delta's edge
  };
  void note(const Snapshot& snapshot, Arc e, const std::vector<EdgeRule>& rules,
            const std::function<Vertex(Vertex)>& number);

  std::unordered_map<Vertex, Owner> owners_;
};

}  // namespace chokepoint::detail
