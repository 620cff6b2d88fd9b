// What the JSON reader accepts, its writers write so that it reads back equal; everything else is a JsonError.
#include "chokepoint/model/json_reader.hpp"

#include "chokepoint/model/text.hpp"
#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  const auto text = fuzz::as_text(data, size);
  Json value;
  try {
    value = parse_json(text);
  } catch (const JsonError& error) {
    fuzz::require(error.offset <= size);
    return 0;
  }
  const std::string written = to_text(value);
  fuzz::require(is_valid_utf8(written));
  fuzz::require(parse_json(written) == value);
  fuzz::require(parse_json(to_pretty(value)) == value);
  const std::string sorted = canonical(value);
  fuzz::require(canonical(parse_json(sorted)) == sorted);
  return 0;
}
