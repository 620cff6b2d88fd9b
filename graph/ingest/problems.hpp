#pragma once

#include "chokepoint/model/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Where a record stands, for messages.
struct Place {
  std::string_view file;  ///< lives as long as the import
  std::uint64_t line = 0;
  std::uint32_t file_number = 0;  ///< of the files that are read, in order
};

/// Gathers what is wrong with a dataset: the first 1,000 problems are kept, all are counted.
class Problems {
 public:
  static constexpr std::size_t kept = 1000;

  void add(Problem problem) {
    ++total_;
    if (list_.size() < kept) list_.push_back(std::move(problem));
  }
  void add(const Place& place, std::string record, std::string message) {
    add({std::string(place.file), place.line, std::move(record), std::move(message)});
  }
  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] bool any() const { return total_ != 0; }

  /// Gives all away that is kept, and begins anew.
  std::vector<Problem> take() {
    total_ = 0;
    return std::exchange(list_, {});
  }
  /// By file and line, as a reader would go through them.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  std::vector<Problem> list_;
  std::uint64_t total_ = 0;
};

}  // namespace chokepoint::detail
