#include "ingest/checking/field_checker.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/model/text.hpp"
#include "ingest/checking/text_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::detail {

namespace {

std::string shown(std::string_view text) {
  return text.size() <= 60 ? std::string(text) : std::string(text.substr(0, 57)) + "...";
}

/// Whether a whole number is still the same as a double. Of others the nearest double stands for them.
bool is_kept_exactly(const Json& value, double number) {
  const std::string& token = value.as_number().token;
  if (token.find_first_of(".eE") != std::string::npos) return true;
  return std::abs(number) <= 9007199254740992.0 || fmt::format("{:.0f}", number) == token;
}

/// Why a text cannot be kept; empty when it can.
std::string text_fault(std::string_view text, std::size_t longest = longest_text) {
  if (text.empty()) return "is empty; leave the key out where nothing is known";
  if (text.size() > longest) return fmt::format("is {} bytes long; at most {} are kept", text.size(), longest);
  if (text.find('\0') != std::string_view::npos) return "holds a NUL character";
  return {};
}

}  // namespace

FieldChecker::FieldChecker(const Json& object, Problems& problems, const Place& place, std::string record)
    : object_(object), problems_(problems), place_(place), record_(std::move(record)) {}

void FieldChecker::problem(std::string message) {
  fine_ = false;
  problems_.add(place_, record_, std::move(message));
}

void FieldChecker::only(std::span<const std::string_view> keys) {
  for (const auto& [key, value] : object_.as_object()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::vector<std::string> known(keys.begin(), keys.end());
    const auto near = suggest(key, known, 1);
    problem(fmt::format("unknown key \"{}\"{}", shown(key),
                        near.empty() ? "; put what the format has no key for into attributes"
                                     : fmt::format("; did you mean \"{}\"?", near.front())));
  }
}

const std::string* FieldChecker::text(std::string_view key, bool required) { return text(key, required, longest_text); }

const std::string* FieldChecker::text(std::string_view key, bool required, std::size_t longest) {
  const Json* value = object_.find(key);
  if (value == nullptr) {
    if (required) problem(fmt::format("\"{}\" is missing", key));
    return nullptr;
  }
  if (!value->is_string()) {
    problem(fmt::format("\"{}\" must be text, not {}", key, value->kind_name()));
    return nullptr;
  }
  if (const std::string fault = text_fault(value->as_string(), longest); !fault.empty()) {
    problem(fmt::format("\"{}\" {}", key, fault));
    return nullptr;
  }
  return &value->as_string();
}

void FieldChecker::id(std::string_view key, bool required) {
  const std::string* value = text(key, required);
  if (value != nullptr && !is_valid_id(*value))
    problem(
        fmt::format("\"{}\" is \"{}\"; an id is 1 to 200 of the characters A-Z a-z 0-9 . _ : / -", key, shown(*value)));
}

std::string FieldChecker::date(std::string_view key) {
  const std::string* value = text(key);
  if (value == nullptr) return {};
  if (parse_partial_date(*value)) return *value;
  problem(fmt::format("\"{}\" is \"{}\", which is no date; write 2025, 2025-03 or 2025-03-01", key, shown(*value)));
  return {};
}

void FieldChecker::validity() {
  const std::string since = date("since"), until = date("until");
  if (!since.empty() && !until.empty() && !parse_validity(since, until))
    problem(fmt::format("\"since\" {} is not before the end of \"until\" {}", since, until));
}

void FieldChecker::number(std::string_view key, std::optional<double> least, std::optional<double> most) {
  const Json* value = object_.find(key);
  if (value == nullptr) return;
  const auto number = value->to_double();
  if (!number) {
    problem(
        fmt::format("\"{}\" must be a number, not {}", key, value->is_number() ? "one too large" : value->kind_name()));
    return;
  }
  if (!is_kept_exactly(*value, *number)) {
    problem(fmt::format("\"{}\" is {}, which has more digits than a measure keeps; round it, or put it into attributes",
                        key, shown(value->as_number().token)));
    return;
  }
  if ((least && *number < *least) || (most && *number > *most)) {
    const std::string hint = key == "share" && *number > 1 && *number <= 100
                                 ? fmt::format("; a share is a fraction, so {:.6g} % is {:.6g}", *number, *number / 100)
                                 : "";
    problem(least && most ? fmt::format("\"{}\" is {}; it lies between {} and {}{}", key, format_number(*number),
                                        format_number(*least), format_number(*most), hint)
                          : fmt::format("\"{}\" is {}; it is at least {}", key, format_number(*number),
                                        format_number(least.value_or(0))));
  }
}

