#pragma once

#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Names of a node are packed one after the other: kind (one byte), then tag and text, each after its length in groups
/// of seven bits, lowest first, the top bit saying that more follow.
inline std::uint32_t name_hash(std::string_view folded) {
  return static_cast<std::uint32_t>(hash_bytes(folded) >> 32U);
}

inline void append_length(std::vector<char>& bytes, std::size_t length) {
  constexpr std::size_t more = 0x80;
  for (; length >= more; length >>= 7U) bytes.push_back(static_cast<char>(length | more));
  bytes.push_back(static_cast<char>(length));
}

inline void append_name(std::vector<char>& bytes, const NodeName& name) {
  bytes.push_back(static_cast<char>(name.kind));
  append_length(bytes, name.tag.size());
  bytes.insert(bytes.end(), name.tag.begin(), name.tag.end());
  append_length(bytes, name.text.size());
  bytes.insert(bytes.end(), name.text.begin(), name.text.end());
}

/// Reads the names of one node. Never reads behind `end`; what does not fit there is damage.
class NameCursor {
 public:
  NameCursor(const char* begin, const char* end) : next_(begin), end_(end) {}
  /// @throws DamagedSnapshot
  std::optional<NodeName> next() {
    if (next_ == end_) return std::nullopt;
    NodeName name;
    const auto kind = static_cast<unsigned char>(*next_++);
    if (kind > static_cast<unsigned char>(NodeName::Kind::code)) damaged();
    name.kind = static_cast<NodeName::Kind>(kind);
    name.tag = text();
    name.text = text();
    return name;
  }

 private:
  [[noreturn]] static void damaged() { throw DamagedSnapshot("holds a name that is cut off"); }
  std::string_view text() {
    std::size_t length = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (next_ == end_ || shift > 28) damaged();
      const auto byte = static_cast<unsigned char>(*next_++);
      length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) break;
    }
    if (length > static_cast<std::size_t>(end_ - next_)) damaged();
    const std::string_view found(next_, length);
    next_ += length;
    return found;
  }
  const char* next_;
  const char* end_;
};

}  // namespace chokepoint::detail
