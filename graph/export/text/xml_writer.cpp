#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <array>

namespace chokepoint::detail {

namespace {

enum Class : std::uint8_t { plain, markup, in_attributes, illegal, multibyte };

constexpr std::array<Class, 256> classes = [] {
  std::array<Class, 256> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = illegal;
  table['\t'] = table['\n'] = table['"'] = in_attributes;
  table['\r'] = table['&'] = table['<'] = table['>'] = markup;
  for (std::size_t byte = 0x80; byte < 0x100; ++byte) table[byte] = multibyte;
  return table;
}();

std::string_view entity(char character) {
  switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    default: return "&#13;";
  }
}

/// A sequence of bytes above ASCII: how many belong together, and whether XML may hold the character they spell.
struct Sequence {
  std::size_t size;
  bool legal;
};

Sequence sequence_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) -> std::uint32_t {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const std::uint32_t lead = byte(0);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  std::uint32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {1, false};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {1, false};
  return {size, code != 0xFFFE && code != 0xFFFF};
}

/// @return how many characters were replaced
std::uint64_t put_escaped(auto& sink, std::string_view text, bool attribute) {
  std::uint64_t replaced = 0;
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Class kind = classes[static_cast<unsigned char>(text[at])];
    std::size_t size = 1;
    if (kind == plain || (kind == in_attributes && !attribute)) {
      ++at;
      continue;
    }
    if (kind == multibyte) {
      const Sequence sequence = sequence_at(text, at);
      size = sequence.size;
      if (sequence.legal) {
        at += size;
        continue;
      }
    }
    sink(text.substr(done, at - done));
    const bool escapable = kind == markup || kind == in_attributes;
    sink(escapable ? entity(text[at]) : std::string_view("\uFFFD"));
    replaced += escapable ? 0U : 1U;
    at += size;
    done = at;
  }
  sink(text.substr(done));
  return replaced;
}

}  // namespace

XmlWriter::XmlWriter(std::ostream& out) : buffer_(out) {}

void XmlWriter::declaration() { buffer_.put(R"(<?xml version="1.0" encoding="UTF-8"?>)"); }

void XmlWriter::new_line() {
  buffer_.put('\n');
  buffer_.put(2 * open_.size(), ' ');
}

void XmlWriter::open(std::string_view name, Place place) {
  end_start_tag();
  if (place == Place::line) {
    new_line();
    if (!open_.empty()) open_.back().has_lines = true;
  }
  buffer_.put('<');
  buffer_.put(name);
  open_.push_back({name, false});
  in_start_tag_ = true;
}

std::string XmlWriter::start_tag(std::string_view name, std::string_view key, std::string_view value) {
  std::string tag;
  const auto sink = [&tag](std::string_view text) { tag.append(text); };
  tag.append("<").append(name).append(" ").append(key).append("=\"");
  put_escaped(sink, value, true);
  return tag.append("\">");
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  begin_attribute(name);
  const auto sink = [this](std::string_view text) { buffer_.put(text); };
  replaced_ += put_escaped(sink, value, true);
  buffer_.put('"');
}

void XmlWriter::put_text(std::string_view value) {
  const auto sink = [this](std::string_view text) { buffer_.put(text); };
  replaced_ += put_escaped(sink, value, false);
}

void XmlWriter::close() {
  const Element element = open_.back();
  open_.pop_back();
  if (in_start_tag_) {
    buffer_.put("/>");
    in_start_tag_ = false;
    return;
  }
  if (element.has_lines) new_line();
  buffer_.put("</");
  buffer_.put(element.name);
  buffer_.put('>');
}

void XmlWriter::finish() {
  while (!open_.empty()) close();
  buffer_.put('\n');
  buffer_.flush();
}

std::string xml_escaped(std::string_view text, bool attribute, std::uint64_t& replaced) {
  std::string result;
  const auto sink = [&result](std::string_view part) { result.append(part); };
  replaced += put_escaped(sink, text, attribute);
  return result;
}

std::string xml_legal(std::string_view text, std::uint64_t& replaced) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Class kind = classes[static_cast<unsigned char>(text[at])];
    const Sequence sequence = kind == multibyte ? sequence_at(text, at) : Sequence{1, kind != illegal};
    result.append(sequence.legal ? text.substr(at, sequence.size) : std::string_view("\uFFFD"));
    replaced += sequence.legal ? 0U : 1U;
    at += sequence.size;
  }
  return result;
}

std::string replaced_warning(std::uint64_t count) {
  if (count == 0) return {};
  return fmt::format("{} that XML cannot hold {} replaced by U+FFFD",
                     count == 1 ? std::string("1 character") : fmt::format("{} characters", count),
                     count == 1 ? "was" : "were");
}

}  // namespace chokepoint::detail
