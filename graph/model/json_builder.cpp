#include "model/json_builder.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

namespace {
constexpr std::size_t linear_keys = 32;  ///< up to here a linear search beats hashing
constexpr const char* lone_surrogate = "half of a surrogate pair is missing";

/// RapidJSON checks the encoding of its input and first halves of surrogate pairs, but writes an escaped second half
/// that stands alone (`\uDC00`) as the three bytes ED B0 80, which are no UTF-8.
bool holds_surrogate(std::string_view text) {
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1))
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0U) return true;
  return false;
}
}  // namespace

bool JsonBuilder::fail(std::string message) {
  error_ = std::move(message);
  return false;
}

bool JsonBuilder::RawNumber(const char* text, rapidjson::SizeType length, bool) {
  if (length > limits_.number_digits)
    return fail(fmt::format("a number of {} characters; at most {} are read", length, limits_.number_digits));
  auto number = canonical_number({text, length});
  if (!number) return fail(fmt::format("the number {} is too large for a double", std::string_view(text, length)));
  return add(Json(*std::move(number)));
}

bool JsonBuilder::String(const char* text, rapidjson::SizeType length, bool) {
  if (holds_surrogate({text, length})) return fail(lone_surrogate);
  return add(Json(std::string(text, length)));
}

bool JsonBuilder::Key(const char* text, rapidjson::SizeType length, bool) {
  if (holds_surrogate({text, length})) return fail(lone_surrogate);
  Level& level = open_.back();
  std::string key(text, length);
  const auto& members = level.value.as_object();
  bool repeated = false;
  if (members.size() < linear_keys) {
    repeated = level.value.find(key) != nullptr;
  } else {
    if (level.seen.empty())
      for (const auto& [name, value] : members) level.seen.insert(name);
    repeated = !level.seen.insert(key).second;
  }
  if (repeated) return fail(fmt::format("the key \"{}\" occurs twice in one object", key));
  level.key = std::move(key);
  return true;
}

bool JsonBuilder::add(Json value) {
  if (open_.empty()) {
    root_ = std::move(value);
    complete_ = true;
    return true;
  }
  Level& level = open_.back();
  if (level.value.is_object())
    level.value.set(std::move(level.key), std::move(value));
  else
    level.value.push(std::move(value));
  return true;
}

bool JsonBuilder::open(Json value) {
  if (open_.size() >= limits_.depth) return fail(fmt::format("nested more than {} levels deep", limits_.depth));
  open_.push_back({std::move(value), {}, {}});
  return true;
}

bool JsonBuilder::close() {
  Json value = std::move(open_.back().value);
  open_.pop_back();
  return add(std::move(value));
}

Json JsonBuilder::take() {
  complete_ = false;
  return std::exchange(root_, Json());
}

Json JsonBuilder::take_unfinished() {
  while (!open_.empty()) close();
  return take();
}

std::string json_error_text(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty: return "there is nothing here";
    case rapidjson::kParseErrorDocumentRootNotSingular: return "more text follows the JSON value";
    case rapidjson::kParseErrorValueInvalid: return "no JSON value stands here";
    case rapidjson::kParseErrorObjectMissName: return "an object member needs a name in double quotes";
    case rapidjson::kParseErrorObjectMissColon: return "a colon is missing after a member's name";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket: return "a comma or a closing } is missing";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket: return "a comma or a closing ] is missing";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex: return "a \\u escape needs four hex digits";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid: return lone_surrogate;
    case rapidjson::kParseErrorStringEscapeInvalid: return "an unknown escape in a string";
    case rapidjson::kParseErrorStringMissQuotationMark: return "a string is not closed";
    case rapidjson::kParseErrorStringInvalidEncoding: return "a string is not valid UTF-8";
    case rapidjson::kParseErrorNumberTooBig: return "a number is too large for a double";
    case rapidjson::kParseErrorNumberMissFraction: return "digits are missing after a decimal point";
    case rapidjson::kParseErrorNumberMissExponent: return "digits are missing in an exponent";
    default: return "not JSON";
  }
}

}  // namespace chokepoint::detail
