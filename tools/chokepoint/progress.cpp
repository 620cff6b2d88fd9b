#include "progress.hpp"

#include "language.hpp"
#include "terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace chokepoint::cli {

Progress::Progress(std::string what, bool quiet)
    : what_(in_language(what)),
      enabled_(!quiet && is_terminal(STDERR_FILENO)),
      next_(Clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() {
  if (shown_) write_message("\r\x1b[K");
}

void Progress::update(std::uint64_t done, std::uint64_t total) {
  if (!enabled_ || Clock::now() < next_) return;
  next_ = Clock::now() + std::chrono::milliseconds(200);
  shown_ = true;
  if (total > 0)
    write_message(fmt::format("\r{}: {} %\x1b[K", what_, 100 * done / total));
  else
    write_message(fmt::format("\r{}: {} MB\x1b[K", what_, done / 1'000'000));
}

}  // namespace chokepoint::cli
