#pragma once

#include "support/child_process.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What a file is packed or encoded in, and how it becomes plain UTF-8. All of it goes through nameless temporary
/// files, in bounded memory. `name` is what messages call the file.

/// Most bytes that a compressed or converted file may become.
inline constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{64} << 30U;

/// The encoding that a file's beginning shows: `UTF-16LE`, `UTF-16BE`, `UTF-32LE`, `UTF-32BE`, or what its XML
/// declaration names if expat does not know that; empty for anything else.
std::string shown_encoding(std::string_view head);

/// Whether the bytes begin as a gzip file does.
bool is_gzip(std::string_view head);

/// Whether the bytes begin as a file that no encoding applies to: a ZIP archive, or an old office document.
bool is_binary(std::string_view head);

/// Unpacks a gzip file of one or more members.
/// @throws IngestError for one that is cut short or damaged or becomes too large; IoError for a full disk
StreamFile unpack_gzip(std::FILE* file, const std::string& name);

/// Converts a text to UTF-8, a byte-order mark included, and takes the encoding out of an XML declaration. UTF-16,
/// ISO-8859-1 and windows-1252 are converted here, anything else by the program iconv.
/// @throws UsageError for an encoding that nobody knows; IngestError for a text that is not of it
StreamFile convert_text(std::FILE* file, const std::string& name, std::string_view encoding);

}  // namespace chokepoint::detail
