#pragma once

#include <string>
#include <utility>
#include <vector>

namespace chokepoint::test {

/// A ZIP archive of entries that are stored as they are. @param name, text
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries);

/// A gzip file of one member that is stored as it is.
std::string gzip_of(const std::string& text);

}  // namespace chokepoint::test
