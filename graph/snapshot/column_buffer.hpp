#pragma once

#include "chokepoint/snapshot/column.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Where each value goes: `sorted[i]` is the old `values[order[i]]`.
using Order = std::vector<std::uint32_t>;

template <typename T>
void permute(std::vector<T>& values, const Order& order) {
  std::vector<T> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t from : order) sorted.push_back(values[from]);
  values = std::move(sorted);
}

/// A column while it is made. As long as all values are equal, it is that value and their number: of the columns that
/// facts may fill, a graph fills few.
template <typename T>
class ColumnBuffer {
  static_assert(std::is_arithmetic_v<T>);

 public:
  ColumnBuffer() = default;
  /// Makes room for the array that this may become.
  void reserve(std::size_t size) {
    expected_ = size;
    if (is_array_) values_.reserve(size);
  }
  void push_back(T value) {
    if (is_array_) return values_.push_back(value);
    if (size_ == 0) first_ = value;
    if (!is_first(value)) {
      spread();
      return values_.push_back(value);
    }
    ++size_;
  }
  void assign(std::size_t size, T value) {
    *this = {};
    first_ = value;
    size_ = size;
  }
  /// Appends a value until there are `size`.
  void pad(std::size_t size, T value) {
    if (size <= this->size()) return;
    if (!is_array_ && size_ == 0) first_ = value;
    if (!is_array_ && !is_first(value)) spread();
    if (is_array_) values_.resize(size, value);
    if (!is_array_) size_ = size;
  }
  T operator[](std::size_t i) const { return is_array_ ? values_[i] : first_; }
  [[nodiscard]] std::size_t size() const { return is_array_ ? values_.size() : size_; }
  /// Whether all values are equal; of an array this is not known.
  [[nodiscard]] bool is_constant() const { return !is_array_; }
  void permute(const Order& order) {
    if (is_array_) detail::permute(values_, order);
  }
  /// Every value becomes `places[value]`.
  void renumber(const std::vector<T>& places) {
    for (T& value : values_) value = places[value];
    if (!is_array_ && size_ > 0) first_ = places[first_];
  }
  /// Points to what this holds. One value is an array, as in a file.
  [[nodiscard]] Column<T> column() const {
    if (is_array_) return Column<T>(values_);
    return size_ > 1 ? Column<T>::constant(&first_, size_) : Column<T>(std::span<const T>(&first_, size_));
  }

 private:
  /// Bit by bit, since no unknown number is equal to itself.
  [[nodiscard]] bool is_first(T value) const { return std::memcmp(&first_, &value, sizeof value) == 0; }
  void spread() {
    values_.reserve(std::max(expected_, size_ + 1));
    values_.assign(size_, first_);
    is_array_ = true;
  }
  std::vector<T> values_;
  std::size_t size_ = 0;  ///< of equal values
  std::size_t expected_ = 0;
  T first_{};
  bool is_array_ = false;
};

/// Keys of a store while they are gathered: 32 bits each as long as all fit.
class KeyBuffer {
 public:
  void reserve(std::size_t size) { narrow_.reserve(size); }
  void push_back(std::int64_t key) {
    if (!is_wide_ && key >= 0 && key <= std::numeric_limits<std::uint32_t>::max()) {
      narrow_.push_back(static_cast<std::uint32_t>(key));
      return;
    }
    if (!is_wide_) widen();
    wide_.push_back(key);
  }
  std::int64_t operator[](std::size_t i) const { return is_wide_ ? wide_[i] : narrow_[i]; }
  [[nodiscard]] std::size_t size() const { return is_wide_ ? wide_.size() : narrow_.size(); }
  void permute(const Order& order) {
    if (is_wide_) return detail::permute(wide_, order);
    detail::permute(narrow_, order);
  }
  [[nodiscard]] KeyColumn column() const {
    if (is_wide_) return {wide_};
    return {std::span<const std::uint32_t>(narrow_)};
  }
  /// An array of as many numbers as there are keys, for what the keys stand for: the memory of the keys themselves
  /// where it fits, so that `array[i]` is the key until it is written to.
  /// @pre !is_wide()
  [[nodiscard]] std::vector<std::uint32_t> release() && { return std::move(narrow_); }
  [[nodiscard]] bool is_wide() const { return is_wide_; }

 private:
  void widen() {
    wide_.reserve(std::max(narrow_.capacity(), narrow_.size() + 1));
    wide_.assign(narrow_.begin(), narrow_.end());
    narrow_ = {};
    is_wide_ = true;
  }
  std::vector<std::uint32_t> narrow_;
  std::vector<std::int64_t> wide_;
  bool is_wide_ = false;
};

}  // namespace chokepoint::detail
