#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "model/rapidjson_config.hpp"

#include <rapidjson/reader.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace chokepoint::detail {

/// The numbers of a RapidJSON SAX handler to which every number comes as its token (kParseNumbersAsStringsFlag).
struct RawNumbers {
  bool Int(int) { return true; }
  bool Uint(unsigned) { return true; }
  bool Int64(std::int64_t) { return true; }
  bool Uint64(std::uint64_t) { return true; }
  bool Double(double) { return true; }
};

/// A RapidJSON SAX handler that builds one `Json` value. It refuses what the threats demand: too deep nesting,
/// duplicate keys, endless or overflowing numbers. A refusal makes the reader stop; `error()` says why.
/// @note with kParseNumbersAsStringsFlag, so that every number reaches `RawNumber` as its token
class JsonBuilder {
 public:
  explicit JsonBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool Null() { return add(Json(nullptr)); }
  bool Bool(bool value) { return add(Json(value)); }
  bool Int(int value) { return add(Json(value)); }
  bool Uint(unsigned value) { return add(Json(value)); }
  bool Int64(std::int64_t value) { return add(Json(value)); }
  bool Uint64(std::uint64_t value) { return add(Json(value)); }
  bool Double(double value) { return add(Json(value)); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool);
  bool String(const char* text, rapidjson::SizeType length, bool);
  bool StartObject() { return open(Json::object()); }
  bool Key(const char* text, rapidjson::SizeType length, bool);
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(Json::array()); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  /// Levels that are open now.
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] const std::string& error() const { return error_; }
  /// Hands over the value and starts anew.
  Json take();
  /// Hands over what there is of a value whose end is missing, as if all that is open ended here.
  Json take_unfinished();

 private:
  struct Level {
    Json value;
    std::string key;                       ///< of the member that comes next
    std::unordered_set<std::string> seen;  ///< keys, once an object is too large for a linear look
  };
  bool add(Json value);
  bool open(Json value);
  bool close();
  bool fail(std::string message);

  JsonLimits limits_;
  std::vector<Level> open_;
  Json root_;
  bool complete_ = false;
  std::string error_;
};

inline constexpr unsigned json_parse_flags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

/// What RapidJSON's parse error means, in our words.
std::string json_error_text(rapidjson::ParseErrorCode code);

}  // namespace chokepoint::detail
