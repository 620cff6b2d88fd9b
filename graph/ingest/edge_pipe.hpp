#pragma once

#include "ingest/record_input.hpp"

#include "store/channel.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Edges on their way from a thread that reads them to the one that takes them in, in order.
class EdgePipe {
 public:
  /// Reads in a thread of its own and takes in here.
  /// @param read  fills the pipe; what it throws is thrown here, behind the edges that came before
  /// @param problems  where what was wrong is told, each before the edges that follow it
  /// @param progress  called here now and then with what was said by `progress`
  static void run(const std::function<void(EdgePipe&)>& read, RecordSink& sink, Problems& problems,
                  const std::function<void(std::uint64_t)>& progress);

  /// The edge to be filled in next; what it holds is of no meaning.
  [[nodiscard]] Edge& place() { return batch_.edges[batch_.size].edge; }
  /// Takes in what place() gave.
  void add(const Place& place) {
    PlacedEdge& added = batch_.edges[batch_.size];
    added.place = place;
    added.claim = claim_hash(added.edge);
    if (++batch_.size == batch_.edges.size()) give();
  }
  /// Takes the problems that were met behind the last edge.
  void tell(Problems& found);
  void progress(std::uint64_t bytes) { batch_.bytes = bytes; }

 private:
  struct PlacedEdge {
    Edge edge;
    Place place;
    std::uint64_t claim = 0;
  };
  struct Batch {
    std::vector<PlacedEdge> edges = std::vector<PlacedEdge>(256);  ///< fits a second-level cache
    std::size_t size = 0;
    std::vector<std::pair<std::size_t, Problem>> problems;  ///< and before which edge
    std::uint64_t bytes = 0;
  };

  EdgePipe() = default;
  void give();
  static void take_in(Batch& batch, RecordSink& sink, Problems& problems);

  Channel<Batch> channel_;
  Batch batch_;
};

}  // namespace chokepoint::detail
