#include "chokepoint/model/json.hpp"

#include "model/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace chokepoint {

namespace {

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

/// Power of ten of the first significant digit: 2 for 123, -3 for 0.001; nothing for a zero. Saturates.
std::optional<std::int64_t> decimal_exponent(std::string_view token) {
  constexpr std::int64_t endless = 1'000'000'000;
  const auto e = token.find_first_of("eE");
  const std::string_view mantissa = token.substr(0, e);
  std::int64_t exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = token.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (read.ec == std::errc::result_out_of_range) exponent = digits.starts_with('-') ? -endless : endless;
  }
  const auto first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return std::nullopt;
  const auto point = std::min(mantissa.find('.'), mantissa.size());
  return exponent + static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first) - (first < point ? 1 : 0);
}

/// The double nearest to a JSON number; too small ones are zero. @return nullopt for one too large
std::optional<double> nearest_double(std::string_view token) {
  double value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  if (result.ec == std::errc()) {
    if (!std::isfinite(value)) return std::nullopt;
    return value;
  }
  // from_chars calls too small ones out of range as well.
  const auto exponent = decimal_exponent(token);
  if (exponent && *exponent > 0) return std::nullopt;
  return 0.0;
}

void write_compact(const Json& value, bool sorted, std::string& out);

void write_object(const Json::Object& object, bool sorted, std::string& out) {
  std::vector<const Json::Member*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  if (sorted)
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
  out += '{';
  for (const auto* member : members) {
    if (member != members.front()) out += ',';
    append_json_string(out, member->first);
    out += ':';
    write_compact(member->second, sorted, out);
  }
  out += '}';
}

void write_compact(const Json& value, bool sorted, std::string& out) {
  if (value.is_null()) {
    out += "null";
  } else if (value.is_bool()) {
    out += value.as_bool() ? "true" : "false";
  } else if (value.is_number()) {
    out += value.as_number().token;
  } else if (value.is_string()) {
    append_json_string(out, value.as_string());
  } else if (value.is_object()) {
    write_object(value.as_object(), sorted, out);
  } else {
    out += '[';
    const Json::Array& list = value.as_array();
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out += ',';
      write_compact(list[i], sorted, out);
    }
    out += ']';
  }
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
  constexpr std::size_t surely_finite = 300;
  if (token.find_first_of(".eE") == std::string_view::npos) {
    if (token == "-0") return JsonNumber{"0"};
    if (token.size() > surely_finite && !nearest_double(token)) return std::nullopt;
    return JsonNumber{std::string(token)};
  }
  const auto value = nearest_double(token);
  if (!value) return std::nullopt;
  std::string shortest = format_number(*value);
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
  return nearest_double(as_number().token);
}

std::optional<std::int64_t> Json::to_integer() const {
  if (!is_number()) return std::nullopt;
  const std::string& token = as_number().token;
  std::int64_t value = 0;
  const auto result = std::from_chars(token.data(), token.data() + token.size(), value);
  if (result.ec == std::errc() && result.ptr == token.data() + token.size()) return value;
  constexpr double limit = 9223372036854775808.0;  // 2^63
  const auto real = to_double();
  if (!real || *real != std::trunc(*real) || *real < -limit || *real >= limit) return std::nullopt;
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
  constexpr std::string_view hex = "0123456789ABCDEF";
  out += '"';
  bool as_it_stands = true;
  for (const char c : text) as_it_stands &= static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  if (as_it_stands) {
    out += text;
    out += '"';
    return;
  }
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    out += '\\';
    switch (text[i]) {
      case '"': out += '"'; break;
      case '\\': out += '\\'; break;
      case '\b': out += 'b'; break;
      case '\f': out += 'f'; break;
      case '\n': out += 'n'; break;
      case '\r': out += 'r'; break;
      case '\t': out += 't'; break;
      default: (out += "u00").append({hex[byte >> 4U], hex[byte & 0xFU]});
    }
  }
  out.append(text, plain);
  out += '"';
}

std::string to_text(const Json& value) {
  std::string out;
  write_compact(value, false, out);
  return out;
}

std::string canonical(const Json& value) {
  std::string out;
  write_compact(value, true, out);
  return out;
}

void append_pretty(std::string& out, const Json& value, unsigned indent) {
  constexpr unsigned step = 2;
  const auto new_line = [&](unsigned spaces) { out.append(1, '\n').append(spaces, ' '); };
  if (value.is_object() && !value.as_object().empty()) {
    out += '{';
    for (const auto& member : value.as_object()) {
      if (&member != &value.as_object().front()) out += ',';
      new_line(indent + step);
      append_json_string(out, member.first);
      out += ": ";
      append_pretty(out, member.second, indent + step);
    }
    new_line(indent);
    out += '}';
  } else if (value.is_array() && !value.as_array().empty()) {
    out += '[';
    for (const Json& element : value.as_array()) {
      if (&element != &value.as_array().front()) out += ',';
      new_line(indent + step);
      append_pretty(out, element, indent + step);
    }
    new_line(indent);
    out += ']';
  } else {
    write_compact(value, false, out);
  }
}

std::string to_pretty(const Json& value) {
  std::string out;
  append_pretty(out, value, 0);
  return out;
}

}  // namespace chokepoint
