#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Hands batches from one thread to another in order. A few wait at most, and batches that were worked on go back to be
/// filled again, so that their memory is used again.
template <typename Batch>
class Channel {
 public:
  /// Hands over a batch and gives a used or a new one in its place; waits while too many are waiting.
  /// @return false when the taker has gone: what is given is of no use any more
  bool give(Batch& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < most_waiting || taker_gone_; });
    if (taker_gone_) return false;
    waiting_.push_back(std::move(batch));
    if (used_.empty()) {
      batch = Batch();
    } else {
      batch = std::move(used_.back());
      used_.pop_back();
    }
    changed_.notify_all();
    return true;
  }
  /// No more will be given. @param failure  what `take` throws behind the last batch
  void close(std::exception_ptr failure = nullptr) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    failure_ = std::move(failure);
    changed_.notify_all();
  }

  /// Takes the next batch, giving back the one that is in its place; waits for it. @return false behind the last
  bool take(Batch& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !waiting_.empty() || closed_; });
    if (waiting_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return false;
    }
    used_.push_back(std::move(batch));
    batch = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return true;
  }
  /// Nothing will be taken any more.
  void leave() {
    const std::lock_guard lock(mutex_);
    taker_gone_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t most_waiting = 4;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::vector<Batch> used_;
  bool closed_ = false, taker_gone_ = false;
  std::exception_ptr failure_;
};

/// Ends the work of one who gives batches that nobody takes any more.
struct ConsumerGone {};

/// What runs in the thread that gives: `fill`, then `flush` for what is left, and closes the channel; what `fill` threw
/// is thrown by `take`, behind all that came before. Both may throw ConsumerGone.
template <typename Batch, typename Fill, typename Flush>
void feed(Channel<Batch>& channel, Fill&& fill, Flush&& flush) {
  std::exception_ptr failure;
  try {
    fill();
  } catch (const ConsumerGone&) {
    return;
  } catch (...) {
    failure = std::current_exception();
  }
  try {
    flush();
  } catch (const ConsumerGone&) {
    return;
  } catch (...) {
    if (!failure) failure = std::current_exception();
  }
  channel.close(failure);
}

}  // namespace chokepoint::detail
