#pragma once

#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/first_values.hpp"
#include "ingest/tables/table_layout.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Finds out what the columns of one table hold. @see table_layouts
class LayoutMaker {
 public:
  LayoutMaker(const FlatTable& table, const TableOptions& options, const Ontology& ontology);
  std::vector<TableLayout> make();

 private:
  /// What the user said of a column: `Label=type`, or of tables of that kind alone `edges.Label=type`.
  [[nodiscard]] const std::string* told(std::size_t column, FlatKind kind = FlatKind::edges) const;
  [[nodiscard]] std::optional<std::size_t> column_with(Target role, std::string_view field) const;
  std::optional<ColumnWords::Ends> ends() const;
  /// Ends that were told; what such a pair mostly is, where the words of both are one, either way round.
  [[nodiscard]] ColumnWords::Ends told_ends(std::size_t from, std::size_t to) const;
  /// Whether beside a column called `country` another one names what is in it.
  [[nodiscard]] bool names_another(const std::string& word) const;
  /// The column that says of each row whether its reporter imports or exports: one called so, whose values are such
  /// words, before one of codes; any other one whose values all are such words before one that is not understood.
  [[nodiscard]] std::optional<std::size_t> flow_column() const;
  /// Gives the words of imports and exports that are codes, and those that the user explained.
  void take_flow_words(FlatColumn& column) const;
  /// Whether `--map` names a column of ids, so that the rows are nodes.
  [[nodiscard]] bool tells_ids() const;
  /// Imports go from the partner to who reports them. Where the ends say by themselves who sends, no word turns an edge
  /// round.
  void settle_flow(TableLayout& layout) const;
  void take_suggestions(TableLayout& layout) const;
  /// Whether the table of edges holds nodes, too: it has ids as graph databases write them beside ends.
  [[nodiscard]] bool has_nodes_too() const;
  /// `parentLabel`, `source name`, `From_Type` beside the ends `parent`, `source`, `From`.
  void take_companions(FlatColumn& column, std::size_t at) const;
  /// What tells nodes of one name apart. The first column of a trait says it.
  static void take_trait(FlatColumn& column, const std::string& trait, Target of);
  void keep_as_attribute(FlatColumn& column, std::size_t at) const;
  void take_foreign(FlatKind kind, FlatColumn& column, std::size_t at) const;
  /// The only column that is clearly called a share, where none is called so in full.
  [[nodiscard]] std::optional<std::size_t> clear_share() const;
  /// Whether the format or a header says of edges what type they are.
  [[nodiscard]] bool has_type() const;
  /// A unit in the header tells how a share or an amount is meant; of anything else the header is a name.
  void take_header_unit(FlatColumn& column, std::size_t at) const;
  /// Of two columns of one field the better known one has it; the other one is an attribute.
  void settle_doubles(TableLayout& layout) const;
  /// A unit beside an amount, a day beside a measure; alone they are attributes like others.
  void settle_measures(TableLayout& layout) const;
  TableLayout layout(FlatKind kind);
  void take_told(FlatKind kind, FlatColumn& column, std::size_t at) const;
  /// The label of nodes, the type of edges within what programs put around their data: `data.properties.name`,
  /// `attributes.label`. Taken where nothing else is one and one column alone may be.
  void take_nested(TableLayout& layout, Target target) const;

  const FlatTable& table_;
  const TableOptions& options_;
  const Ontology& ontology_;
  std::vector<ColumnHeader> headers_;
  std::vector<std::string> words_;
  FirstValues first_{table_, headers_, words_, options_, ontology_};
  std::optional<ColumnWords::Ends> ends_;
};

}  // namespace chokepoint::detail
