#include "chokepoint/export/chart.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace chokepoint {
namespace {

Chart sample_chart() {
  Chart chart;
  chart.frame.title = "Figures <&> 图";
  chart.frame.notes = {"a note"};
  chart.high = 10;
  chart.ticks = {{0, "0"}, {10, "10"}};
  chart.series = {"one", "two"};
  chart.rows = {{"稀土 refined",
                 {{.from = 0, .to = 5, .series = 0, .text = "5 \"units\""},
                  {.from = 5, .to = 7, .series = 1, .lane = 1, .hatched = true}},
                 {{2, 1}}},
                {std::string(200, 'x'), {{.from = 3, .to = 10, .open = true}}}};
  return chart;
}

std::string svg_of(const Chart& chart) {
  std::ostringstream out;
  write_chart(chart, out);
  return out.str();
}

TEST(Chart, IsTheSameTwice) { EXPECT_EQ(svg_of(sample_chart()), svg_of(sample_chart())); }

TEST(Chart, EscapesTextAndKeepsChinese) {
  const std::string svg = svg_of(sample_chart());
  EXPECT_NE(svg.find("Figures &lt;&amp;&gt; 图"), std::string::npos);
  EXPECT_NE(svg.find("稀土 refined"), std::string::npos);
  EXPECT_EQ(svg.find("Figures <&>"), std::string::npos);
}

TEST(Chart, CutsALongLabelAndKeepsTheWholeAsTooltip) {
  const std::string svg = svg_of(sample_chart());
  EXPECT_NE(svg.find("<title>" + std::string(200, 'x') + "</title>"), std::string::npos);
  EXPECT_NE(svg.find("x…</text>"), std::string::npos);
}

TEST(Chart, HatchesWhatIsUncertainAndPointsOnWhereItGoesOn) {
  Chart chart = sample_chart();
  const std::string svg = svg_of(chart);
  EXPECT_NE(svg.find("fill=\"url(#hatch1)\""), std::string::npos);
  const auto shapes = [](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("<path", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(shapes(svg), 2U);  // a diamond and an arrow head
  chart.rows[1].bars[0].open = false;
  EXPECT_EQ(shapes(svg_of(chart)), 1U);
}

TEST(Chart, BarsAreAsLongAsTheirNumbers) {
  Chart chart;
  chart.high = 4;
  chart.series = {"s"};
  chart.rows = {{"half", {{.from = 0, .to = 2}}}, {"whole", {{.from = 0, .to = 4}}}};
  const std::string svg = svg_of(chart);
  EXPECT_NE(svg.find("width=\"215\""), std::string::npos);
  EXPECT_NE(svg.find("width=\"430\""), std::string::npos);
}

}  // namespace
}  // namespace chokepoint
