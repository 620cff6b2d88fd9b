#include "ingest/files/text_encoding.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>

namespace chokepoint::detail {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 18U;
constexpr std::uint32_t byte_order_mark = 0xFEFF;

[[noreturn]] void refuse_input(const std::string& name, const std::string& message) {
  throw IngestError(fmt::format("{}: 1 problem; nothing was imported", name), {{name, 0, "", message}}, 1);
}

void put(StreamFile& out, std::string_view bytes, const std::string& name, std::uint64_t& written) {
  written += bytes.size();
  if (written > most_unpacked_bytes)
    refuse_input(name, fmt::format("becomes more than {} GiB; unpack and split it", most_unpacked_bytes >> 30U));
  if (std::fwrite(bytes.data(), 1, bytes.size(), out.get()) != bytes.size())
    throw IoError(fmt::format("{}: writing a temporary copy: {}; make room where temporary files lie", name,
                              std::strerror(errno)));
}

void finish(StreamFile& out, const std::string& name) {
  if (std::fflush(out.get()) != 0)
    throw IoError(fmt::format("{}: writing a temporary copy: {}; make room where temporary files lie", name,
                              std::strerror(errno)));
  std::rewind(out.get());
}

std::string upper_ascii(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 12U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  }
}

/// Takes the bytes of an encoding and gives UTF-8. One is made for a text, and fed from its beginning.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual void feed(std::string_view bytes, std::string& out) = 0;
  /// What is wrong with the text so far, or with its end; empty for nothing.
  [[nodiscard]] virtual std::string problem() const { return {}; }
};

class Utf16Decoder : public Decoder {
 public:
  explicit Utf16Decoder(bool big) : big_(big) {}
  void feed(std::string_view bytes, std::string& out) override {
    for (const char byte : bytes) {
      if (!has_half_) {
        half_ = static_cast<unsigned char>(byte);
        has_half_ = true;
        continue;
      }
      const auto second = static_cast<unsigned char>(byte);
      has_half_ = false;
      unit(big_ ? (half_ << 8U) | second : (static_cast<std::uint32_t>(second) << 8U) | half_, out);
    }
  }
  [[nodiscard]] std::string problem() const override {
    if (has_half_) return "it ends in the middle of a character";
    return high_ != 0 || bad_ ? "half of a surrogate pair is missing" : "";
  }

 private:
  void unit(std::uint32_t code, std::string& out) {
    if (high_ != 0) {
      if (code < 0xDC00 || code > 0xDFFF) bad_ = true;
      append_utf8(out, 0x10000 + ((high_ - 0xD800) << 10U) + ((code - 0xDC00) & 0x3FFU));
      high_ = 0;
    } else if (code >= 0xD800 && code <= 0xDBFF) {
      high_ = code;
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
      bad_ = true;
    } else if (code != byte_order_mark) {
      append_utf8(out, code);
    }
  }
  bool big_, has_half_ = false, bad_ = false;
  std::uint32_t half_ = 0, high_ = 0;
};

/// ISO-8859-1, and windows-1252, which has characters where that has controls.
class WesternDecoder : public Decoder {
 public:
  void feed(std::string_view bytes, std::string& out) override {
    static constexpr std::array<std::uint16_t, 32> windows = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    for (const char byte : bytes) {
      const auto code = static_cast<unsigned char>(byte);
      append_utf8(out, code >= 0x80 && code < 0xA0 ? windows[code - 0x80U] : code);
    }
  }
};

std::unique_ptr<Decoder> own_decoder(const std::string& encoding, std::string_view head) {
  if (encoding == "UTF-16LE" || encoding == "UTF16LE" || encoding == "UCS-2LE")
    return std::make_unique<Utf16Decoder>(false);
  if (encoding == "UTF-16BE" || encoding == "UTF16BE" || encoding == "UCS-2BE")
    return std::make_unique<Utf16Decoder>(true);
  if (encoding == "UTF-16" || encoding == "UTF16" || encoding == "UCS-2" || encoding == "UNICODE")
    return std::make_unique<Utf16Decoder>(shown_encoding(head) == "UTF-16BE");
  for (const std::string_view western : {"WINDOWS-1252", "CP1252", "1252", "ANSI", "ISO-8859-1", "ISO8859-1", "LATIN1",
                                         "LATIN-1", "ISO_8859-1", "ISO-LATIN-1"})
    if (encoding == western) return std::make_unique<WesternDecoder>();
  return nullptr;
}

