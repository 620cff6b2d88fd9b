#pragma once

#include "chokepoint/model/error.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Gathers what is wrong with a dataset: the first 1,000 problems are kept, all are counted.
class Problems {
 public:
  static constexpr std::size_t kept = 1000;

  void add(Problem problem) {
    ++total_;
    if (list_.size() < kept) list_.push_back(std::move(problem));
  }
  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] bool any() const { return total_ != 0; }

  /// By file and line, as a reader would go through them.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  std::vector<Problem> list_;
  std::uint64_t total_ = 0;
};

}  // namespace chokepoint::detail
