#include "ingest/records/fact_batch.hpp"

namespace chokepoint::detail {

void FactBatch::clear() {
  size_ = 0;
  observations_.clear();
  problems_.clear();
}

void FactBatch::report(Problems& found) {
  for (Problem& problem : found.take()) problems_.emplace_back(size_, std::move(problem));
}

void FactBatch::drain(RecordSink& sink, Problems& problems) {
  // Looking up the ends of one edge after the other would wait for memory each time; here those of the next ones are
  // fetched meanwhile.
  constexpr std::size_t far = 12, near = 6;
  auto problem = problems_.begin();
  auto observation = observations_.begin();
  const auto drain_until = [&](std::size_t edge) {
    for (; problem != problems_.end() && problem->first <= edge; ++problem) problems.add(std::move(problem->second));
    for (; observation != observations_.end() && observation->edges <= edge; ++observation)
      sink.observation(observation->observation, observation->place);
  };
  for (std::size_t i = 0; i < size_ + far; ++i) {
    if (i < size_) sink.prefetch(edges_[i].edge, PrefetchStage::early);
    if (i >= far - near && i - (far - near) < size_) sink.prefetch(edges_[i - (far - near)].edge, PrefetchStage::late);
    if (i < far) continue;
    drain_until(i - far);
    PlacedEdge& next = edges_[i - far];
    sink.edge(next.edge, next.place, next.claim);
  }
  drain_until(size_);
}

}  // namespace chokepoint::detail
