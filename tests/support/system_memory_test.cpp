#include "support/system_memory.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <new>
#include <utility>

namespace chokepoint::detail {
namespace {

TEST(SystemMemory, KeepsItsBytesWhileItGrows) {
  SystemMemory memory(1000);
  ASSERT_GE(memory.size(), 1000U);
  std::size_t written = 0;
  for (std::size_t size = 1000; size < std::size_t{20} << 20U; size = size * 3 / 2) {
    memory.grow(size);
    ASSERT_GE(memory.size(), size);
    for (std::size_t i = 0; i < written; i += 997) ASSERT_EQ(memory.data()[i], static_cast<char>(i % 101)) << i;
    for (; written < memory.size(); ++written) {
      ASSERT_EQ(memory.data()[written], 0);
      memory.data()[written] = static_cast<char>(written % 101);
    }
  }
}

TEST(SystemMemory, IsNoneUntilItIsAskedForAndMovesWhole) {
  SystemMemory none;
  EXPECT_EQ(none.data(), nullptr);
  EXPECT_EQ(SystemMemory(0).size(), 0U);
  none.grow(1);
  ASSERT_GE(none.size(), 1U);
  none.data()[0] = 'x';
  SystemMemory taken(std::move(none));
  EXPECT_EQ(taken.data()[0], 'x');
  taken = SystemMemory();
  EXPECT_EQ(taken.size(), 0U);
}

TEST(SystemMemory, RefusesWhatNoSystemHas) {
  EXPECT_THROW(SystemMemory(std::numeric_limits<std::size_t>::max() - 1), std::bad_alloc);
  EXPECT_THROW(SystemMemory(std::numeric_limits<std::size_t>::max() / 2), std::bad_alloc);
}

}  // namespace
}  // namespace chokepoint::detail
