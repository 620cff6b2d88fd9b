#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace chokepoint::cli {

/// A line on stderr that says for how long a piece of work has gone on whose end is not known: only on a terminal, only
/// once two seconds have passed, and gone with the object.
class ElapsedTimeLine {
 public:
  /// @param quiet  never show anything
  ElapsedTimeLine(std::string what, bool quiet);
  ~ElapsedTimeLine();
  ElapsedTimeLine(const ElapsedTimeLine&) = delete;
  ElapsedTimeLine& operator=(const ElapsedTimeLine&) = delete;

 private:
  void show(const std::stop_token& stop);

  std::string what_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

}  // namespace chokepoint::cli
