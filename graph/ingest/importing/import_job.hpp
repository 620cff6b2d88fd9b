#pragma once

#include "chokepoint/ingest/import.hpp"
#include "ingest/checking/problems.hpp"
#include "ingest/files/text_index.hpp"
#include "ingest/identity/hash_set.hpp"
#include "ingest/identity/made_id_table.hpp"
#include "ingest/identity/node_stage.hpp"
#include "ingest/importing/group_tally.hpp"
#include "ingest/records/record_input.hpp"
#include "store/writer.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Thrown where a second dataset begins in an input that was taken for one.
struct SeveralDatasets {};
/// Thrown where an edge names a node by its name, and names were not kept; the import begins anew with names.
struct WantsNames {};

/// One import: takes what an input hands over, looks whether it fits together, and writes it in one transaction.
class ImportJob : private RecordSink {
 public:
  /// @param keep_names  keep the names of nodes, so that edges may name them by it
  ImportJob(Database& database, const ImportOptions& options, bool keep_names = false);

  /// Where the input reports what is wrong with single records.
  Problems& problems() { return options_.skip_bad ? skipped_ : problems_; }
  /// @param hints  more that a refusal says, a line each
  /// @throws IngestError with every problem
  ImportReport run(RecordInput& input, const std::vector<std::string>& hints = {});

