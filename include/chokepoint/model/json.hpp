#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chokepoint {

/// A JSON number kept as its canonical token, so that nothing is lost: integers stay as written, other numbers take the
/// shortest text that reads back as the same double, unless that would drop digits.
struct JsonNumber {
  std::string token;
  friend bool operator==(const JsonNumber&, const JsonNumber&) = default;
};

/// A JSON value. Objects keep the order in which their keys were set, so output order is the writer's choice;
/// `canonical()` sorts. Values are small (one record, one answer); nothing here recurses deeper than the value.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() : value_(nullptr) {}
  Json(std::nullptr_t) : value_(nullptr) {}
  Json(bool value) : value_(value) {}
  Json(int value) : Json(static_cast<std::int64_t>(value)) {}
  Json(unsigned value) : Json(static_cast<std::int64_t>(value)) {}
  Json(std::int64_t value);
  Json(std::uint64_t value);
  /// NaN and infinities have no JSON form and become null.
  Json(double value);
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(JsonNumber value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Object{}); }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(value_); }
  [[nodiscard]] bool is_number() const { return std::holds_alternative<JsonNumber>(value_); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(value_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value_); }
  /// `null`, `a boolean`, `a number`, `text`, `a list` or `an object`; for messages.
  [[nodiscard]] std::string_view kind_name() const;

  /// @pre the value is of that kind
  [[nodiscard]] bool as_bool() const { return std::get<bool>(value_); }
  [[nodiscard]] const std::string& as_string() const { return std::get<std::string>(value_); }
  [[nodiscard]] const JsonNumber& as_number() const { return std::get<JsonNumber>(value_); }
  [[nodiscard]] const Array& as_array() const { return std::get<Array>(value_); }
  [[nodiscard]] Array& as_array() { return std::get<Array>(value_); }
  [[nodiscard]] const Object& as_object() const { return std::get<Object>(value_); }
  [[nodiscard]] Object& as_object() { return std::get<Object>(value_); }
  /// The nearest double, zero for what is too small; nullopt when the value is no number or overflows.
  [[nodiscard]] std::optional<double> to_double() const;
  /// The number as an integer; nullopt when it is none, has a fraction or does not fit.
  [[nodiscard]] std::optional<std::int64_t> to_integer() const;

  /// The member of that name, or nullptr. @pre is_object()
  [[nodiscard]] const Json* find(std::string_view key) const;
  /// Appends a member without looking for an older one of that name. @pre is_object()
  Json& set(std::string key, Json value);
  /// Appends an element. @pre is_array()
  Json& push(Json value);

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::nullptr_t, bool, JsonNumber, std::string, Array, Object> value_;
};

/// Canonical token of a number in JSON's grammar (see JsonNumber).
/// @return nullopt when the token overflows a double (1e400, an integer of 310 digits)
/// @pre `token` is a JSON number of at most 1,000 characters
std::optional<JsonNumber> canonical_number(std::string_view token);

/// Shortest text that reads back as the same double; integers below 1e15 without exponent or point.
std::string format_number(double value);

/// Appends `text` as a JSON string literal; only what JSON demands is escaped.
/// @pre `text` is valid UTF-8
void append_json_string(std::string& out, std::string_view text);

/// One line without spaces, members in their own order. O(size).
std::string to_text(const Json& value);
/// One line without spaces, object keys sorted bytewise at every level: equal values give equal bytes.
std::string canonical(const Json& value);
/// Indented by two spaces for people; short scalars lists stay on one line.
std::string to_pretty(const Json& value);

}  // namespace chokepoint
