#include "ingest/edge_pipe.hpp"

#include <thread>

namespace chokepoint::detail {

void EdgePipe::give() {
  const std::uint64_t bytes = batch_.bytes;
  if (!channel_.give(batch_)) throw NotWanted();
  batch_.size = 0;
  batch_.problems.clear();
  batch_.bytes = bytes;
}

void EdgePipe::tell(Problems& found) {
  for (Problem& problem : found.take()) batch_.problems.emplace_back(batch_.size, std::move(problem));
  // A file of nothing but problems shall not gather them all here.
  if (batch_.problems.size() >= batch_.edges.size()) give();
}

void EdgePipe::take_in(Batch& batch, RecordSink& sink, Problems& problems) {
  // Looking up the ends of one edge after the other would wait for memory each time; here those of the next ones are
  // fetched meanwhile.
  constexpr std::size_t far = 12, near = 6;
  auto problem = batch.problems.begin();
  const auto tell_until = [&](std::size_t edge) {
    for (; problem != batch.problems.end() && problem->first <= edge; ++problem) problems.add(std::move(problem->second));
  };
  for (std::size_t i = 0; i < batch.size + far; ++i) {
    if (i < batch.size) sink.expect(batch.edges[i].edge, false);
    if (i >= far - near && i - (far - near) < batch.size) sink.expect(batch.edges[i - (far - near)].edge, true);
    if (i < far) continue;
    tell_until(i - far);
    PlacedEdge& next = batch.edges[i - far];
    sink.edge(next.edge, next.place, next.claim);
  }
  tell_until(batch.size);
}

void EdgePipe::run(const std::function<void(EdgePipe&)>& read, RecordSink& sink, Problems& problems,
                   const std::function<void(std::uint64_t)>& progress) {
  EdgePipe pipe;
  std::jthread reader([&] { feed(pipe.channel_, [&] { read(pipe); }, [&] { pipe.give(); }); });
  // Joined only after it was told that nobody waits.
  struct Leave {
    EdgePipe& pipe;
    ~Leave() { pipe.channel_.leave(); }
  } const leave{pipe};
  Batch batch;
  while (pipe.channel_.take(batch)) {
    if (progress) progress(batch.bytes);
    take_in(batch, sink, problems);
  }
}

}  // namespace chokepoint::detail
