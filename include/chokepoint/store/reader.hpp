#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/store/database.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint {

/// Which observations to read; empty fields do not filter.
struct ObservationFilter {
  std::string subject, indicator, item, market, relative_to, source, dataset;  ///< ids
};

/// One change of the database.
struct RevisionEntry {
  std::int64_t revision = 0;
  std::string at;       ///< UTC, ISO 8601 with seconds
  std::string command;  ///< `init`, `import`, `remove`, `outside edit`
  std::string dataset;
  std::int64_t added = 0, changed = 0, removed = 0;
};

/// Reads records back. Every list is in a fixed order: nodes, sources and datasets by id; edges by (type, from,
/// to, id); observations by (subject, indicator, as_of, since, id). Bytewise, independent of the locale.
class Reader {
 public:
  explicit Reader(const Database& database) : database_(&database) {}

  /// Nodes whose id, label, alias or code equals `name` after folding; the exact id alone when there is one.
  [[nodiscard]] std::vector<NodeRef> nodes_named(std::string_view name) const;
  /// The one node of that name.
  /// @throws NotFoundError with suggestions; UsageError naming the candidates when there are several
  [[nodiscard]] NodeRef resolve(std::string_view name) const;
  /// Full-text search over ids, labels, aliases and codes; each word must occur (bigrams, any script, case-,
  /// width- and accent-folded; the last word may be a prefix).
  [[nodiscard]] std::vector<SearchHit> search(std::string_view text, std::size_t limit) const;
  /// Ids worth trying instead of `name`, best first.
  [[nodiscard]] std::vector<std::string> suggestions(std::string_view name) const;

  [[nodiscard]] std::optional<Node> node(std::string_view id) const;
  [[nodiscard]] std::vector<NodeRef> refs(std::span<const std::int64_t> keys) const;  ///< same order as `keys`
  [[nodiscard]] std::optional<NodeRef> ref(std::string_view id) const;
  [[nodiscard]] std::vector<Edge> edges(std::span<const std::int64_t> keys) const;  ///< same order as `keys`
  /// Edges that start or end at the node, or name it as item, market or origin.
  [[nodiscard]] std::vector<Edge> edges_about(std::string_view id) const;
  [[nodiscard]] std::vector<Observation> observations(const ObservationFilter& filter) const;
  [[nodiscard]] std::optional<Source> source(std::string_view id) const;
  [[nodiscard]] std::vector<Source> sources() const;
  [[nodiscard]] std::vector<RestingRecord> resting_on(std::string_view source_id) const;
  /// What datasets say of themselves. O(datasets)
  [[nodiscard]] std::vector<DatasetInfo> dataset_infos() const;
  /// The same with how much each holds. O(records)
  [[nodiscard]] std::vector<DatasetSummary> datasets() const;
  [[nodiscard]] std::vector<std::string> datasets_of(std::string_view kind, std::string_view id) const;
  [[nodiscard]] std::vector<RevisionEntry> revisions() const;
  /// (type id, count), types with no record included, in ontology order.
  [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> node_counts() const;
  [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> edge_counts() const;

  /// Streams every record in order; `dataset` empty means all.
  void for_each_source(std::string_view dataset, const std::function<void(const Source&)>& visit) const;
  void for_each_node(std::string_view dataset, const std::function<void(const Node&)>& visit) const;
  void for_each_edge(std::string_view dataset, const std::function<void(const Edge&)>& visit) const;
  void for_each_observation(std::string_view dataset, const std::function<void(const Observation&)>& visit) const;

  /// Id and version of every dataset, sorted by id; counts no records.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> dataset_versions() const;

  /// The whole graph in memory, with the names of its nodes. One scan of the tables. O((n + m) log m)
  /// @param settled_from  see Gate
  [[nodiscard]] std::shared_ptr<const Snapshot> load_snapshot(Date settled_from = Date{day_open_from}) const;

  /// A SELECT (or WITH … SELECT, EXPLAIN, PRAGMA that only reads) on a connection that cannot write.
  struct SqlResult {
    std::vector<std::string> columns;
    std::vector<std::vector<Json>> rows;  ///< blobs as `x'hex'` text
  };
  /// @throws UsageError for anything that writes, or for SQL that does not compile
  [[nodiscard]] SqlResult sql(std::string_view query) const;

 private:
  const Database* database_;
};

}  // namespace chokepoint
