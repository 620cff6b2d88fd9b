#pragma once

#include "chokepoint/support/error.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Where a record stands, for messages.
struct Place {
  std::string_view file;  ///< lives as long as the import
  std::uint64_t line = 0;
  std::uint32_t file_number = 0;  ///< of the files that are read, in order
};

/// Gathers what is wrong with a dataset: at most 1,000 problems are listed, all are counted.
class Problems {
 public:
  static constexpr std::size_t kept = 1000;
  static constexpr std::uint64_t kept_of_a_kind = 3;

  /// Which problems are listed.
  enum class Listing : std::uint8_t {
    all,                 ///< as far as there is room
    first_of_each_kind,  ///< so that one mistake made a thousand times hides no other
  };
  explicit Problems(Listing listing = Listing::all) : listing_(listing) {}

  void add(Problem problem);
  /// Calls `listen` with each problem as it is added, those included that are only counted.
  void set_listener(std::function<void(const Problem&)> listen) { listen_ = std::move(listen); }
  void add(const Place& place, std::string record, std::string message) {
    add({std::string(place.file), place.line, std::move(record), std::move(message), 0});
  }
  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] bool any() const { return total_ != 0; }
  /// Whether the problem is listed, or counted with others of its kind.
  [[nodiscard]] bool knows(const Problem& problem) const;

  /// Gives all away that is kept, and begins anew.
  std::vector<Problem> take() {
    total_ = 0;
    kinds_.clear();
    return std::exchange(list_, {});
  }
  /// By file and line, as a reader would go through them.
  [[nodiscard]] std::vector<Problem> sorted() const;

 private:
  struct Kind {
    std::uint64_t count = 0;
    std::size_t last = 0;  ///< listed one, by number
  };
  Listing listing_;
  std::function<void(const Problem&)> listen_;
  std::vector<Problem> list_;
  std::unordered_map<std::string, Kind> kinds_;
  std::uint64_t total_ = 0;
};

}  // namespace chokepoint::detail
