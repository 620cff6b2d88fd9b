#pragma once

#include "chokepoint/store/writer.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::vector<std::uint32_t>* numbers_of(char letter);

  std::size_t expected_ = 0;
  std::vector<KnownNode> nodes_;
  std::vector<std::uint32_t> numbers_;                      ///< by number: 1 + place in `nodes_`
  std::map<char, std::vector<std::uint32_t>> with_letter_;  ///< the same of numbers behind a letter, by that
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> others_;  ///< by folded id
};

}  // namespace chokepoint::detail
