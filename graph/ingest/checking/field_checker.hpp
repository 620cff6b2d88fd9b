#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/checking/problems.hpp"
#include "ingest/checking/record_reader.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Checks the fields of one record and collects what is wrong with them.
class FieldChecker {
 public:
  /// @param record  `node us`, `edge`; named in every problem
  FieldChecker(const Json& object, Problems& problems, const Place& place, std::string record);

  /// Keys other than these are refused, with the nearest known one.
  void only(std::span<const std::string_view> keys);
  /// A non-empty text of at most 64 KiB without NUL. @return it, or nullptr
  const std::string* text(std::string_view key, bool required = false);
  /// The same of at most `longest` bytes.
  const std::string* text(std::string_view key, bool required, std::size_t longest);
  /// A node or source id.
  void id(std::string_view key, bool required = false);
  /// A partial date. @return its text, empty when absent or wrong
  std::string date(std::string_view key);
  /// `since` before `until`.
  void validity();
  void number(std::string_view key, std::optional<double> least, std::optional<double> most);
  void integer(std::string_view key, std::int64_t least, std::int64_t most);
  /// One of a few words.
  void word(std::string_view key, std::span<const std::string_view> words);
  /// An object of non-empty texts.
  void texts(std::string_view key, bool language_tags);
  void text_list(std::string_view key);
  void attributes();
  void citations(bool required);

  void problem(std::string message);
  [[nodiscard]] bool fine() const { return fine_; }
  [[nodiscard]] const Json& object() const { return object_; }

 private:
  const Json& object_;
  Problems& problems_;
  Place place_;
  std::string record_;
  bool fine_ = true;
};

}  // namespace chokepoint::detail
