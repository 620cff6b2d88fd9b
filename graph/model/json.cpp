#include "chokepoint/model/json.hpp"

#include "model/rapidjson_config.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace chokepoint {

namespace {

using Buffer = rapidjson::StringBuffer;

/// Appends to a std::string; RapidJSON's output stream concept.
struct StringStream {
  using Ch = char;
  std::string* text;
  void Put(char c) { text->push_back(c); }
  void Flush() {}
};

std::size_t significant_digits(std::string_view token) {
  std::size_t digits = 0, trailing = 0;
  bool leading = true;
  for (const char c : token) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (leading && c == '0') continue;
    leading = false;
    ++digits;
    trailing = c == '0' ? trailing + 1 : 0;
  }
  return digits - trailing;
}

template <typename Writer>
void write(const Json& value, Writer& writer, bool sorted) {
  if (value.is_null()) {
    writer.Null();
  } else if (value.is_bool()) {
    writer.Bool(value.as_bool());
  } else if (value.is_number()) {
    const std::string& token = value.as_number().token;
    writer.RawValue(token.data(), token.size(), rapidjson::kNumberType);
  } else if (value.is_string()) {
    writer.String(value.as_string().data(), static_cast<rapidjson::SizeType>(value.as_string().size()));
  } else if (value.is_array()) {
    writer.StartArray();
    for (const Json& element : value.as_array()) write(element, writer, sorted);
    writer.EndArray();
  } else {
    std::vector<const Json::Member*> members;
    for (const auto& member : value.as_object()) members.push_back(&member);
    if (sorted)
      std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    writer.StartObject();
    for (const auto* member : members) {
      writer.Key(member->first.data(), static_cast<rapidjson::SizeType>(member->first.size()));
      write(member->second, writer, sorted);
    }
    writer.EndObject();
  }
}

std::string write_compact(const Json& value, bool sorted) {
  Buffer buffer;
  rapidjson::Writer<Buffer> writer(buffer);
  write(value, writer, sorted);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::string format_number(double value) {
  if (value == 0) return "0";  // also -0
  std::array<char, 32> text{};
  if (std::fabs(value) < 1e15 && value == std::trunc(value)) {
    const auto end = std::to_chars(text.data(), text.data() + text.size(), static_cast<std::int64_t>(value)).ptr;
    return {text.data(), end};
  }
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::optional<JsonNumber> canonical_number(std::string_view token) {
  const bool integer = token.find_first_of(".eE") == std::string_view::npos;
  if (integer) {
    if (token == "-0") return JsonNumber{"0"};
    return JsonNumber{std::string(token)};
  }
  double value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  // from_chars reports underflow as out of range too; a tiny number is zero, a huge one is refused.
  if (result.ec == std::errc::result_out_of_range) {
    const auto exponent = token.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos && token.substr(exponent + 1).starts_with('-');
    if (!tiny) return std::nullopt;
    return JsonNumber{std::string(token)};
  }
  std::string shortest = format_number(value);
  if (significant_digits(shortest) < significant_digits(token)) return JsonNumber{std::string(token)};
  return JsonNumber{std::move(shortest)};
}

Json::Json(std::int64_t value) : value_(JsonNumber{std::to_string(value)}) {}
Json::Json(std::uint64_t value) : value_(JsonNumber{std::to_string(value)}) {}
Json::Json(double value) {
  if (std::isfinite(value))
    value_ = JsonNumber{format_number(value)};
  else
    value_ = nullptr;
}

std::string_view Json::kind_name() const {
  if (is_null()) return "null";
  if (is_bool()) return "a boolean";
  if (is_number()) return "a number";
  if (is_string()) return "text";
  return is_array() ? "a list" : "an object";
}

std::optional<double> Json::to_double() const {
  if (!is_number()) return std::nullopt;
  const std::string& token = as_number().token;
  double value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  if (result.ec == std::errc::result_out_of_range && token.find('-', 1) != std::string::npos) return 0.0;
  if (result.ec != std::errc() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> Json::to_integer() const {
  if (!is_number()) return std::nullopt;
  const std::string& token = as_number().token;
  std::int64_t value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  if (result.ec == std::errc() && result.ptr == token.data() + token.size()) return value;
  const auto real = to_double();
  if (!real || *real != std::trunc(*real) || std::fabs(*real) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : as_object())
    if (name == key) return &value;
  return nullptr;
}

Json& Json::set(std::string key, Json value) {
  as_object().emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  as_array().push_back(std::move(value));
  return *this;
}

void append_json_string(std::string& out, std::string_view text) {
  StringStream stream{&out};
  rapidjson::Writer<StringStream> writer(stream);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string to_text(const Json& value) { return write_compact(value, false); }
std::string canonical(const Json& value) { return write_compact(value, true); }

std::string to_pretty(const Json& value) {
  Buffer buffer;
  rapidjson::PrettyWriter<Buffer> writer(buffer);
  writer.SetIndent(' ', 2);
  write(value, writer, false);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace chokepoint
