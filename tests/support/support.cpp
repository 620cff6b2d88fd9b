#include "tests/support/support.hpp"

namespace chokepoint::test {

std::filesystem::path shared_dir() { return CHOKEPOINT_SHARED_DIR; }

std::filesystem::path source_dir() { return CHOKEPOINT_SOURCE_DIR; }

}  // namespace chokepoint::test
