#pragma once

#include "ingest/records/fact_batch.hpp"
#include "support/channel.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>

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
  [[nodiscard]] Edge& place() { return batch_.facts.edge(); }
  /// Takes in what place() gave.
  void add(const Place& place) {
    batch_.facts.add_edge(place);
    if (batch_.facts.edges() == batch_edges) give();
  }
  /// Takes the problems that were met behind the last edge.
  void report(Problems& found);
  void progress(std::uint64_t bytes) { batch_.bytes = bytes; }

 private:
  static constexpr std::size_t batch_edges = 256;  // fits a second-level cache
  struct Batch {
    FactBatch facts;
    std::uint64_t bytes = 0;
  };

  EdgePipe() = default;
  void give();

  Channel<Batch> channel_;
  Batch batch_;
};

}  // namespace chokepoint::detail
