#pragma once

#include "export/text/text_buffer.hpp"

#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Writes XML 1.0 in UTF-8 that is well-formed whatever the text: markup characters are escaped, and what XML cannot
/// hold (most control characters, U+FFFE, U+FFFF, bytes that are no UTF-8) becomes U+FFFD and is counted. Tabs and
/// line breaks come back as they went in. Streams; memory is one buffer.
class XmlWriter {
 public:
  /// Whether an element starts a line of its own or follows in the line.
  enum class Place : std::uint8_t { line, inside };

  explicit XmlWriter(std::ostream& out);

  /// `<?xml version="1.0" encoding="UTF-8"?>`
  void declaration();
  /// Opens an element. @pre `name` is an XML name and outlives the element (a literal)
  void open(std::string_view name, Place place = Place::inside);
  /// A whole element without children, within the line, in prepared tags: `start` from `start_tag`, `end` its end tag.
  void leaf(std::string_view start, std::string_view value, std::string_view end) {
    begin_leaf(start);
    put_text(value);
    buffer_.put(end);
  }
  /// @pre a real `value` is finite
  template <typename Number>
  requires std::same_as<Number, std::int64_t> || std::same_as<Number, double>
  void leaf(std::string_view start, Number value, std::string_view end) {
    begin_leaf(start);
    buffer_.put_number(value);
    buffer_.put(end);
  }
  /// `<name key="value">`, escaped; illegal characters are replaced without being counted.
  static std::string start_tag(std::string_view name, std::string_view key, std::string_view value);
  /// @pre right after `open` or another attribute; `name` is an XML name not used yet in this element
  void attribute(std::string_view name, std::string_view value);
  void attribute(std::string_view name, const char* value) { attribute(name, std::string_view(value)); }
  void attribute(std::string_view name, std::integral auto value) {
    begin_attribute(name);
    buffer_.put_number(value);
    buffer_.put('"');
  }
  /// @pre `value` is finite
  void attribute(std::string_view name, double value) {
    begin_attribute(name);
    buffer_.put_number(value);
    buffer_.put('"');
  }
  void text(std::string_view value) {
    end_start_tag();
    put_text(value);
  }
  /// Elements that are XML already. @pre they are well-formed
  void prepared(std::string_view elements) {
    end_start_tag();
    buffer_.put(elements);
  }
  void close();
  /// Closes what is open and hands everything to the stream.
  void finish();

  /// How many characters were replaced so far.
  [[nodiscard]] std::uint64_t replaced() const { return replaced_; }

 private:
  struct Element {
    std::string_view name;
    bool has_lines;  ///< a child stands on its own line, so the end tag does too
  };

  void begin_attribute(std::string_view name) {
    buffer_.put(' ');
    buffer_.put(name);
    buffer_.put("=\"");
  }
  void put_text(std::string_view value);
  void begin_leaf(std::string_view start) {
    end_start_tag();
    buffer_.put(start);
  }
  void end_start_tag() {
    if (in_start_tag_) buffer_.put('>');
    in_start_tag_ = false;
  }
  void new_line();

  TextBuffer buffer_;
  std::vector<Element> open_;
  std::uint64_t replaced_ = 0;
  bool in_start_tag_ = false;
};

/// `text` as it stands in XML, escaped; what XML cannot hold becomes U+FFFD, and `replaced` grows by their number.
/// @param attribute  between quotes, where tabs and line breaks are escaped, too
std::string xml_escaped(std::string_view text, bool attribute, std::uint64_t& replaced);

/// `text` with what XML cannot hold replaced by U+FFFD, nothing escaped; `replaced` grows by their number.
std::string xml_legal(std::string_view text, std::uint64_t& replaced);

/// A sentence for `count` replaced characters; empty for none.
std::string replaced_warning(std::uint64_t count);

}  // namespace chokepoint::detail