/// Where the name of the encoding stands in an XML declaration: `encoding="…"`, the attribute and the name in it.
struct XmlEncoding {
  std::size_t begin = 0, end = 0;
  std::string_view name;
};

XmlEncoding xml_encoding(std::string_view head) {
  XmlEncoding found;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (!head.starts_with("<?xml")) return found;
  const std::string_view declaration = head.substr(0, head.find("?>"));
  const auto begin = declaration.find("encoding");
  if (begin == std::string_view::npos) return found;
  const auto open = declaration.find_first_of("\"'", begin);
  if (open == std::string_view::npos) return found;
  const auto close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return found;
  return {begin, close + 1, declaration.substr(open + 1, close - open - 1)};
}

/// A converted text is UTF-8, whatever its XML declaration says.
void forget_xml_encoding(std::string& text) {
  const XmlEncoding found = xml_encoding(text);
  for (std::size_t i = found.begin; i < found.end; ++i) text[i] = ' ';
}

std::string read_head(std::FILE* file) {
  std::string head(std::size_t{4} << 10U, '\0');
  std::rewind(file);
  head.resize(std::fread(head.data(), 1, head.size(), file));
  std::rewind(file);
  return head;
}

StreamFile decode(std::FILE* file, const std::string& name, const std::string& encoding, Decoder& decoder) {
  StreamFile out = temporary_stream();
  std::string bytes(piece_bytes, '\0'), text;
  std::uint64_t written = 0;
  for (std::size_t got = 0; (got = std::fread(bytes.data(), 1, bytes.size(), file)) > 0;) {
    text.clear();
    decoder.feed(std::string_view(bytes).substr(0, got), text);
    if (written == 0) forget_xml_encoding(text);
    put(out, text, name, written);
  }
  if (std::ferror(file) != 0) throw IoError(fmt::format("{}: {}", name, std::strerror(errno)));
  if (const std::string problem = decoder.problem(); !problem.empty())
    refuse_input(name, fmt::format("it is no {}: {}; name its encoding with --encoding", encoding, problem));
  finish(out, name);
  return out;
}

