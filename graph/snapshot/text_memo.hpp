#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chokepoint::detail {

/// Texts as dense numbers in order of first use; "" is 0.
class TextNumbers {
 public:
  TextNumbers() : texts_{""} {}
  std::uint32_t number(std::string_view text) {
    if (text == texts_[last_]) return last_;
    if (text.empty()) return 0;
    std::string owned(text);
    const auto [place, is_new] = numbers_.try_emplace(owned, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(std::move(owned));
    return last_ = place->second;
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
  /// The texts in bytewise order, and where in it the text of each number stands; 0 stays 0.
  struct Sorted {
    std::vector<std::string> texts;
    std::vector<std::uint32_t> place;  ///< [numbers]
  };
  [[nodiscard]] Sorted sorted() const {
    Sorted out{texts_, {}};
    std::sort(out.texts.begin(), out.texts.end());
    for (const std::string& text : texts_)
      out.place.push_back(
          static_cast<std::uint32_t>(std::lower_bound(out.texts.begin(), out.texts.end(), text) - out.texts.begin()));
    return out;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
  std::uint32_t last_ = 0;
};

/// Remembers what few different short texts mean: the dates of millions of edges are a few thousand days.
template <typename Value>
class TextMemo {
 public:
  /// What the pair of texts means. @param compute  called where it is not remembered; what it throws is not
  template <typename Compute>
  Value of(std::string_view first, std::string_view second, Compute compute) {
    constexpr std::size_t most = text_bytes - 2;  // the last two bytes hold the lengths
    if (first.size() > most || second.size() > most - first.size()) return compute();
    Text text{};
    std::copy(first.begin(), first.end(), text.begin());
    std::copy(second.begin(), second.end(), text.begin() + first.size());
    text[most] = static_cast<char>(first.size());
    text[most + 1] = static_cast<char>(second.size());
    Entry& entry = entries_[place(text)];
    if (!entry.is_filled || entry.text != text) entry = {text, compute(), true};
    return entry.value;
  }

 private:
  static constexpr std::size_t text_bytes = 24, entry_bits = 10;
  using Text = std::array<char, text_bytes>;
  struct Entry {
    Text text{};
    Value value{};
    bool is_filled = false;
  };
  static std::size_t place(const Text& text) {
    constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;
    std::array<std::uint64_t, text_bytes / 8> words{};
    std::memcpy(words.data(), text.data(), text.size());
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words) hash = ((hash ^ word) * multiplier) ^ (hash >> 29U);
    return hash >> (64 - entry_bits);
  }
  std::vector<Entry> entries_ = std::vector<Entry>(std::size_t{1} << entry_bits);
};

}  // namespace chokepoint::detail
