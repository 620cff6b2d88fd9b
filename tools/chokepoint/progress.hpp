#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace chokepoint::cli {

/// A line on stderr that says how far a long piece of work has come: only on a terminal, only once a second has
/// passed, and gone when the work is done.
class Progress {
 public:
  /// @param quiet  never show anything
  Progress(std::string what, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// @param total  0 when unknown
  void update(std::uint64_t done, std::uint64_t total);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool enabled_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace chokepoint::cli
