#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/support/error.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint {

struct ImportOptions {
  bool dry_run = false;   ///< check and report, change nothing
  bool merge = true;      ///< false (`--no-merge`): label and alias matches never merge; equal ids still do
  bool keep_old = false;  ///< records of this dataset that the input lacks stay
  /// The dataset is known; a record that names one of its records changes the fields that it states, others are added,
  /// and nothing is removed. What identifies a record: graph/SEMANTICS.md §1.7.
  bool update = false;
  std::string node_type;  ///< with `update`: of new nodes whose record states none
  /// Whether records of this dataset that the input lacks stay.
  [[nodiscard]] bool keeps_rest() const { return keep_old || update; }
  std::vector<std::pair<std::string, std::string>> merges;  ///< `--merge A=B`: incoming A is stored B
  std::string dataset;            ///< id to use when the input names none; else the file's stem
  std::string default_source;     ///< source cited by records that cite none; empty: they are refused
  bool source_on_demand = false;  ///< `default_source` is made only where a record comes to cite it
  /// Ids of nodes are the input's own: an equal id of another dataset is no identity, names alone may be. An id that is
  /// taken, or a counter such as `n0` or `17`, is replaced where other datasets are there, by one made from the name or
  /// from dataset and id, and kept as a code of the dataset, so that a later import finds the node again.
  bool foreign_ids = false;
  /// Records that are wrong are left out, counted and listed, instead of refusing all.
  bool skip_bad = false;
  bool make_sources = false;         ///< sources that are cited and defined nowhere are made, with nothing but their id
  std::string default_source_title;  ///< makes `default_source` with this title where nobody defines it
  /// Called now and then with bytes read so far and in all (0 when unknown), over both passes.
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  std::function<void(std::string_view)> phase;  ///< called with the name of each part of the work as it begins
  std::function<void()> tick;  ///< called now and then while the database works; what it throws ends the import
  std::string at;              ///< UTC time of the revision, ISO 8601
};

/// Two nodes that became one, or might be one.
struct MergeNote {
  std::string incoming, stored;  ///< ids
  std::string why;               ///< `same id`, `label 华为`, …
};

/// A source that records cite and nobody defines: it was made with nothing but its id.
struct MadeSource {
  std::string id;
  std::int64_t cited_by = 0;  ///< how many records of this import
};

struct Counts {
  std::int64_t added = 0, changed = 0, removed = 0, unchanged = 0;
  std::map<std::string, std::int64_t> fields;  ///< with `update`: how many changed records changed each field
};

struct ImportReport {
  DatasetInfo dataset;
  Counts sources, nodes, edges, observations;
  std::vector<MergeNote> merged;         ///< by label or alias, or as told
  std::vector<MergeNote> doubtful;       ///< alike, but left apart, and why
  std::vector<std::string> conflicts;    ///< scalars that differ between datasets: the stored one stays
  std::vector<MadeSource> made_sources;  ///< by id; with `make_sources`
  std::vector<std::string> remarks;      ///< what became of values that no field could take as they are, a line each
  std::vector<Problem> skipped;          ///< records that were left out, the first of each kind; with `skip_bad`
  std::vector<Problem> all_skipped;      ///< each of them, the first 100,000
  std::uint64_t skipped_total = 0;
  std::int64_t made_nodes = 0;   ///< nodes that no table lists and an edge names
  std::int64_t found_nodes = 0;  ///< ends that are nodes of other datasets, by id or name
  std::int64_t repeated = 0;     ///< edges that say again what an earlier one says, and are one with it
  /// Nodes that much depends on and that depend on much, among the first edges; ids, empty where there are none.
  std::string leaned_on, leaning;
  bool leans_hard = false;   ///< it cannot do without what it depends on
  std::string taken_source;  ///< id of the source that the file became, where none was named
  std::string profile;       ///< what was recognised of the one table, as a profile; with `makes_profile`
  bool changed = false;      ///< false: the database was as it should be, no revision was made
};

