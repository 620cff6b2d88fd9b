#pragma once

#include "ingest/records/record_input.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Edges and observations on their way from where they are read to where they are taken in, in order, and the problems
/// met between them. Used again, it keeps the memory of its edges.
class FactBatch {
 public:
  void clear();
  [[nodiscard]] std::size_t edges() const { return size_; }
  [[nodiscard]] std::size_t problems() const { return problems_.size(); }

  /// The edge to be filled in next; what it holds is of no meaning.
  [[nodiscard]] Edge& edge() {
    if (size_ == edges_.size()) edges_.emplace_back();
    return edges_[size_].edge;
  }
  /// Adds what edge() gave.
  void add_edge(const Place& place) {
    PlacedEdge& added = edges_[size_++];
    added.place = place;
    added.claim = claim_hash(added.edge, claim_text_);
  }
  void add(Observation&& observation, const Place& place) {
    observations_.push_back({size_, std::move(observation), place});
  }
  /// Takes the problems that were met behind the last edge.
  void report(Problems& found);

  /// Hands everything over; the edges may be changed by it.
  void drain(RecordSink& sink, Problems& problems);

 private:
  struct PlacedEdge {
    Edge edge;
    Place place;
    std::uint64_t claim = 0;
  };
  struct PlacedObservation {
    std::size_t edges;  ///< in front of it
    Observation observation;
    Place place;
  };

  std::string claim_text_;
  std::vector<PlacedEdge> edges_;
  std::size_t size_ = 0;
  std::vector<PlacedObservation> observations_;
  std::vector<std::pair<std::size_t, Problem>> problems_;  ///< and how many edges are in front of it
};

}  // namespace chokepoint::detail
