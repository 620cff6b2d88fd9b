#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// How many threads parse the pieces of a file: one for each processor; who takes in what they made cannot follow more
/// than 8.
inline unsigned parsing_threads() { return std::clamp(std::thread::hardware_concurrency(), 1U, 8U); }

/// Works on tasks in several threads and hands over their results in the order of the tasks. Memory: for each thread a
/// task, and threads + 2 results, which are used again.
template <typename Task, typename Result>
class OrderedPipe {
 public:
  /// @param next  fills in the next task, or says false at the end; called by one thread at a time, task after task
  /// @param work  makes the result of a task, in any thread; what the result held before is of no meaning
  OrderedPipe(unsigned threads, std::function<bool(Task&)> next, std::function<void(Task&, Result&)> work)
      : most_slots_(threads + std::size_t{2}), next_(std::move(next)), work_(std::move(work)) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  ~OrderedPipe() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    changed_.notify_all();
  }
  OrderedPipe(const OrderedPipe&) = delete;
  OrderedPipe& operator=(const OrderedPipe&) = delete;

  /// Takes the next result, giving back the one that is in its place; waits for it. @return false behind the last
  /// @throws what `next` or `work` threw, in the place of the result; then there are no more
  bool take(Result& result) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return slots_.empty() ? has_ended_ : slots_.front().is_done; });
    if (slots_.empty()) return false;
    if (slots_.front().failure) {
      const std::exception_ptr failure = slots_.front().failure;
      is_stopped_ = true;
      changed_.notify_all();
      std::rethrow_exception(failure);
    }
    used_.push_back(std::move(result));
    result = std::move(slots_.front().result);
    slots_.pop_front();
    changed_.notify_all();
    return true;
  }

 private:
  struct Slot {
    Result result;
    std::exception_ptr failure;
    bool is_done = false;
  };

  void run() {
    Task task;
    while (Slot* slot = begin(task)) {
      std::exception_ptr failure;
      try {
        work_(task, slot->result);
      } catch (...) {
        failure = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      slot->failure = failure;
      slot->is_done = true;
      changed_.notify_all();
    }
  }

  /// The place for the result of the next task; none when there is no more to do.
  Slot* begin(Task& task) {
    const std::lock_guard order(order_);
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return is_stopped_ || slots_.size() < most_slots_; });
      if (is_stopped_ || has_ended_) return nullptr;
    }
    std::exception_ptr failure;
    bool is_there = false;
    try {
      is_there = next_(task);  // the taker need not wait for this
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    has_ended_ = !is_there;
    if (is_there || failure) slots_.push_back({spare(), failure, failure != nullptr});
    changed_.notify_all();
    return is_there ? &slots_.back() : nullptr;
  }

  Result spare() {
    if (used_.empty()) return Result();
    Result result = std::move(used_.back());
    used_.pop_back();
    return result;
  }

  const std::size_t most_slots_;
  const std::function<bool(Task&)> next_;
  const std::function<void(Task&, Result&)> work_;
  std::mutex order_;  ///< of who asks for the next task
  std::mutex mutex_;  ///< of all below
  std::condition_variable changed_;
  std::deque<Slot> slots_;  ///< of tasks that were begun, in order; an end of it moves, its members do not
  std::vector<Result> used_;
  bool has_ended_ = false, is_stopped_ = false;
  std::vector<std::jthread> threads_;  ///< waited for before anything else goes
};

}  // namespace chokepoint::detail
