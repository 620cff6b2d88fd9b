#include "tests/support/support.hpp"

namespace chokepoint::test {

std::filesystem::path shared_dir() { return CHOKEPOINT_SHARED_DIR; }

}  // namespace chokepoint::test
