#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace chokepoint {

/// One value for each node or edge of a snapshot: an array, or a single value that all share (an array that would hold
/// nothing but "unknown" takes no room in memory or in a file). Points to memory of others; cheap to copy.
template <typename T>
class Column {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    Iterator() = default;
    Iterator(const Column& column, std::size_t at) : data_(column.data_), mask_(column.mask_), at_(at) {}
    reference operator*() const { return data_[at_ & mask_]; }
    reference operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator++() { return *this += 1; }
    Iterator operator++(int) { return step(1); }
    Iterator& operator--() { return *this += -1; }
    Iterator operator--(int) { return step(-1); }
    Iterator& operator+=(difference_type n) {
      at_ += static_cast<std::size_t>(n);
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
    friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
    friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) {
      return static_cast<difference_type>(a.at_ - b.at_);
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

   private:
    Iterator step(difference_type n) {
      Iterator before = *this;
      *this += n;
      return before;
    }
    const T* data_ = nullptr;
    std::size_t mask_ = 0;
    std::size_t at_ = 0;
  };

  Column() = default;
  Column(std::span<const T> values) : data_(values.data()), mask_(~std::size_t{0}), size_(values.size()) {}
  Column(const std::vector<T>& values) : Column(std::span<const T>(values)) {}
  /// `size` times the value that `value` points to.
  static Column constant(const T* value, std::size_t size) {
    Column column;
    column.data_ = value;
    column.size_ = size;
    return column;
  }

  const T& operator[](std::size_t i) const { return data_[i & mask_]; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] bool is_constant() const { return mask_ == 0; }
  [[nodiscard]] const T& front() const { return (*this)[0]; }
  [[nodiscard]] const T& back() const { return (*this)[size_ - 1]; }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size_}; }
  /// The array. @pre !is_constant() or empty()
  [[nodiscard]] std::span<const T> values() const {
    assert(!is_constant() || empty());
    return {data_, size_};
  }
  /// Where the values lie; one only where the column is constant.
  [[nodiscard]] const T* data() const { return data_; }

 private:
  const T* data_ = nullptr;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

/// Keys of a store: 32 bits each where all fit, 64 where not.
class KeyColumn {
 public:
  KeyColumn() = default;
  KeyColumn(std::span<const std::int64_t> keys) : wide_(keys.data()), size_(keys.size()) {}
  KeyColumn(const std::vector<std::int64_t>& keys) : KeyColumn(std::span<const std::int64_t>(keys)) {}
  KeyColumn(std::span<const std::uint32_t> keys) : narrow_(keys.data()), size_(keys.size()) {}

  std::int64_t operator[](std::size_t i) const { return narrow_ != nullptr ? narrow_[i] : wide_[i]; }
  /// All keys where they have 32 bits each; nothing where they have 64.
  [[nodiscard]] std::span<const std::uint32_t> narrow() const { return {narrow_, narrow_ != nullptr ? size_ : 0}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

 private:
  const std::int64_t* wide_ = nullptr;
  const std::uint32_t* narrow_ = nullptr;
  std::size_t size_ = 0;
};

/// Claim numbers of edges: an edge's own number, except for those named in a short sorted list.
class ClaimColumn {
 public:
  ClaimColumn() = default;
  /// @param contested  sorted: the edges whose fact another edge claims, too
  /// @param claims  [contested.size()] the number of the first edge on that fact
  ClaimColumn(std::span<const std::uint32_t> contested, std::span<const std::uint32_t> claims)
      : contested_(contested), claims_(claims) {}

  std::uint64_t operator[](std::size_t edge) const {
    const std::size_t place = find(edge);
    return place < contested_.size() ? claims_[place] : edge;
  }
  /// Whether another edge claims the same fact.
  [[nodiscard]] bool is_contested(std::size_t edge) const { return find(edge) < contested_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> contested() const { return contested_; }
  [[nodiscard]] std::span<const std::uint32_t> claims() const { return claims_; }

 private:
  [[nodiscard]] std::size_t find(std::size_t edge) const {
    std::size_t first = 0;
    std::size_t last = contested_.size();
    while (first < last) {
      const std::size_t middle = first + (last - first) / 2;
      if (contested_[middle] < edge) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first < contested_.size() && contested_[first] == edge ? first : contested_.size();
  }
  std::span<const std::uint32_t> contested_, claims_;
};

}  // namespace chokepoint
