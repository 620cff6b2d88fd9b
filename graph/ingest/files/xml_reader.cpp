#include "ingest/files/xml_reader.hpp"

#include "chokepoint/support/error.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::size_t xml_buffer_bytes = std::size_t{1} << 18U;
constexpr int deepest = 64;

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view without_layout(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2)
    if (without_prefix(at[0]) == name) return at[1];
  return {};
}

struct XmlReader::Impl {
  std::string name;
  XmlHandler& handler;
  XML_Parser parser = XML_ParserCreate(nullptr);
  int depth = 0;
  std::exception_ptr failure{};

  /// No exception may pass through expat.
  template <typename Action>
  void guarded(Action&& action) {
    if (failure) return;
    try {
      action();
    } catch (...) {
      failure = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
  // Line ends are counted up to where they were asked for, in the part of the text that is being parsed.
  const char* part = nullptr;
  std::uint64_t part_begin = 0, part_end = 0;  ///< in the text
  std::uint64_t counted_to = 0, line_there = 1;

  std::uint64_t line() {
    const XML_Index at = XML_GetCurrentByteIndex(parser);
    if (at < 0 || static_cast<std::uint64_t>(at) < counted_to || static_cast<std::uint64_t>(at) > part_end)
      return XML_GetCurrentLineNumber(parser);  // slow: it looks at every character once more
    count_to(static_cast<std::uint64_t>(at));
    return line_there;
  }
  void count_to(std::uint64_t end) {
    line_there +=
        static_cast<std::uint64_t>(std::count(part + (counted_to - part_begin), part + (end - part_begin), '\n'));
    counted_to = end;
  }
  [[noreturn]] void refuse(const std::string& record, const std::string& message) {
    throw IngestError(fmt::format("{}: 1 problem; nothing was imported", name), {{name, line(), record, message}}, 1);
  }

  static Impl& of(void* self) { return *static_cast<Impl*>(self); }
  static void start(void* self, const char* name, const char** attributes) {
    of(self).guarded([&] {
      if (++of(self).depth > deepest)
        of(self).refuse("", fmt::format("elements are nested more than {} deep", deepest));
      of(self).handler.start(without_prefix(name), XmlAttributes(attributes));
    });
  }
  static void end(void* self, const char* name) {
    of(self).guarded([&] {
      --of(self).depth;
      of(self).handler.end(without_prefix(name));
    });
  }
  static void text(void* self, const char* text, int size) {
    of(self).guarded([&] { of(self).handler.text({text, static_cast<std::size_t>(size)}); });
  }
  static void document_type(void* self, const char*, const char*, const char*, int has_declarations) {
    of(self).guarded([&] {
      if (has_declarations != 0)
        of(self).refuse("", "a document type with declarations of its own is not read; remove it");
    });
  }
  static void entity(void* self, const char* name, int, const char*, int, const char*, const char*, const char*,
                     const char*) {
    of(self).guarded(
        [&] { of(self).refuse("", fmt::format("the entity {} is not read; write what it stands for", name)); });
  }
};

XmlReader::XmlReader(std::string name, XmlHandler& handler) : impl_(new Impl{std::move(name), handler}) {
  if (impl_->parser == nullptr) throw std::bad_alloc();
  XML_SetUserData(impl_->parser, impl_.get());
  XML_SetElementHandler(impl_->parser, Impl::start, Impl::end);
  XML_SetCharacterDataHandler(impl_->parser, Impl::text);
  XML_SetStartDoctypeDeclHandler(impl_->parser, Impl::document_type);
  XML_SetEntityDeclHandler(impl_->parser, Impl::entity);
}

XmlReader::~XmlReader() { XML_ParserFree(impl_->parser); }

std::uint64_t XmlReader::line() const { return impl_->line(); }
void XmlReader::refuse(const std::string& record, const std::string& message) const { impl_->refuse(record, message); }

void XmlReader::feed(std::string_view part, bool is_last) {
  impl_->part = part.data();
  impl_->part_begin = impl_->part_end;
  impl_->part_end += part.size();
  const auto status = XML_Parse(impl_->parser, part.data(), static_cast<int>(part.size()), is_last ? 1 : 0);
  if (impl_->failure) std::rethrow_exception(impl_->failure);
  if (status == XML_STATUS_ERROR)
    refuse("", fmt::format("{} (column {})", XML_ErrorString(XML_GetErrorCode(impl_->parser)),
                           XML_GetCurrentColumnNumber(impl_->parser) + 1));
  impl_->count_to(impl_->part_end);
}

void XmlReader::read(InputFile& file, const std::function<void(std::uint64_t)>& on_bytes) {
  file.rewind();
  std::string buffer(xml_buffer_bytes, '\0');
  for (std::size_t got = 1; got > 0;) {
    got = file.read(buffer.data(), buffer.size());
    feed(std::string_view(buffer).substr(0, got), got == 0);
    if (on_bytes) on_bytes(impl_->part_end);
  }
}

}  // namespace chokepoint::detail
