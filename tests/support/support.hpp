#pragma once

#include <filesystem>

namespace chokepoint::test {

/// The folder of real data beside the checkout; tests that need it skip, saying so, where it is absent.
std::filesystem::path shared_dir();

}  // namespace chokepoint::test
