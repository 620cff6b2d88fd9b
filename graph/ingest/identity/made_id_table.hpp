#pragma once

#include "ingest/files/text_index.hpp"
#include "store/writer.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Nodes by an id of their file, where another one is stored. Counters such as `17` and `n17` are looked up by their
/// number and without hashing; others by their folded text.
class MadeIdTable {
 public:
  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  /// Makes room for the numbers of about so many nodes; a number far beyond is looked up as text.
  void expect(std::size_t nodes) { expected_ = nodes; }
  /// @param file_id  of a node that is not there yet
  void add(std::string_view file_id, KnownNode node);
  /// The node of that id in any case of letters, or nullptr; it may be changed.
  [[nodiscard]] KnownNode* find(std::string_view file_id);

 private:
  std::vector<std::uint32_t>* numbers_of(char letter);

  std::size_t expected_ = 0;
  std::deque<KnownNode> nodes_;                             // in pieces, so that growing copies nothing
  std::vector<std::uint32_t> numbers_;                      ///< by number: 1 + place in `nodes_`
  std::map<char, std::vector<std::uint32_t>> with_letter_;  ///< the same of numbers behind a letter, by that
  TextIndex others_;                                        ///< folded ids that are no counters
  std::vector<std::uint32_t> place_of_other_;               ///< 1 + place in `nodes_`, by their number
};

}  // namespace chokepoint::detail
