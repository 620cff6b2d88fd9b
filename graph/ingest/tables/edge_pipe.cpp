#include "ingest/tables/edge_pipe.hpp"

#include <thread>

namespace chokepoint::detail {

void EdgePipe::give() {
  const std::uint64_t bytes = batch_.bytes;
  if (!channel_.give(batch_)) throw ConsumerGone();
  batch_.facts.clear();
  batch_.bytes = bytes;
}

void EdgePipe::report(Problems& found) {
  batch_.facts.report(found);
  // A file of nothing but problems shall not gather them all here.
  if (batch_.facts.problems() >= batch_edges) give();
}

void EdgePipe::run(const std::function<void(EdgePipe&)>& read, RecordSink& sink, Problems& problems,
                   const std::function<void(std::uint64_t)>& progress) {
  EdgePipe pipe;
  std::jthread reader([&] {
    feed(
        pipe.channel_, [&] { read(pipe); }, [&] { pipe.give(); });
  });
  // Joined only after it was told that nobody waits.
  struct Leave {
    EdgePipe& pipe;
    ~Leave() { pipe.channel_.leave(); }
  } const leave{pipe};
  Batch batch;
  while (pipe.channel_.take(batch)) {
    if (progress) progress(batch.bytes);
    batch.facts.drain(sink, problems);
  }
}

}  // namespace chokepoint::detail
