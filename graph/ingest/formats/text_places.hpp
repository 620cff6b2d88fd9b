#pragma once

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Texts by place, counted from 0, one behind the other.
class TextPool {
 public:
  void add(std::string_view text) {
    text_ += text;
    ends_.push_back(text_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t place) const {
    const std::size_t begin = place == 0 ? 0 : ends_[place - 1];
    return std::string_view(text_).substr(begin, ends_[place] - begin);
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

/// Texts by place, and places by text. Memory: 24 bytes a text beside the text itself.
class TextPlaces {
 public:
  void add(std::string_view text) {
    hashes_.emplace_back(hash_bytes(text), pool_.size());
    pool_.add(text);
  }
  /// To be called when all are there, before any place is asked for.
  void sort() { std::sort(hashes_.begin(), hashes_.end()); }
  [[nodiscard]] std::size_t size() const { return pool_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t place) const { return pool_[place]; }
  /// The first place of a text.
  [[nodiscard]] std::optional<std::size_t> place(std::string_view text) const {
    const std::pair<std::uint64_t, std::size_t> wanted{hash_bytes(text), 0};
    for (auto at = std::lower_bound(hashes_.begin(), hashes_.end(), wanted);
         at != hashes_.end() && at->first == wanted.first; ++at)
      if (pool_[at->second] == text) return at->second;
    return std::nullopt;
  }
  [[nodiscard]] bool has_twins() const {
    return std::adjacent_find(hashes_.begin(), hashes_.end(),
                              [](const auto& a, const auto& b) { return a.first == b.first; }) != hashes_.end();
  }

 private:
  TextPool pool_;
  std::vector<std::pair<std::uint64_t, std::size_t>> hashes_;
};

}  // namespace chokepoint::detail
