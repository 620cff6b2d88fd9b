#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::test {

/// Files of other programs, imported into a database in memory as the program does it, by nothing but their names.
class ForeignImport : public testing::Test {
 protected:
  ForeignImport();

  /// Writes the text to a file of that name and imports it. The database stays between imports.
  ImportReport take(const std::string& name, std::string_view text);
  ImportReport take(const std::vector<std::filesystem::path>& files);
  /// What an import is refused with: the message, then a line a problem; `accepted` where it is not.
  std::string refusal(const std::string& name, std::string_view text);
  [[nodiscard]] std::vector<Edge> edges() const;
  /// Fails the test where there is another number of edges.
  [[nodiscard]] Edge only_edge() const;
  /// All records as text.
  std::string dump();
  void begin_anew() { database_ = Database::in_memory(Ontology::standard()); }
  static std::string joined(const std::vector<std::string>& lines);

  ScratchFolder folder_;
  Database database_ = Database::in_memory(Ontology::standard());
  TableOptions tables_;
  ImportOptions options_;
};

}  // namespace chokepoint::test
