#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/formats/format.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Where a value of a JSON text stands: the keys from the top. Every element of a list has the key `[]`.
using JsonPath = std::vector<std::string>;

/// Takes what a walk through a JSON text meets.
class JsonVisitor {
 public:
  enum class Step : std::uint8_t {
    enter,  ///< visit what is in it, one by one
    take,   ///< give it whole
    skip,
  };
  JsonVisitor() = default;
  JsonVisitor(const JsonVisitor&) = delete;
  JsonVisitor& operator=(const JsonVisitor&) = delete;
  virtual ~JsonVisitor() = default;
  /// What to do with an object or list. Each value of JSON Lines begins at the empty path.
  virtual Step begin(const JsonPath& path, bool is_object) = 0;
  /// A value that was taken, or one of an entered object or list that is neither. @param line  where it begins
  virtual void value(const JsonPath& path, const Json& value, std::uint64_t line) = 0;
  /// Whether each line is a record, so that a broken one leaves the others whole.
  [[nodiscard]] virtual bool reads_lines() const { return false; }
  /// The end of an object or list that was entered.
  virtual void leave(const JsonPath& /*path*/, std::uint64_t /*line*/) {}
};

/// Streams the one JSON value of a file, or all of JSON Lines, past a visitor. In bounded memory: a value that is
/// taken. Refused are what our own datasets are refused for, a text of many levels or a key twice in an object, say;
/// characters that no text of ours may hold (NUL, and `list_mark`) are replaced, and told in `remarks`.
/// A broken line of a visitor that reads lines is told to `context.on_bad_line`, where that is there.
/// @throws IngestError with file and line; and what the visitor throws, of which a UsageError becomes an IngestError
void walk_json(InputFile& file, const ReadContext& context, std::vector<std::string>& remarks, JsonVisitor& visitor);

}  // namespace chokepoint::detail
