#include "chokepoint/model/json_reader.hpp"

#include "chokepoint/model/text.hpp"
#include "model/json_builder.hpp"

#include <fmt/format.h>
#include <rapidjson/memorystream.h>

namespace chokepoint {

Json parse_json(std::string_view text, const JsonLimits& limits) {
  detail::JsonBuilder builder(limits);
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<detail::json_parse_flags>(stream, builder);
  if (result.IsError()) {
    const std::string why = builder.error().empty() ? detail::json_error_text(result.Code()) : builder.error();
    throw JsonError(fmt::format("byte {}: {}", result.Offset(), why), result.Offset());
  }
  // RapidJSON's memory stream reads a NUL byte as the end of input; whatever stands behind it was never looked at.
  if (stream.Tell() < text.size()) {
    throw JsonError(fmt::format("byte {}: more text follows the JSON value", stream.Tell()), stream.Tell());
  }
  return builder.take();
}

}  // namespace chokepoint