void FieldChecker::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const Json* value = object_.find(key);
  if (value == nullptr) return;
  const auto number = value->to_integer();
  if (!number || *number < least || *number > most)
    problem(fmt::format("\"{}\" must be a whole number from {} to {}", key, least, most));
}

void FieldChecker::word(std::string_view key, std::span<const std::string_view> words) {
  const std::string* value = text(key);
  if (value != nullptr && std::find(words.begin(), words.end(), *value) == words.end())
    problem(fmt::format("\"{}\" is \"{}\"; it is one of {}", key, shown(*value), fmt::join(words, ", ")));
}

void FieldChecker::texts(std::string_view key, bool language_tags) {
  const Json* value = object_.find(key);
  if (value == nullptr) return;
  if (!value->is_object()) {
    problem(fmt::format("\"{}\" must be an object of texts, not {}", key, value->kind_name()));
    return;
  }
  for (const auto& [name, text] : value->as_object()) {
    if (language_tags && !is_language_tag(name))
      problem(fmt::format("\"{}\": \"{}\" is no language tag such as en or zh", key, shown(name)));
    if (!language_tags && text_fault(name) != "") problem(fmt::format("\"{}\": a name {}", key, text_fault(name)));
    if (!text.is_string())
      problem(fmt::format("\"{}\": \"{}\" must be text, not {}", key, shown(name), text.kind_name()));
    else if (const std::string fault = text_fault(text.as_string()); !fault.empty())
      problem(fmt::format("\"{}\": \"{}\" {}", key, shown(name), fault));
  }
}

void FieldChecker::text_list(std::string_view key) {
  const Json* value = object_.find(key);
  if (value == nullptr) return;
  if (!value->is_array()) {
    problem(fmt::format("\"{}\" must be a list of texts, not {}", key, value->kind_name()));
    return;
  }
  for (const Json& element : value->as_array()) {
    if (!element.is_string())
      problem(fmt::format("\"{}\" must hold texts, not {}", key, element.kind_name()));
    else if (const std::string fault = text_fault(element.as_string()); !fault.empty())
      problem(fmt::format("\"{}\": one {}", key, fault));
  }
}

void FieldChecker::attributes() {
  const Json* value = object_.find("attributes");
  if (value != nullptr && !value->is_object())
    problem(fmt::format("\"attributes\" must be an object, not {}", value->kind_name()));
}

void FieldChecker::citations(bool required) {
  const Json* value = object_.find("sources");
  if (value == nullptr || (value->is_array() && value->as_array().empty())) {
    if (required)
      problem("\"sources\" is missing; every record cites at least one, as [{\"source\":ID,\"locator\":\"…\"}]");
    return;
  }
  if (!value->is_array()) {
    problem(fmt::format("\"sources\" must be a list, not {}", value->kind_name()));
    return;
  }
  static constexpr std::string_view keys[] = {"source", "locator", "read"};
  for (const Json& citation : value->as_array()) {
    if (!citation.is_object()) {
      problem(fmt::format("\"sources\" must hold objects like {{\"source\":ID,\"locator\":\"…\"}}, not {}",
                          citation.kind_name()));
      continue;
    }
    FieldChecker inner(citation, problems_, place_, record_);
    inner.only(keys);
    inner.id("source", true);
    inner.text("locator");
    inner.text("read", false, longest_read);
    fine_ = fine_ && inner.fine();
  }
}

}  // namespace chokepoint::detail
