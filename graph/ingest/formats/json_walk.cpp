#include "ingest/formats/json_walk.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/files/byte_stream.hpp"
#include "model/json_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t deepest_level = 64;
constexpr std::size_t most_seen_keys = 64;  ///< of an entered object; one with more is a table by keys

bool is_unfit(char c) { return c == list_mark || c == '\0'; }
bool holds_unfit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_unfit); }

std::string without_unfit(std::string_view text) {
  std::string fit;
  for (const char c : text) {
    if (!is_unfit(c))
      fit.push_back(c);
    else
      fit += "\xEF\xBF\xBD";
  }
  return fit;
}

/// SAX handler over all values of a file.
class JsonWalkHandler : public RawNumbers {
 public:
  JsonWalkHandler(const ByteStream& stream, JsonVisitor& visitor)
      : stream_(stream), visitor_(visitor), builder_(JsonLimits{}) {}

  bool Null() {
    return scalar([](JsonBuilder& b) { return b.Null(); });
  }
  bool Bool(bool value) {
    return scalar([&](JsonBuilder& b) { return b.Bool(value); });
  }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool copy) {
    return scalar([&](JsonBuilder& b) { return b.RawNumber(text, length, copy); });
  }
  bool String(const char* text, rapidjson::SizeType length, bool copy) {
    if (skipped_ > 0) return true;
    if (!holds_unfit({text, length})) return scalar([&](JsonBuilder& b) { return b.String(text, length, copy); });
    ++replaced_;
    const std::string fit = without_unfit({text, length});
    return scalar(
        [&](JsonBuilder& b) { return b.String(fit.data(), static_cast<rapidjson::SizeType>(fit.size()), true); });
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    if (skipped_ > 0) return true;
    std::string key;
    if (holds_unfit({text, length})) {
      key = without_unfit({text, length});
      text = key.data();
      length = static_cast<rapidjson::SizeType>(key.size());
    }
    if (builder_.depth() > 0) return check(builder_.Key(text, length, copy));
    key.assign(text, length);
    std::vector<std::string>& seen = seen_.back();
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      return fail(fmt::format("the key \"{}\" occurs twice in one object", key));
    if (seen.size() < most_seen_keys) seen.push_back(key);
    path_.back() = std::move(key);
    return true;
  }
  bool StartObject() { return open(true); }
  bool StartArray() { return open(false); }
  bool EndObject(rapidjson::SizeType count) {
    return close([&](JsonBuilder& b) { return b.EndObject(count); });
  }
  bool EndArray(rapidjson::SizeType count) {
    return close([&](JsonBuilder& b) { return b.EndArray(count); });
  }

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::uint64_t replaced() const { return replaced_; }

 private:
  bool fail(std::string message) {
    error_ = std::move(message);
    return false;
  }
  bool check(bool fine) {
    if (!fine) error_ = builder_.error();
    return fine;
  }
  bool open(bool is_object) {
    if (skipped_ > 0 || builder_.depth() > 0 || path_.size() >= deepest_level) return open_deeper(is_object);
    switch (visitor_.begin(path_, is_object)) {
      case JsonVisitor::Step::skip: skipped_ = 1; return true;
      case JsonVisitor::Step::take:
        line_ = stream_.line();
        return check(is_object ? builder_.StartObject() : builder_.StartArray());
      case JsonVisitor::Step::enter: break;
    }
    path_.emplace_back(is_object ? "" : "[]");
    seen_.emplace_back();
    return true;
  }
  bool open_deeper(bool is_object) {
    if (skipped_ == 0 && builder_.depth() > 0) return check(is_object ? builder_.StartObject() : builder_.StartArray());
    if (++skipped_ > deepest_level || path_.size() >= deepest_level)
      return fail(fmt::format("nested more than {} levels deep", deepest_level));
    return true;
  }
  template <typename Event>
  bool close(Event&& event) {
    if (skipped_ > 0) {
      --skipped_;
      return true;
    }
    if (builder_.depth() > 0) {
      if (!check(event(builder_))) return false;
      if (builder_.depth() == 0) visitor_.value(path_, builder_.take(), line_);
      return true;
    }
    path_.pop_back();
    seen_.pop_back();
    visitor_.leave(path_, stream_.line());
    return true;
  }
  template <typename Event>
  bool scalar(Event&& event) {
    if (skipped_ > 0) return true;
    if (!check(event(builder_))) return false;
    if (builder_.depth() == 0) visitor_.value(path_, builder_.take(), stream_.line());
    return true;
  }

  const ByteStream& stream_;
  JsonVisitor& visitor_;
  JsonBuilder builder_;
  JsonPath path_;
  std::vector<std::vector<std::string>> seen_;  ///< keys of each entered object
  std::size_t skipped_ = 0;
  std::uint64_t line_ = 0, replaced_ = 0;
  std::string error_;
};

