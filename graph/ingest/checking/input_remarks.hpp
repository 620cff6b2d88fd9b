#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What a reader did with values that is no fault but must be known: counted by column, with one example. May be told
/// from several threads.
class InputRemarks {
 public:
  /// @param what  what became of the value: `is no number that can be kept as one; kept as text`
  void add(std::string_view column, std::string_view value, std::string_view what) {
    const std::lock_guard lock(mutex_);
    auto [at, fresh] = seen_.try_emplace({std::string(column), std::string(what)}, std::string(), 0);
    // The same example whichever thread comes first.
    if (fresh || value < at->second.first) at->second.first = value;
    ++at->second.second;
  }

  /// One line for each column and kind, sorted.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::uint64_t>> seen_;
};

}  // namespace chokepoint::detail
