#pragma once

#include "ingest/record_input.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// The nodes that rows of edges name, where no table lists them. Names that differ in case alone are one. Memory: by the
/// nodes.
class EndBook {
 public:
  /// @param id, label, type  as the row has them; the label and the type may be empty
  void add(std::string_view id, std::string_view label, std::string_view type, const Place& place);
  /// Hands the nodes over in the order in which they were met, each with its id as the label where it has no other.
  /// @param type  of those that no row gives one; may be empty. @param source  that they cite
  void hand_over(RecordSink& sink, const std::string& type, const std::string& source) const;
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  struct End {
    std::string id, label, type;
    std::vector<std::string> aliases;  ///< labels that other rows give it
    Place place;
  };
  std::vector<End> ends_;
  std::unordered_map<std::string, std::size_t> at_;  ///< by folded id
};

}  // namespace chokepoint::detail
