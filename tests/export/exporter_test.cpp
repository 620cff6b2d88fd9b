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

}  // namespace
}  // namespace chokepoint
