#include "ingest/checking/input_remarks.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

std::vector<std::string> InputRemarks::lines() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  for (const auto& [key, seen] : seen_) {
    const auto& [column, what] = key;
    const auto& [example, count] = seen;
    const std::string shown = example.size() <= 60 ? example : example.substr(0, 57) + "...";
    lines.push_back(count == 1
                        ? fmt::format("column {}: \"{}\" {}", column, shown, what)
                        : fmt::format("column {}: {} values such as \"{}\": each {}", column, count, shown, what));
  }
  return lines;
}

}  // namespace chokepoint::detail
