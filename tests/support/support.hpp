#pragma once

#include <filesystem>

namespace chokepoint::test {

/// The folder of real data beside the checkout; tests that need it skip, saying so, where it is absent.
std::filesystem::path shared_dir();

/// The root of the checkout that the tests were built from.
std::filesystem::path source_dir();

}  // namespace chokepoint::test
