#include "chokepoint/export/exporter.hpp"

#include "tests/export/sample_document.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace chokepoint {
namespace {

TEST(Exporters, AreFoundByNameAndExtension) {
  std::set<std::string_view> names, extensions;
  for (const Exporter& exporter : exporters()) {
    EXPECT_TRUE(names.insert(exporter.name).second);
    EXPECT_EQ(find_exporter(exporter.name), &exporter);
    if (exporter.extension.empty()) continue;
    EXPECT_TRUE(extensions.insert(exporter.extension).second);
    EXPECT_EQ(find_exporter_for(exporter.extension), &exporter);
  }
  EXPECT_EQ(find_exporter("pdf"), nullptr);
  EXPECT_EQ(find_exporter_for(""), nullptr);
}

TEST(Exporters, ObeyTheirOptions) {
  const GraphDocument document = test::sample_document();
  std::ostringstream gephi, strict, gexf;
  find_exporter("graphml")->write(document, {}, gephi);
  find_exporter("graphml")->write(document, {.dialect = GraphmlDialect::strict}, strict);
  find_exporter("gexf")->write(document, {.gexf_version = GexfVersion::v1_2}, gexf);
  EXPECT_NE(gephi.str(), strict.str());
  EXPECT_NE(gexf.str().find("version=\"1.2\""), std::string::npos);
}

TEST(Exporters, WriteHostileLabelsInEveryTextFormat) {
  for (const Exporter& exporter : exporters()) {
    // These need Graphviz; a workbook is packed, and workbook_test.py reads it.
    if (exporter.name == "svg" || exporter.name == "png" || exporter.name == "xlsx") continue;
    std::ostringstream out;
    exporter.write(test::hostile_document(), {}, out);
    EXPECT_NE(out.str().find("光刻机"), std::string::npos) << exporter.name;
  }
}

TEST(Exporters, SayWhatTheyLeaveBehind) {
  GraphDocument document = test::sample_document();
  document.observations.resize(1);
  document.observations.front().subject = document.nodes.front().id;
  document.observations.front().indicator = "kept-or-not";
  document.sources.assign(1, {});
  document.sources.front().id = "s";
  document.sources.front().title = "A title that is kept or not";
  std::size_t told = 0;
  for (const Exporter& exporter : exporters()) {
    const std::string said = left_behind(exporter, document, {});
    told += said.empty() ? 0U : 1U;
    const bool tells = exporter.leaves == Leaves::figures_and_titles || exporter.leaves == Leaves::all_but_names;
    EXPECT_EQ(said.empty(), !tells) << exporter.name;
    if (exporter.name == "svg" || exporter.name == "png" || exporter.name == "xlsx") continue;
    std::ostringstream out;
    exporter.write(document, {}, out);
    const bool has_title = out.str().find(document.sources.front().title) != std::string::npos;
    const bool has_figure = out.str().find("kept-or-not") != std::string::npos;
    EXPECT_EQ(has_title && has_figure, exporter.leaves == Leaves::nothing) << exporter.name;
  }
  EXPECT_EQ(told, 7U);
  EXPECT_EQ(left_behind(*find_exporter("gexf"), document, {}),
            "left behind: 1 figures and titles of 1 sources; `export --to json` keeps them, and so does xlsx");
  document.observations.clear();
  document.sources.clear();
  EXPECT_EQ(left_behind(*find_exporter("gexf"), document, {}), "");
}

}  // namespace
}  // namespace chokepoint
