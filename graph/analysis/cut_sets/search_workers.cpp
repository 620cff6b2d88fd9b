#include "analysis/cut_sets/search_workers.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace chokepoint::detail {

void SearchWorkers::run(std::size_t workers, const std::function<void(std::size_t)>& work) {
  constexpr std::chrono::milliseconds patience(20);
  std::mutex mutex;
  std::condition_variable has_ended;
  std::size_t running = 0;
  std::exception_ptr failure;
  const auto attempt = [&](const auto& part) {
    try {
      part();
    } catch (...) {
      is_stopped_ = true;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    attempt([&] {
      others.reserve(workers - 1);
      for (std::size_t worker = 1; worker < workers; ++worker) {
        const std::lock_guard lock(mutex);
        others.emplace_back([&, worker] {
          attempt([&] { work(worker); });
          const std::lock_guard ended(mutex);
          --running;
          has_ended.notify_one();
        });
        ++running;
      }
      work(0);
    });
    std::unique_lock lock(mutex);
    while (running > 0) {
      if (has_ended.wait_for(lock, patience, [&] { return running == 0; })) break;
      lock.unlock();
      attempt([&] { may_go_on(0, true); });
      lock.lock();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

bool SearchWorkers::may_go_on(std::size_t worker, bool is_due) {
  constexpr std::size_t interval = 16;
  if (worker == 0 && !is_stopped_ && (is_due || ++calls_ >= interval)) ask();
  return !is_stopped_;
}

void SearchWorkers::ask() {
  calls_ = 0;
  if (!options_->keep_going) return;
  const double part = tasks_ == 0 ? 1 : static_cast<double>(done_) / static_cast<double>(tasks_);
  if (!options_->keep_going({order_, found_before_ + found_, part})) is_stopped_ = true;
}

}  // namespace chokepoint::detail
