#pragma once

#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/writer.hpp"
#include "ingest/node_stage.hpp"
#include "ingest/problems.hpp"
#include "ingest/record_input.hpp"

#include <array>
#include <functional>
#include <cstdint>
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
  /// Where the input reports what nothing can be left out of.
  Problems& fatal() { return problems_; }
  /// @throws IngestError with every problem
  ImportReport run(RecordInput& input);

 private:
  void dataset(const DatasetInfo& info, const Place& place) override;
  void source(Source&& source, const Place& place) override;
  void node(const Node& node, const Place& place) override;
  void made_node(const Node& node, const Place& place) override;
  void refused_node(std::string_view id) override;
  void expect(const Edge& edge, bool near) override { writer_->expect(edge, near); }
  void edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) override;
  void observation(Observation& observation, const Place& place) override;

  void name_dataset(const RecordInput& input);
  void require_default_source();
  void put_sources();
  void note_name(const Node& node);
  void name_foreign_nodes();
  [[nodiscard]] bool is_fine(const PlacedNode& placed);
  [[nodiscard]] std::string without_type(const PlacedNode& placed);
  void load_nodes();
  void merge_nodes();
  void refuse_other_nodes();
  [[nodiscard]] bool has_other_labels(const Node& made);
  [[nodiscard]] std::string replaces_nodes(const std::string& id) const;
  [[nodiscard]] std::string remedies(const std::vector<Problem>& problems) const;
  void write_edges();
  void check_groups();
  void refuse_problems(const RecordInput& input);
  void remove_rest();
  void finish();

  bool sources_known(const std::vector<Citation>& citations, const Place& place, const auto& record);
  std::optional<KnownNode> known_end(const std::string& id);
  std::optional<KnownNode> end_by_name(const std::string& name, std::string& why_not);
  std::optional<KnownNode> end(const std::string& id, std::string_view field, const Place& place, const auto& record);
  /// Puts the stored id in place of `id`. @param key  of that node. @param type  of that node, where it is wanted
  bool rewrite(std::string& id, std::string_view field, const Place& place, const auto& record, std::int64_t& key,
               std::string_view* type = nullptr);
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
  const RecordInput* input_ = nullptr;
  bool is_foreign_ = false;             ///< ids of the input mean something in it only
  bool keep_names_ = false;
  bool needs_ids_ = false;              ///< ids of some nodes cannot be kept
  std::vector<std::uint64_t> id_hashes_;  ///< of the folded ids of a foreign input
  struct ViewHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  /// By folded id of the file, where another one is stored: that node, with the key 0 until it was asked for.
  std::unordered_map<std::string, KnownNode, ViewHash, std::equal_to<>> made_ids_;
  std::unordered_set<std::string> made_from_names_;          ///< stored ids of this input that its file does not know
  std::unordered_map<std::string, std::string> named_;       ///< id of the file by folded name; empty: several have it
  std::optional<DatasetInfo> info_;
  std::vector<std::pair<Source, Place>> sources_;
  std::unordered_map<std::string, std::size_t> source_at_;
  bool rewritten_ = false;                            ///< `rewrite` put another id in place of one
  std::string known_source_;                          ///< the last one that was found to be there
  std::map<std::string, std::int64_t> made_sources_;  ///< by id: how many records cite them
  std::unordered_set<std::string> refused_nodes_;     ///< folded ids
  std::vector<std::string_view> files_;               ///< by number
  std::uint64_t records_ = 0;
  std::int64_t staged_edges_ = 0;
  std::map<std::string, std::array<std::int64_t, 3>> dependencies_;  ///< by id: hard ones, soft ones, dependents

  // Nodes that are put one by one, where other datasets may hold the same ones.
  std::vector<PlacedNode> nodes_;
  std::unordered_map<std::string, std::size_t> node_at_;
  std::unordered_map<std::string, std::string> stored_id_;
  std::unordered_set<std::string> found_;  ///< made nodes that are nodes of other datasets; by id of the file

  std::optional<Writer> writer_;
  std::map<GroupKey, GroupPlace> groups_;
  ImportReport report_;
};

/// @throws StoreError naming records of other datasets whose nodes are gone
void refuse_dangling(Writer& writer);

}  // namespace chokepoint::detail
