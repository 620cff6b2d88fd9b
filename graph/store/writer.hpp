#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/store/database.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

enum class RecordKind : std::uint8_t { source, node, edge, observation };
inline constexpr std::size_t record_kinds = 4;

/// An edge is announced twice before it is put, so that memory answers meanwhile.
enum class PrefetchStage : std::uint8_t {
  early,  ///< where its ends stand in the index
  late,   ///< what stands there
};

/// What putting one record did.
enum class PutOutcome : std::uint8_t {
  added,    ///< this dataset did not hold it before
  changed,  ///< it held something else under that identity
  unchanged,
  united,         ///< an equal record came earlier in this import: only the sources were united
  restored,       ///< so that it is again what the dataset held before, after an earlier one had changed it
  changed_later,  ///< so that it is changed, after an earlier one had left it unchanged
};

/// A node as the writer knows it.
struct KnownNode {
  std::int64_t key = 0;
  std::string id;  ///< as stored
  std::uint16_t type = 0;
};

/// The keys of the nodes that an edge names; 0 where it names none.
struct EndKeys {
  std::int64_t from = 0, to = 0;
  std::array<std::int64_t, count_node_fields<Edge>()> named{};  ///< by the plain fields that name nodes, in their order
};

/// A record as a writer's own dataset says it.
template <typename Record>
struct OwnRecord {
  std::int64_t key = 0;
  Record record;         ///< without an id where none was given
  bool was_put = false;  ///< by this writer
};

/// One node on its way into an empty database.
struct NextNode {
  const Node* node = nullptr;  ///< nullptr: there are no more
  bool keep = true;            ///< false: it can be named by edges, but is not written (its record was refused)
};

/// Makes one transaction of what several writers do, one after the other, while it lives; nothing is changed unless
/// `commit` returns.
class JoinedWrites {
 public:
  /// Begins the transaction. @throws StoreError when the database is locked; UsageError when it is open for reading
  explicit JoinedWrites(Database& database);
  ~JoinedWrites();
  JoinedWrites(const JoinedWrites&) = delete;
  JoinedWrites& operator=(const JoinedWrites&) = delete;
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Changes the records of one dataset in one transaction. What other datasets say of the same record is kept beside it:
/// the row is the union of what all say, first dataset first, so that a dataset can leave again without a trace.
/// Nothing is changed unless `commit` returns; the destructor rolls back.
class Writer {
 public:
  /// Begins the transaction. @throws StoreError when the database is locked or read-only
  Writer(Database& database, const DatasetInfo& dataset);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Whether the dataset was there before.
  [[nodiscard]] bool dataset_was_known() const;

  /// Whether the database held no record when the writer began. Then nodes can be written with
  /// `load_nodes` and edges with `stage` and `write_staged`, each table in the order of its tree.
  [[nodiscard]] bool is_fresh() const;

  /// Called now and then while statements run long; what it throws ends the import.
  void set_tick(std::function<void()> tick);

  /// Bounds what each part of a bulk load holds in memory before it goes to temporary files; call it before records
  /// come.
  void limit_memory(std::size_t bytes);

  /// Writes all nodes. Foreign keys are not looked at while a fresh database is filled, so what is named must be there.
  /// @param next  the next node, by folded id, each id once; its sources are known
  /// @return how many were written. @pre is_fresh(), once
  std::int64_t load_nodes(const std::function<NextNode()>& next);
  /// Whether `load_nodes` was called: edges are staged.
  [[nodiscard]] bool loads() const;
  /// The ids of all loaded nodes; for suggestions.
  [[nodiscard]] std::vector<std::string> staged_ids() const;
  /// Keeps an edge until `write_staged`; memory is bounded, the rest lies in temporary files.
  /// @param place  a number that `refuse_repeated_names` gives back
  /// @param keys  as `find_node` gave them
  /// @param claim  its claim_hash
  /// @pre as for put(); all nodes are there
  void stage(const Edge& edge, std::uint64_t place, const EndKeys& keys, std::uint64_t claim);
  /// Calls `refuse` with the place, the name and the earlier record of each staged edge whose given id another has.
  void refuse_repeated_names(
      const std::function<void(std::uint64_t, const std::string& name, const std::string& earlier)>& refuse);
  /// Writes the staged edges, equal claims as one. @return how many rows. @pre loads()
  std::int64_t write_staged();
  /// Hands the staged edges to `visit`, in the order in which they are stored and equal claims as one, to be put where
  /// other edges may be already.
  void for_each_staged(const std::function<void(const Edge&, std::uint64_t place)>& visit);

  /// Whether other datasets hold anything; without them no node can be one with a node of theirs.
  [[nodiscard]] bool has_other_datasets();

