#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <string>

namespace chokepoint::test {

/// Expects of a format that above 50,000 nodes it writes `place` only when a layout is asked for, and says so.
inline void expect_large_graphs_placed_only_when_asked(
    const std::string& place, const std::function<ExportWarnings(const GraphDocument&, std::ostream&)>& write) {
  GraphDocument document;
  for (int i = 0; i < 50'001; ++i) {
    Node& node = document.nodes.emplace_back();
    node.id = "n" + std::to_string(100'000 + i);
    node.type = "firm";
  }
  const auto written = [&](LayoutKind layout, std::size_t nodes, ExportWarnings& warnings) {
    document.layout = layout;
    document.nodes.resize(nodes);
    std::ostringstream out;
    warnings = write(document, out);
    return out.str();
  };
  ExportWarnings warnings;
  EXPECT_EQ(written(LayoutKind::automatic, 50'001, warnings).find(place), std::string::npos);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("--layout force"), std::string::npos);
  EXPECT_NE(written(LayoutKind::layered, 50'001, warnings).find(place), std::string::npos);
  EXPECT_TRUE(warnings.empty());
  EXPECT_NE(written(LayoutKind::automatic, 50'000, warnings).find(place), std::string::npos);
  EXPECT_TRUE(warnings.empty());
}

}  // namespace chokepoint::test
