#pragma once

#include "chokepoint/export/picture_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// What kind of entry of a time line it is: it decides colour and shape.
enum class EventKind : std::uint8_t {
  measure,      ///< acts from a day on
  restriction,  ///< a measure that restricts
  response,     ///< answers a measure
  fact,         ///< anything else that began or ended
};

/// One row: a span, or a point where it has no length.
struct EventRow {
  std::string id;
  std::string label;
  std::string date;  ///< as written
  EventKind kind = EventKind::measure;
  std::int32_t from = 0;             ///< days since 1970
  std::optional<std::int32_t> to{};  ///< nullopt: a single moment
  bool is_open = false;              ///< goes on at the end of the picture
  std::vector<std::int32_t> announced{}, suspended{};
};

/// How one row is about another.
enum class ArcKind : std::uint8_t { amends, answers, closes };

struct EventArc {
  std::size_t from = 0, to = 0;  ///< rows; the later one acts upon the earlier
  ArcKind kind = ArcKind::amends;
  std::string text{};  ///< tooltip
};

/// Rows in order of time with arcs between those that are about each other.
struct EventLine {
  PictureFrame frame;
  std::int32_t low = 0, high = 0;  ///< days shown
  std::optional<std::int32_t> today;
  std::string today_text{};
  std::vector<EventRow> rows;
  std::vector<EventArc> arcs{};
};

/// SVG: years across, rows downwards, arcs at the right of the labels from what acts to what it acts upon.
/// @return how many characters XML could not hold
/// @pre low < high
std::uint64_t write_event_line(const EventLine& line, std::ostream& out);

}  // namespace chokepoint
