#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <random>

namespace chokepoint::test {

/// The numbers of a random test. They are always the same ones, but where CHOKEPOINT_SEED says which others to take, as
/// tests/release/other_seeds_test.py does. The test's report says that it has any.
/// @param own  of the test
inline std::mt19937 seeded(std::uint32_t own) {
  ::testing::Test::RecordProperty("seed", static_cast<int>(own));
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* others = std::getenv("CHOKEPOINT_SEED");
  if (others == nullptr) return std::mt19937(own);
  std::seed_seq seeds{own, static_cast<std::uint32_t>(std::strtoul(others, nullptr, 10))};
  return std::mt19937(seeds);
}

}  // namespace chokepoint::test
