#pragma once

#include "ingest/record_input.hpp"

#include <array>
#include <cstddef>

namespace chokepoint::detail {

/// A short queue of edges on their way to a sink. Looking up the ends of one edge after the other would wait for memory each
/// time; here the ends of the next ones are fetched meanwhile.
class EdgeLine {
 public:
  explicit EdgeLine(RecordSink& sink) : sink_(sink) {}

  /// The edge to be filled in next; what it holds is of no meaning.
  Edge& place() { return edges_[added_ % length].edge; }
  /// Takes in what place() gave.
  void add(const Place& place) {
    Waiting& last = edges_[added_++ % length];
    last.place = place;
    sink_.expect(last.edge, false);
    if (added_ - done_ > length / 2) sink_.expect(edges_[(added_ - length / 2 - 1) % length].edge, true);
    if (added_ - done_ == length) hand_over();
  }
  /// Hands over what is left.
  void finish() {
    while (done_ < added_) hand_over();
  }

 private:
  static constexpr std::size_t length = 16;
  struct Waiting {
    Edge edge;
    Place place;
  };
  void hand_over() {
    Waiting& first = edges_[done_++ % length];
    sink_.edge(first.edge, first.place);
  }

  RecordSink& sink_;
  std::array<Waiting, length> edges_;
  std::size_t added_ = 0, done_ = 0;
};

}  // namespace chokepoint::detail