/// What is wrong with a JSON text, and where.
struct JsonFault {
  std::uint64_t line = 0;
  std::string why;
};

/// All values of a stream, up to the first fault.
std::optional<JsonFault> walk_values(ByteStream& stream, JsonVisitor& visitor, std::uint64_t& replaced) {
  constexpr unsigned flags = json_parse_flags | rapidjson::kParseStopWhenDoneFlag;
  rapidjson::Reader reader;
  for (stream.skip_space(); !stream.at_end(); stream.skip_space()) {
    JsonWalkHandler handler(stream, visitor);
    try {
      const auto result = reader.Parse<flags>(stream, handler);
      if (result.IsError()) {
        std::string why = handler.error().empty() ? json_error_text(result.Code()) : handler.error();
        if (result.Code() == rapidjson::kParseErrorStringInvalidEncoding)
          why += "; name its encoding, --encoding windows-1252 or gb18030, say";
        return JsonFault{stream.line(), fmt::format("{} (byte {})", why, stream.Tell())};
      }
    } catch (const UsageError& error) {
      return JsonFault{stream.line(), error.what()};
    }
    replaced += handler.replaced();
  }
  return std::nullopt;
}

/// Moves to the next line. @return false behind the last
bool next_line(ByteStream& stream, FilePieces::Piece& line) {
  line.text.clear();
  if (stream.at_end()) return false;
  line.begin = stream.Tell();
  line.line = stream.line();
  while (!stream.at_end() && stream.Peek() != '\n') line.text.push_back(stream.Take());
  if (!stream.at_end()) stream.Take();
  line.end = stream.Tell();
  return true;
}

/// Takes anything; for asking whether a text is sound.
class AnyValues : public JsonVisitor {
 public:
  Step begin(const JsonPath& /*path*/, bool /*is_object*/) override { return Step::skip; }
  void value(const JsonPath& /*path*/, const Json& /*value*/, std::uint64_t /*line*/) override {}
};

/// Whether records stand in lines of their own, and not in several: one of the first lines is a whole object.
bool lines_are_records(InputFile& file) {
  constexpr int looked_at = 32;
  ByteStream stream(file, {});
  stream.skip_byte_order_mark();
  FilePieces::Piece line;
  std::uint64_t replaced = 0;
  for (int i = 0; i < looked_at && next_line(stream, line); ++i) {
    const auto begin = line.text.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line.text[begin] != '{') continue;
    AnyValues any;
    ByteStream text(line);
    if (!walk_values(text, any, replaced)) return true;
  }
  return false;
}

}  // namespace

void walk_json(InputFile& file, const ReadContext& context, std::vector<std::string>& remarks, JsonVisitor& visitor) {
  const bool by_line = visitor.reads_lines() && context.on_bad_line && lines_are_records(file);
  ByteStream stream(file, context.on_bytes);
  stream.skip_byte_order_mark();
  std::uint64_t replaced = 0;
  if (by_line) {
    for (FilePieces::Piece line; next_line(stream, line);) {
      // A line is taken whole or not at all.
      AnyValues any;
      ByteStream looked_at(line), text(line);
      std::uint64_t unused = 0;
      auto fault = walk_values(looked_at, any, unused);
      if (!fault) fault = walk_values(text, visitor, replaced);
      if (fault) context.on_bad_line(line.line, fault->why);
    }
  } else if (const auto fault = walk_values(stream, visitor, replaced)) {
    refuse_at(file, fault->line,
              fault->why + (visitor.reads_lines() && !context.on_bad_line && lines_are_records(file)
                                ? "; --skip-bad leaves such lines out and lists them"
                                : ""));
  }
  if (replaced > 0)
    remarks.push_back(
        fmt::format("{} texts hold control characters that cannot be kept; they became U+FFFD", replaced));
}

}  // namespace chokepoint::detail
