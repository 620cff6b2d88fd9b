#pragma once

#include "tests/support/random_graph.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <optional>
#include <string>

namespace chokepoint::test {

inline constexpr Vertex million = 1'000'000;

/// Node i needs node i + 1, a million times; a cycle when the last needs the first. A stack of 8 MiB holds no frame per
/// node. The graphs are made once for all tests of a suite.
class DeepGraph : public testing::TestWithParam<bool> {
 protected:
  static void SetUpTestSuite() {
    rlimit stack{};
    ASSERT_EQ(getrlimit(RLIMIT_STACK, &stack), 0);
    ASSERT_LE(stack.rlim_cur, rlim_t{8} << 20U) << "run with ulimit -s 8192";
  }
  static void TearDownTestSuite() {
    for (auto& view : views_) view.reset();
  }
  [[nodiscard]] static bool is_cycle() { return GetParam(); }
  [[nodiscard]] static const View& view() {
    auto& view = views_[is_cycle() ? 1 : 0];
    if (!view) view.emplace(long_path(million, is_cycle()));
    return *view;
  }

 private:
  static inline std::array<std::optional<View>, 2> views_;
};

/// What the two graphs are called in the names of tests.
inline std::string path_or_cycle(const testing::TestParamInfo<bool>& info) { return info.param ? "Cycle" : "Path"; }

}  // namespace chokepoint::test