/// Imports datasets: a JSON file, a JSON Lines file, a folder of such files, or "-" for standard input. Reads it
/// twice (nodes and sources, then edges and observations, so that nodes may follow their edges); memory is bounded
/// by the nodes, not by the edges. One transaction, one revision.
/// @throws IngestError with every problem; nothing changes. StoreError, IoError, NotFoundError likewise.
/// Inputs may be several datasets: each file that declares a dataset of its own, and each part of a JSON Lines file
/// behind a further `{"dataset":…}` line. They become one after the other what they are, in one transaction, with a
/// revision for each. A file that declares none belongs to the dataset beside it.
std::vector<ImportReport> import_datasets(Database& database, const std::vector<std::filesystem::path>& inputs,
                                          const ImportOptions& options);

/// The same for one dataset. @throws UsageError when the inputs hold several; nothing changes
ImportReport import_dataset(Database& database, const std::vector<std::filesystem::path>& inputs,
                            const ImportOptions& options);

/// Imports files of any mixture of formats. Each is recognised by what stands in it, then by its name; `from` overrules
/// that. Files of our own format become the datasets they declare; each graph file becomes a dataset called like it,
/// and all tables together one called like the first, unless `options.dataset` names one for all. Everything goes in,
/// or nothing. Ids of other programs are their file's own; a record that cites no source cites its file.
/// @param from  name of a format, as `import_formats` lists them; empty: recognised
/// @throws UsageError for a file that no format takes, with what would help
std::vector<ImportReport> import_files(Database& database, const std::vector<std::filesystem::path>& inputs,
                                       std::string_view from, const TableOptions& tables, const ImportOptions& options);

/// A format that can be imported.
struct ImportFormat {
  std::string name;        ///< for `--from`
  std::string extensions;  ///< with commas between; may be empty
  std::string title;
};
/// All of them, in a fixed order.
std::vector<ImportFormat> import_formats();

/// What an import would make of files, without making it.
struct FileExplanation {
  std::string file, format, why;
  struct Column {
    std::string name, field, reading;  ///< `share`; `percent`, `day first`; `attribute NAME`; `left out`
  };
  struct Table {
    std::string name, holds;  ///< a sheet; `nodes` or `edges`
    std::vector<Column> columns;
    std::vector<std::string> records;  ///< the first ones as they would be, a line of JSON each
    std::vector<std::string> missing;  ///< what the file does not say, and which option does
  };
  std::vector<Table> tables;
  std::vector<std::string> remarks;
};
std::vector<FileExplanation> explain_files(const Ontology& ontology, const std::vector<std::filesystem::path>& inputs,
                                           std::string_view from, const TableOptions& tables,
                                           const ImportOptions& options);

/// The options that would say what the files do not, each once: `--node-type TYPE`, `--map-type "flow=TYPE"`.
std::vector<std::string> missing_options(const std::vector<FileExplanation>& files);

/// All options that an import needs beside those given, where it was refused for a doubt: `--encoding windows-1252`,
/// `--edge-type TYPE`. What follows from a doubt is found by taking it for settled as it seems. Standard input cannot
/// be read again: empty. @note reads the files once for each doubt
std::vector<std::string> import_needs(const Ontology& ontology, const std::vector<std::filesystem::path>& inputs,
                                      std::string_view from, const TableOptions& tables, const ImportOptions& options);

/// Tables of nodes and of edges as CSV, as `import_files` reads them.
ImportReport import_csv(Database& database, const std::vector<std::filesystem::path>& inputs,
                        const TableOptions& tables, const ImportOptions& options);

enum class GraphFormat : std::uint8_t { graphml, gexf };

/// GraphML (also yEd's, igraph's and networkx') and GEXF files as one dataset: keys and attributes are mapped by their
/// names as the columns of tables are. Sources, figures and requirement logic that a graph file does not carry are not
/// made up. Entities and document types with declarations are refused.
ImportReport import_graph_file(Database& database, GraphFormat format, const std::vector<std::filesystem::path>& inputs,
                               const TableOptions& tables, const ImportOptions& options);

/// The same for a text in the dataset format that another reader made of the file or folder `name`.
ImportReport import_text(Database& database, const std::string& name, std::string_view text,
                         const ImportOptions& options);

/// Takes a dataset's records out; what other datasets say of the same records stays as they say it.
/// @throws NotFoundError naming the datasets there are
ImportReport remove_dataset(Database& database, const std::string& id, const std::string& at);

}  // namespace chokepoint