  /// The node of that id (case-folded), or of which that id became an alias by a merge.
  [[nodiscard]] std::optional<KnownNode> find_node(std::string_view id);
  /// The ends of the edge will be asked for soon; to be said first some time before and then again nearer to it.
  void prefetch(const Edge& edge, PrefetchStage stage) const;
  /// Whether the source is there; what was asked for is cited, and stays when `remove_rest_of_sources` takes the rest
  /// out.
  [[nodiscard]] bool has_source(std::string_view id);
  /// The stored node that this dataset's node `id` was merged into by an earlier import.
  [[nodiscard]] std::optional<std::string> earlier_merge(std::string_view id);
  /// The stored node that this dataset's node of the file's id was stored as: it carries the id as a code of the
  /// dataset.
  [[nodiscard]] std::optional<std::string> node_of_file_id(std::string_view file_id);
  /// Another dataset whose file gave a node this id, where another one is stored.
  [[nodiscard]] std::optional<std::string> dataset_of_file_id(std::string_view file_id);
  /// Nodes of other datasets that have a name. @see namesakes
  struct Namesakes {
    std::vector<Node> nodes;  ///< sorted by id, as many as were asked for
    std::int64_t total = 0;
  };
  /// Nodes of other datasets that have this name, of which at most `limit` are read. @param folded  `fold` of the name
  [[nodiscard]] Namesakes namesakes(std::string_view folded, std::size_t limit);
  /// Ids of the nodes of any dataset that have this label or alias, sorted, at most `limit`. @param folded  `fold` of
  /// it
  [[nodiscard]] std::vector<std::string> nodes_named(std::string_view folded, std::size_t limit);
  /// The labels of a stored node; nullopt where there is none of that id.
  [[nodiscard]] std::optional<Labels> node_labels(std::string_view id);
  [[nodiscard]] std::optional<Node> node_of_others(std::string_view id);

  PutOutcome put(const Source& source);
  /// @param stored_id  the node it is one with; its own id when it stands alone
  PutOutcome put(const Node& node, std::string_view stored_id);
  /// @pre every node id in the record is a stored id (`find_node`), every source is known
  PutOutcome put(const Edge& edge);
  PutOutcome put(const Observation& observation);
  /// Why the record's given id cannot be used: another dataset's different record has it.
  [[nodiscard]] std::optional<std::string> id_conflict(const Edge& edge);
  [[nodiscard]] std::optional<std::string> id_conflict(const Observation& observation);

  /// Members and `k` values of a named requirement group, over all datasets.
  struct GroupState {
    std::int64_t members = 0;
    std::int64_t smallest_k = 1, largest_k = 1;
  };
  [[nodiscard]] GroupState group_state(std::uint16_t edge_type, bool from_depends, std::int64_t dependent,
                                       std::string_view group);

  // For updates: what this dataset itself says, whatever others say of the same record.
  [[nodiscard]] std::optional<Source> own_source(std::string_view id);
  /// @param id  of the node as it is stored, or an alias of it by a merge
  [[nodiscard]] std::optional<Node> own_node(std::string_view id);
  /// Stored ids of this dataset's nodes that have this label or alias, sorted, at most `limit`.
  /// @param folded  `fold` of it
  [[nodiscard]] std::vector<std::string> own_nodes_named(std::string_view folded, std::size_t limit);
  /// Edges of the given id; where `like` has none, those of its type between its ends. O(edges of all datasets there)
  [[nodiscard]] std::vector<OwnRecord<Edge>> own_edges(const Edge& like);
  /// Figures of the given id; where `like` has none, those of its subject and indicator.
  [[nodiscard]] std::vector<OwnRecord<Observation>> own_figures(const Observation& like);
  /// Takes back what this dataset says under that key, to say it otherwise.
  void retract_edge(std::int64_t key);
  void retract_figure(std::int64_t key);

  /// Takes out this dataset's nodes, edges and observations that were not put. @return how many, by RecordKind
  std::vector<std::int64_t> remove_rest();
  /// Takes out this dataset's sources that were not put, after the records that cite them.
  /// @throws StoreError when another dataset still cites one
  std::int64_t remove_rest_of_sources();
  /// Takes the dataset itself out, after its records.
  void remove_dataset();
  /// Records that name a node which is no longer there, each once: those of this dataset name one that only an earlier
  /// import of it described.
  struct Dangling {
    std::vector<std::string> own, others;  ///< described, sorted
  };
  [[nodiscard]] Dangling dangling();
  /// Scalars in which datasets differ; the earlier dataset's stays.
  [[nodiscard]] const std::vector<std::string>& conflicts() const;

  /// Brings the search index up to what was put; `commit` does it otherwise.
  void write_search_index();
  /// Writes the revision and commits. Nothing is written when nothing was changed.
  /// @return whether there was a change
  bool commit(const std::string& at, const std::string& command, std::int64_t added, std::int64_t changed,
              std::int64_t removed, const std::string& dataset);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint
