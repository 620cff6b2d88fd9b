#pragma once

#include <string>

namespace chokepoint::cli {

/// The text of a file that a user named; "-" is standard input. A FIFO or a device could block for ever or never end,
/// so those are given as "-".
/// @param advice  what to try where there is no such file; may be empty
/// @throws NotFoundError, UsageError for what is no regular file, IoError
std::string read_text_file(const std::string& path, const std::string& advice = {});

}  // namespace chokepoint::cli
