#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A pattern of a profile: `*` stands for any text, `#` for digits, `{name}` for any text but none, which is kept, and
/// `{name#}` for digits that are kept. Everything else stands for itself, without regard to case (of A to Z).
class Glob {
 public:
  explicit Glob(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The names in braces, in their order.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// Whether nothing in it stands for anything else.
  [[nodiscard]] bool is_plain() const;
  /// The first name takes as little as it can, then the second … @param kept  by name; views into `text`
  /// O(length) for what fits or plainly does not; what is too long or takes too many trials does not fit.
  bool matches(std::string_view text, std::vector<std::string_view>& kept) const;
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  enum class Kind : std::uint8_t { literal, any, some, digits };
  struct Piece {
    Kind kind = Kind::literal;
    std::string literal;
    std::size_t name = npos;  ///< number of what is kept
  };
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  bool match_from(std::size_t piece, std::string_view text, std::vector<std::string_view>& kept, int& trials) const;
  void add_gap(std::string_view inside);

  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<std::string> names_;
};

}  // namespace chokepoint::detail
