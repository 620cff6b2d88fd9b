#pragma once

#include "ingest/records/json_input.hpp"
#include "ingest/records/record_input.hpp"
#include "ingest/tables/apart_names.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/flat_edge_reader.hpp"
#include "ingest/tables/flat_reader.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

class EndBook;

/// A table and the file it is of.
struct PlacedTable {
  const FlatTable* table = nullptr;
  std::string file;  ///< what messages call it, its sheet included
  std::string path;  ///< of the file
  std::uint32_t file_number = 0;
  std::uint64_t bytes = 0;  ///< of the file, for progress; 0 where they are counted with another table
};

/// Tables of nodes and of edges, of any format, told apart by their columns. Nodes are read first; where there is no
/// table of nodes, the ends of the edges become nodes.
class TableInput : public RecordInput {
 public:
  /// @param survey  look at whole columns before a row is read; without it the first odd value throws WantsSurvey, and
  /// so does a table whose numbers may mean something else than they show
  /// @throws UsageError for a table that cannot be read as nodes or edges, and for `--map` that fits nothing
  TableInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
             const TableOptions& options, const ReadProgress& progress, std::vector<PlacedTable> tables, bool survey);

  void read_nodes(RecordSink& sink) override;
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return tables_.front().path; }
  [[nodiscard]] std::uint64_t bytes() const override { return total_bytes_; }
  [[nodiscard]] const Problems& seen_twice() const override { return none_; }
  [[nodiscard]] std::vector<std::string> remarks() const override;
  [[nodiscard]] std::vector<std::string> hints() const override;
  [[nodiscard]] bool ids_are_ours() const override;
  void describe_source(Source& source) const override { sources_.describe(source); }

  /// The layouts of a table, in order; for explanations.
  struct Part {
    std::size_t table = 0;
    TableLayout layout;
    FlatRules rules;
  };
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  [[nodiscard]] const FlatTable& table(std::size_t number) const { return *tables_[number].table; }
  /// Whether ends that no table lists became nodes.
  [[nodiscard]] bool gathers_ends() const { return gathers_ends_; }
  /// Edge ids that were left out. @see FlatReader
  [[nodiscard]] std::uint64_t left_ids() const { return edge_reader_.left_ids(); }

 private:
  void lay_out();
  void settle_traits();
  void note_apart_names();
  [[nodiscard]] bool may_write_otherwise() const;
  /// Whether ends of edges that no table lists become nodes below our own header, too: as told by an option.
  [[nodiscard]] bool ends_are_wanted() const;
  [[nodiscard]] std::string year_of_sheet(std::size_t table) const;
  [[nodiscard]] std::string type_of_things(const FlatTable& table) const;
  void require_known_columns() const;
  void survey();
  [[nodiscard]] bool takes_row(const Part& part, const FlatRow& row) const;
  template <typename OnRow>
  void for_each_row(const Part& part, const std::function<void(std::uint64_t)>& on_bytes, OnRow&& on_row);
  void gather_ends(RecordSink& sink, bool of_all);
  void read_figures(RecordSink& sink);
  /// Types of both ends by what the rows say of the edge.
  struct EndType {
    std::string type;      ///< empty: the usual one
    bool is_open = false;  ///< the edge allows several, and none of them is said
  };
  using EndTypes = std::map<std::string, std::array<EndType, 2>, std::less<>>;
  void add_ends(const Part& part, const FlatRow& row, const Place& place, EndTypes& types, EndBook& book) const;
  [[nodiscard]] std::string type_of_ends() const;
  /// The type of nodes that are made of an end of an edge of that type, where the row says none.
  [[nodiscard]] std::string type_of_end(const Part& part, bool is_from, std::string_view edge_type) const;
  [[nodiscard]] std::string type_of_known_name(const Part& part, bool is_from, std::string_view edge_type,
                                               std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>* allowed_types(const Part& part, bool is_from,
                                                              std::string_view edge_type) const;
  [[nodiscard]] std::string item_remark(const TableLayout& layout) const;
  [[nodiscard]] std::string day_end_remark() const;
  [[nodiscard]] static std::string year_remark(const TableLayout& layout);
  void tell_progress(std::uint64_t bytes) const {
    if (progress_) progress_(bytes, total_bytes_);
  }

  Problems none_;
  const Ontology& ontology_;
  Problems& problems_;
  const std::string& default_source_;
  const TableOptions& options_;
  InputRemarks remarks_;
  std::vector<std::string> told_;
  std::vector<std::string> left_out_;  ///< tables of a file that are of no kind
  ForeignSources sources_;
  FlatReader reader_;
  FlatEdgeReader edge_reader_;
  const ReadProgress& progress_;
  std::vector<PlacedTable> tables_;
  std::vector<Part> parts_;
  std::map<std::size_t, std::uint64_t> trimmed_;      ///< cells with blanks around their text, by table
  std::map<std::size_t, std::uint64_t> emptied_;      ///< cells with a word of --empty, by table
  std::map<std::size_t, std::string> totals_told_;    ///< by table
  std::map<std::size_t, std::string> nameless_told_;  ///< by table
  std::map<std::size_t, std::pair<std::uint64_t, std::uint64_t>> notes_;  ///< by table: how many, and the first row
  ApartNames apart_;                                                      ///< names of several nodes
  bool gathers_ends_ = false;
  bool gathers_all_ends_ = false;  ///< no table lists nodes, so that ends have no names but their own
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
};

}  // namespace chokepoint::detail
