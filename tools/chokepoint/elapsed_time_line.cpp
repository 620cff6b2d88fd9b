#include "elapsed_time_line.hpp"

#include "language.hpp"
#include "terminal.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace chokepoint::cli {

ElapsedTimeLine::ElapsedTimeLine(std::string what, bool quiet) : what_(std::move(what)) {
  if (quiet || !is_terminal(STDERR_FILENO)) return;
  // Signals are for the thread that works.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::jthread([this](const std::stop_token& stop) { show(stop); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

ElapsedTimeLine::~ElapsedTimeLine() = default;

void ElapsedTimeLine::show(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto begin = std::chrono::steady_clock::now();
  const auto stopped_within = [&](std::chrono::seconds time) {
    return ended_.wait_until(lock, stop, begin + time, [] { return false; }) || stop.stop_requested();
  };
  std::chrono::seconds passed{2};
  if (stopped_within(passed)) return;
  do {
    write_message(
        fmt::format("\r{}\x1b[K", in_language(fmt::format("{}: {} s; Ctrl-C ends it", what_, passed.count()))));
    passed += std::chrono::seconds{1};
  } while (!stopped_within(passed));
  write_message("\r\x1b[K");
}

}  // namespace chokepoint::cli
