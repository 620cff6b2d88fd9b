#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace chokepoint::cli {

/// A line on stderr that says for how long a piece of work has gone on whose end is not known: only on a terminal, only
/// once two seconds have passed, and gone with the object.
class Waiting {
 public:
  /// @param quiet  never show anything
  Waiting(std::string what, bool quiet);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  void show(const std::stop_token& stop);

  std::string what_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

}  // namespace chokepoint::cli
