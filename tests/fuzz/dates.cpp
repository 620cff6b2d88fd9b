// Dates: what is read names a period, is written back as it was, and validity follows the rules of half-open ends.
#include "chokepoint/model/date.hpp"
#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  const auto text = fuzz::as_text(data, size);
  if (const auto date = parse_partial_date(text)) {
    fuzz::require(date->first < date->next);
    fuzz::require(to_string(date->first).substr(0, size) == text);
    const auto as_of = parse_as_of(text);
    fuzz::require(as_of && as_of->days == date->next.days - 1);
  } else {
    fuzz::require(!parse_as_of(text));
  }
  // Two dates, parted by the first line feed.
  const auto end = text.find('\n');
  const auto since = text.substr(0, end);
  const auto until = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (const auto validity = parse_validity(since, until)) {
    fuzz::require(since.empty() == !validity->from && until.empty() == !validity->to);
    fuzz::require(!validity->from || !validity->to || *validity->from < *validity->to);
    if (validity->from) fuzz::require(validity->contains(*validity->from));
    if (validity->to) fuzz::require(!validity->contains(*validity->to));
    fuzz::require(validity->overlaps(*validity));
  }
  return 0;
}
