#pragma once

#include "support/child_process.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// How a spreadsheet shows a number.
enum class CellStyle : std::uint8_t { number, percent, date, time };

/// That of a format code such as `yyyy-mm-dd`, `0.0%` or `#,##0.00 "m";[Red]-0`.
CellStyle style_of_code(std::string_view code);
/// That of a number that stands for a code every program knows.
CellStyle style_of_builtin(unsigned id);

/// A cell's number as it is written, without the digits that come of its binary form: 0.29 for 0.28999999999999998; a
/// whole one of at most 21 digits without an exponent.
/// nullopt for what is no number.
std::optional<std::string> number_text(std::string_view text);
/// Whether a number, as `number_text` gives it, is a whole one of more digits than its program kept: zeros stand in
/// their place.
/// @param written  as the file has it
bool has_lost_digits(std::string_view number, std::string_view written);
/// `60%` for 0.6. nullopt for what is no number.
std::optional<std::string> percent_text(std::string_view text);
/// The ISO day of a count of days, with the time of day where that is not midnight: `2024-03-01`,
/// `2024-03-01T14:30:00`. nullopt for what is no such count.
/// @param from_1904  the first day of the count is 1904-01-01, not 1900-01-01 with a day too many in February
std::optional<std::string> date_text(std::string_view text, bool from_1904);
/// `14:30:00` for a part of a day. nullopt for anything else
std::optional<std::string> time_text(std::string_view text);

/// 0 for `A1`, 27 for `AB3`; nullopt for what is no reference or beyond a sheet's bounds.
struct CellPlace {
  std::uint32_t column = 0, row = 0;  ///< from 0 and from 1
};
std::optional<CellPlace> cell_place(std::string_view reference);
/// `AB` for 27.
std::string column_letters(std::uint32_t column);

/// Texts by number. Beyond `memory_bytes` they lie in a temporary file without a name. Memory: 8 bytes a text.
class TextStore {
 public:
  static constexpr std::size_t memory_bytes = std::size_t{64} << 20U;
  void add(std::string_view text);
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  /// @pre number < size()
  void get(std::size_t number, std::string& text) const;

 private:
  std::vector<std::uint64_t> ends_;
  std::string memory_;  ///< the last ones
  std::uint64_t file_bytes_ = 0;
  StreamFile file_;
};

}  // namespace chokepoint::detail