 private:
  void dataset(const DatasetInfo& info, const Place& place) override;
  void source(Source&& source, const Place& place) override;
  void node(const Node& node, const Place& place) override;
  void made_node(const Node& node, const Place& place) override;
  void refused_node(std::string_view id) override;
  void prefetch(const Edge& edge, PrefetchStage stage) override { writer_->prefetch(edge, stage); }
  void edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) override;
  void observation(Observation& observation, const Place& place) override;

  void name_dataset(const RecordInput& input);
  void require_default_source();
  void put_sources();
  /// Says what is wrong with the import, and not with a record that could be left out of it.
  void refuse_whole(const Place& place, std::string record, std::string message) {
    ++whole_problems_;
    problems_.add(place, std::move(record), std::move(message));
  }
  void note_name(const Node& node);
  void name_foreign_nodes();
  [[nodiscard]] bool is_fine(const PlacedNode& placed);
  [[nodiscard]] std::string without_type(const PlacedNode& placed);
  void load_nodes();
  void merge_nodes();
  void put_node(const PlacedNode& placed);
  void refuse_other_nodes();
  void refuse_ids_of_others();
  [[nodiscard]] bool has_other_labels(const Node& made);
  [[nodiscard]] std::string replaces_nodes(const std::string& id) const;
  [[nodiscard]] std::string remedies(const std::vector<Problem>& problems) const;
  void write_edges();
  void put_fact(const Edge& edge, const Place& place);
  void put_fact(const Observation& observation, const Place& place);
  void check_groups();

  void require_known_dataset() const;
  void keep_what_is_said_of_it();
  void take_default_types();
  void update_node(const PlacedNode& placed);
  void cite_default(std::vector<Citation>& citations) const;
  void update_source(const Source& own, const Source& stated);
  void update_edge(Edge stated, const Place& place);
  void update_figure(Observation&& stated, const Place& place);
  template <typename Record>
  void update_fact(Record stated, const Place& place);
  /// Edges or figures of the dataset that may be the one that is meant.
  template <typename Record>
  std::vector<OwnRecord<Record>> own_facts(const Record& like);
  template <typename Record>
  std::optional<OwnRecord<Record>> one_that_fits(const std::vector<OwnRecord<Record>>& own, const Record& stated,
                                                 const Place& place, bool& fine);
  void refuse_problems(const RecordInput& input, const std::vector<std::string>& hints);
  void remove_rest();
  void finish();

  bool sources_known(const std::vector<Citation>& citations, const Place& place, const auto& record);
  const KnownNode* made_end(std::string_view id);
  [[nodiscard]] bool is_refused(const std::string& id) const;
  std::optional<KnownNode> known_end(const std::string& id);
  std::optional<KnownNode> end_of_earlier_file(const std::string& id);
  std::optional<KnownNode> end_by_name(const std::string& name, std::string& why_not);
  std::optional<KnownNode> end(const std::string& id, std::string_view field, const Place& place, const auto& record);
  /// Puts the stored id in place of `id`. @param key  of that node. @param type  of that node, where it is wanted
  bool rewrite(std::string& id, std::string_view field, const Place& place, const auto& record, std::int64_t& key,
               std::string_view* type = nullptr);
  /// Puts the node's id in place of `id`. @see rewrite
  void take_end(const KnownNode& node, std::string& id, std::int64_t& key, std::string_view* type);
  void note_dependency(const Edge& edge, const EdgeType& type);
  void suggest_nodes();
  void note_group(const Edge& edge, std::uint16_t type, const Place& place);
  [[nodiscard]] std::vector<std::string> near_node_ids(const std::string& id) const;

  struct GroupKey {
    std::int64_t dependent;
    std::uint16_t type;
    std::string name;
    auto operator<=>(const GroupKey&) const = default;
  };
  struct GroupPlace {
    Place place;
    std::string record;
    bool from_depends;
  };

  Database& database_;
  const ImportOptions& options_;
  Problems problems_{Problems::Listing::first_of_each_kind};
  Problems skipped_{Problems::Listing::first_of_each_kind};  ///< records that are left out
  std::unique_ptr<NodeStage> stage_;
  std::size_t sorting_memory_ = 0;  ///< bytes that each sorter may hold
  const RecordInput* input_ = nullptr;
  bool is_foreign_ = false;  ///< ids of the input mean something in it only
  bool keep_names_ = false;
  bool needs_ids_ = false;                                                 ///< ids of some nodes cannot be kept
  HashSet id_hashes_;                                                      ///< of the folded ids of a foreign input
  MadeIdTable made_ids_;                                                   ///< a node's key is 0 until it was asked for
  std::unordered_map<std::string, std::optional<KnownNode>> earlier_ids_;  ///< by id of an earlier file that stays
  TextIndex made_from_names_;                           ///< stored ids of this input that its file does not know
  std::unordered_map<std::string, std::string> named_;  ///< id of the file by folded name; empty: several have it
  std::optional<DatasetInfo> info_;
  std::vector<std::pair<Source, Place>> sources_;
  std::unordered_map<std::string, std::size_t> source_at_;
  std::unordered_set<std::int64_t> updated_edges_, updated_figures_;  ///< keys of those that were put in place of one
  bool rewritten_ = false;                                            ///< `rewrite` put another id in place of one
  std::string known_source_;                                          ///< the last one that was found to be there
  std::map<std::string, std::int64_t> made_sources_;                  ///< by id: how many records cite them
  std::unordered_set<std::string> refused_nodes_;                     ///< folded ids
  std::vector<std::string_view> files_;                               ///< by number
  std::uint64_t records_ = 0;
  std::int64_t staged_edges_ = 0;
  std::map<std::string, std::array<std::int64_t, 3>> dependencies_;  ///< by id: hard ones, soft ones, dependents

  // Nodes that are put one by one, where other datasets may hold the same ones.
  std::vector<PlacedNode> nodes_;
  std::unordered_map<std::string, std::size_t> node_at_;
  std::vector<std::optional<KnownNode>> known_ends_;  ///< beside `nodes_`: what those that edges name are stored as
  std::unordered_map<std::string, std::string> stored_id_;
  std::unordered_set<std::string> found_;  ///< made nodes that are nodes of other datasets; by id of the file
  std::unordered_set<std::string>
      typed_by_default_;  ///< in an update, by id of the file: nodes whose record states no type

  std::optional<Writer> writer_;
  std::map<GroupKey, GroupPlace> groups_;
  GroupTally tally_;                                  ///< of the groups, where the import is refused
  bool lost_fact_ = false, facts_are_whole_ = false;  ///< some edge or figure was refused; none was
  std::uint64_t whole_problems_ = 0;                  ///< such as no record can be left out for
  std::uint64_t sound_records_ = 0;                   ///< nodes of tables, edges and figures with nothing wrong
  ImportReport report_;
};

/// Adds what putting one record did to the counts.
void add_outcome(Counts& counts, PutOutcome outcome);

/// @throws StoreError naming records of other datasets whose nodes are gone
void refuse_dangling(Writer& writer);

}  // namespace chokepoint::detail
