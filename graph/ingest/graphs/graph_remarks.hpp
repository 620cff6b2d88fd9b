#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What a graph file says that has another form here, or none.
enum class GraphNote : std::uint8_t {
  inside_others,
  further_labels,
  elements_in_data,
  ports,
  undeclared,
  data_of_graph,
  looks,
  other_node_type,
  other_edge_type,
  free_label,
  type_as_id,
  edge_spells,
  node_spells,
  edge_timestamps,
  node_timestamps,
  clock_times,
  times_no_dates,
  dated_figures,
  dated_claims,
  dated_lists,
  dated_words,
  maltego,
};

/// Counts what must be told about a graph file, a line each. What was noted of parts of a file can be put together.
class GraphRemarks {
 public:
  /// @param word  a value or name that the line shows: the first few different ones
  void note(GraphNote what, std::string_view word = {}, std::uint64_t times = 1);
  void add(const GraphRemarks& later);
  void clear() { seen_ = {}; }
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  static constexpr std::size_t shown = 5;
  struct Seen {
    std::uint64_t count = 0;
    std::vector<std::string> words;  ///< different ones; no more than one above what is shown
  };
  std::array<Seen, static_cast<std::size_t>(GraphNote::maltego) + 1> seen_;
};

}  // namespace chokepoint::detail