bool is_encoding_name(std::string_view name) {
  constexpr std::string_view others = "-_.:+()";
  if (name.empty() || name.size() > 64 || name.front() == '-') return false;
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

/// Copies a text without the encoding of its XML declaration.
StreamFile without_declaration(StreamFile text, const std::string& name) {
  if (xml_encoding(read_head(text.get())).name.empty()) return text;
  StreamFile out = temporary_stream();
  std::string bytes(piece_bytes, '\0');
  std::uint64_t written = 0;
  for (std::size_t got = 0; (got = std::fread(bytes.data(), 1, bytes.size(), text.get())) > 0;) {
    std::string part = bytes.substr(0, got);
    if (written == 0) forget_xml_encoding(part);
    put(out, part, name, written);
  }
  finish(out, name);
  return out;
}

// The C library converts with modules that it loads, which a static program cannot; its own program can.
StreamFile convert_with_iconv(std::FILE* file, const std::string& name, const std::string& encoding) {
  StreamFile copy, out = temporary_stream();
  // A text in memory has no descriptor.
  if (fileno(file) < 0) {
    copy = temporary_stream();
    std::string bytes(piece_bytes, '\0');
    std::uint64_t written = 0;
    for (std::size_t got = 0; (got = std::fread(bytes.data(), 1, bytes.size(), file)) > 0;)
      put(copy, std::string_view(bytes).substr(0, got), name, written);
    finish(copy, name);
    file = copy.get();
  }
  if (lseek(fileno(file), 0, SEEK_SET) < 0) throw IoError(fmt::format("{}: {}", name, std::strerror(errno)));
  ProgramEnd end;
  try {
    end = run_filter("iconv", {"-f", encoding, "-t", "UTF-8"}, file, out.get(),
                     {std::chrono::seconds(3600), 0, most_unpacked_bytes});
  } catch (const NotFoundError&) {
    throw IoError(
        fmt::format("{}: {} is converted by the program iconv, which is not on PATH; install it (Debian: "
                    "libc-bin) or save the file as UTF-8",
                    name, encoding));
  }
  const std::string why = end.errors.substr(0, end.errors.find('\n'));
  const bool is_unknown =
      why.find("supported") != std::string::npos || why.find("failed to start") != std::string::npos;
  if (end.status != 0 && is_unknown)
    throw UsageError(fmt::format("--encoding {}: iconv does not know it; `iconv -l` lists what it knows", encoding));
  if (end.status != 0)
    refuse_input(name, fmt::format("it is no {}: {}; another --encoding may be right", encoding,
                                   why.starts_with("iconv: ") ? why.substr(7) : why));
  std::rewind(out.get());
  return without_declaration(std::move(out), name);
}

/// Ends inflate whatever happens.
struct Inflater {
  z_stream stream{};
  Inflater() {
    constexpr int gzip_only = 15 + 16;
    if (inflateInit2(&stream, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

/// Feeds what was read; several members follow each other, and zeros may fill up the last block.
/// @return whether a member is open
bool inflate_piece(z_stream& stream, bool is_open, StreamFile& out, const std::string& name, std::uint64_t& written) {
  std::string text(piece_bytes, '\0');
  while (stream.avail_in > 0 || (is_open && stream.avail_out == 0)) {
    if (!is_open) {
      while (stream.avail_in > 0 && *stream.next_in == 0) ++stream.next_in, --stream.avail_in;
      if (stream.avail_in == 0) break;
      inflateReset(&stream);
      is_open = true;
    }
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    put(out, std::string_view(text).substr(0, text.size() - stream.avail_out), name, written);
    if (result == Z_STREAM_END)
      is_open = false;
    else if (result != Z_OK && result != Z_BUF_ERROR)
      refuse_input(name, fmt::format("the gzip file is damaged behind byte {} of its text: {}; fetch it again", written,
                                     stream.msg != nullptr ? stream.msg : "no sense"));
    else if (result == Z_BUF_ERROR)
      break;
  }
  return is_open;
}

}  // namespace

bool is_gzip(std::string_view head) { return head.starts_with("\x1F\x8B\x08"); }

bool is_binary(std::string_view head) { return head.starts_with("PK\x03\x04") || head.starts_with("\xD0\xCF\x11\xE0"); }

std::string shown_encoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32LE";
  if (head.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32BE";
  if (head.starts_with("\xFF\xFE"sv)) return "UTF-16LE";
  if (head.starts_with("\xFE\xFF"sv)) return "UTF-16BE";
  head = head.substr(0, 4096);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1U : 0U;
  // Of a text with names in Latin letters every other byte is zero in many places, and the others nowhere.
  const std::size_t many = std::max<std::size_t>(4, head.size() / 10);
  if (head.size() >= 8 && zeros[0] == 0 && zeros[1] >= many) return "UTF-16LE";
  if (head.size() >= 8 && zeros[1] == 0 && zeros[0] >= many) return "UTF-16BE";
  const std::string declared = upper_ascii(xml_encoding(head).name);
  for (const std::string_view known : {"", "UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"})
    if (declared == known) return {};
  return is_encoding_name(declared) ? declared : "";
}

StreamFile unpack_gzip(std::FILE* file, const std::string& name) {
  Inflater inflater;
  StreamFile out = temporary_stream();
  std::string bytes(piece_bytes, '\0');
  std::uint64_t written = 0;
  bool is_open = true;
  std::rewind(file);
  for (std::size_t got = 0; (got = std::fread(bytes.data(), 1, bytes.size(), file)) > 0;) {
    inflater.stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    inflater.stream.avail_in = static_cast<uInt>(got);
    is_open = inflate_piece(inflater.stream, is_open, out, name, written);
  }
  if (std::ferror(file) != 0) throw IoError(fmt::format("{}: {}", name, std::strerror(errno)));
  if (is_open) refuse_input(name, "the gzip file is cut short; fetch it again");
  finish(out, name);
  return out;
}

StreamFile convert_text(std::FILE* file, const std::string& name, std::string_view encoding) {
  if (!is_encoding_name(encoding))
    throw UsageError(
        fmt::format("--encoding {}: no name of an encoding; try windows-1252, gb18030 or shift_jis", encoding));
  const std::string head = read_head(file);
  const std::string upper = upper_ascii(encoding);
  if (const auto decoder = own_decoder(upper, head)) return decode(file, name, std::string(encoding), *decoder);
  return convert_with_iconv(file, name, std::string(encoding));
}

}  // namespace chokepoint::detail
