#pragma once

#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// A text without white space around it, which is layout.
std::string_view without_layout(std::string_view text);

/// Attributes of an element, in file order; valid during the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  /// The value, empty when there is none. Prefixes of namespaces are passed over.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;
  /// Calls `visit` with each name, as it is written, and value.
  template <typename Visit>
  void for_each_raw(Visit&& visit) const {
    for (const char** at = list_; *at != nullptr; at += 2) visit(std::string_view(at[0]), std::string_view(at[1]));
  }

 private:
  const char** list_;
};

/// Takes what an XmlReader meets. Names are without prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

/// Streams an XML text through expat. A document type with declarations of its own is refused at its start, and so are
/// entities, whatever they would become; no other file is opened. Elements may be 64 deep.
class XmlReader {
 public:
  /// @param name  what messages call the text
  XmlReader(std::string name, XmlHandler& handler);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// Reads the next part of the text. @throws IngestError naming the line; and what the handler throws
  void feed(std::string_view part, bool is_last);
  /// Reads a file from its beginning. @param on_bytes  told now and then how many were read; may be empty
  void read(InputFile& file, const std::function<void(std::uint64_t)>& on_bytes);
  /// Where the element that is being handled stands.
  [[nodiscard]] std::uint64_t line() const;
  /// @throws IngestError at this line
  [[noreturn]] void refuse(const std::string& record, const std::string& message) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint::detail
