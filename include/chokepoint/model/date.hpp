#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint {

/// A calendar day of the proleptic Gregorian calendar, as days since 1970-01-01.
/// Years 0001 to 9999; the text form is ISO 8601 `YYYY-MM-DD`.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(const Date&, const Date&) = default;

  /// @pre year in 1..9999, month 1..12, day exists in that month
  static Date from_ymd(int year, unsigned month, unsigned day);
};

/// `2025-03-01`.
std::string to_string(Date date);

/// The period that a partial ISO 8601 date names: `2025` is a year, `2025-03` a month, `2025-03-01` a day.
struct PartialDate {
  enum class Precision : std::uint8_t { year, month, day };
  Date first;  ///< first day of the period
  Date next;   ///< first day after the period
  Precision precision = Precision::day;
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

/// Reads exactly `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in ASCII digits.
/// @return nullopt for anything else, an impossible date (30 February) or a year outside 1..9999
std::optional<PartialDate> parse_partial_date(std::string_view text);

/// When a relation holds: half-open `[from, to)`. Open ends are nullopt.
struct Validity {
  std::optional<Date> from;
  std::optional<Date> to;
  friend bool operator==(const Validity&, const Validity&) = default;

  /// An undated fact always counts.
  [[nodiscard]] bool contains(Date day) const { return (!from || *from <= day) && (!to || day < *to); }
  [[nodiscard]] bool overlaps(const Validity& other) const {
    return (!from || !other.to || *from < *other.to) && (!other.from || !to || *other.from < *to);
  }
};

/// Validity of `since` and `until` as they are written (graph/SEMANTICS.md §1.1): `since` means its first day; an
/// `until` written as a year or month includes that period, one written as a full day excludes that day.
/// @param since, until  empty for an open end
/// @return nullopt when a text is no date, or when the period is empty (since not before until's end)
std::optional<Validity> parse_validity(std::string_view since, std::string_view until);

/// The day an `--as-of` text stands for: a partial date means its last day.
/// @return nullopt when it is no date
std::optional<Date> parse_as_of(std::string_view text);

/// Where "today" comes from; passed in, so that answers can be repeated.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Date today() const = 0;
};

/// The machine's clock, in UTC.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Date today() const override;
};

/// A clock that stands still.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Date day) : day_(day) {}
  [[nodiscard]] Date today() const override { return day_; }

 private:
  Date day_;
};

}  // namespace chokepoint
