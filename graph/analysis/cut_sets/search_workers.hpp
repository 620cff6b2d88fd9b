#pragma once

#include "chokepoint/analysis/cut_sets.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>

namespace chokepoint::detail {

/// The threads that look for sets of one size, and what they tell each other.
class SearchWorkers {
 public:
  /// @param tasks  pieces of work, taken in order
  /// @param found  sets that are known before
  SearchWorkers(const CutSetOptions& options, std::size_t order, std::size_t tasks, std::size_t found)
      : options_(&options), order_(order), tasks_(tasks), found_before_(found) {}

  /// Runs `work` once for each worker, on a thread of its own; worker 0 is the calling thread, which asks the caller
  /// whether to go on until all are done.
  /// @throws what a worker threw, when all have ended
  void run(std::size_t workers, const std::function<void(std::size_t worker)>& work);

  /// The number of the next task; `tasks` or more when none is left.
  std::size_t next_task() { return next_++; }
  void finish_task() { ++done_; }
  void count_found(std::size_t more) { found_ += more; }
  /// Sets found by all tasks so far.
  [[nodiscard]] std::size_t found() const { return found_; }
  /// Sets of this size that the limit has room for.
  [[nodiscard]] std::size_t room() const { return options_->limit - std::min(options_->limit, found_before_); }
  [[nodiscard]] bool is_stopped() const { return is_stopped_; }
  /// Whether to go on; worker 0 asks the caller. @param is_due  whether to ask at once, not only now and then
  bool may_go_on(std::size_t worker, bool is_due);

 private:
  void ask();

  const CutSetOptions* options_;
  std::size_t order_, tasks_, found_before_;
  std::size_t calls_ = 0;  ///< of worker 0, since it asked
  std::atomic<std::size_t> next_ = 0, done_ = 0, found_ = 0;
  std::atomic<bool> is_stopped_ = false;
};

}  // namespace chokepoint::detail
