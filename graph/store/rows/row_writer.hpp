#pragma once

#include "chokepoint/model/record.hpp"
#include "store/connection/prepared.hpp"
#include "store/rows/change_log.hpp"
#include "store/writer.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chokepoint::detail {

/// `node`, `edge`, …: the table of a kind, and its name in `citation` and `membership`.
std::string_view table_of(RecordKind kind);

/// Runs a statement that yields no rows, and makes it ready for the next run.
inline void run(SQLite::Statement& statement) {
  statement.exec();
  statement.reset();
}

/// Writes the rows of records: the record's own, its further citations, a node's names and search tokens. Holds one
/// prepared statement of each kind, so that bulk imports prepare nothing.
class RowWriter {
 public:
  RowWriter(SQLite::Database& connection, const Ontology& ontology);

  /// Writes the row under `key`, over an older one.
  void write(const Source& source, std::int64_t key, std::int64_t dataset);
  void write(const Node& node, std::int64_t key, std::int64_t dataset);
  void write(const Edge& edge, std::int64_t key, std::int64_t dataset);
  void write(const Observation& observation, std::int64_t key, std::int64_t dataset);
  void erase(RecordKind kind, std::int64_t key);
  void rename_node(std::int64_t key, const std::string& id);
  /// What of the graph was changed so far.
  [[nodiscard]] ChangeLog& log() { return log_; }
  /// A key that was never used in the table.
  std::int64_t next_key(RecordKind kind);

  std::optional<KnownNode> find_node(std::string_view id);
  std::optional<std::int64_t> find_source(std::string_view id);
  /// @pre the id is known
  std::int64_t node_key(const std::string& id);
  std::int64_t source_key(const std::string& id);
  /// @pre `source_key` gave this key
  const std::string& source_id(std::int64_t key) const;
  /// Keys of all sources that were written or found. O(their number)
  std::vector<std::int64_t> known_sources() const;
  /// The stored id of a node; valid until the next call. @pre the key is in use
  std::string_view node_id(std::int64_t key);

  /// Brings `name_index` up to the names that were written; to be called once, before the commit. SQLite flushes a
  /// full-text index that a transaction touched at every later statement, which made imports several times slower.
  void flush_names();
  /// Fills `name_index` from `alias`. @pre it is empty
  void index_all_names();
  /// Writes `alias` and `name_index` anew from the nodes.
  void reindex_names();

 private:
  void log_change(const Node& node, std::uint16_t type, std::int64_t key);
  void log_change(const Source& source, std::int64_t key);
  void refuse_unfolded(std::string_view id);
  void keep(std::string folded, const KnownNode& node);
  template <typename Field, typename Record>
  void bind(SQLite::Statement& row, int index, const Field& field, const Record& record);
  template <typename Record>
  int bind_fields(SQLite::Statement& row, int index, const Record& record);
  template <typename Record>
  int bind_end(SQLite::Statement& row, int index, const Record& record, std::int64_t dataset);
  void write_citations(RecordKind kind, std::int64_t key, const std::vector<Citation>& citations);
  void erase_citations(RecordKind kind, std::int64_t key);
  void write_names(const Node& node, std::int64_t key);
  void erase_names(std::int64_t key);

  SQLite::Database& connection_;
  const Ontology& ontology_;
  std::int64_t next_[record_kinds]{};
  std::map<std::int64_t, std::string> stale_names_;   ///< nodes whose names changed, with the tokens the index holds
  std::unordered_map<std::string, KnownNode> nodes_;  ///< by folded id; those that were asked for
  std::unordered_map<std::int64_t, const std::string*> node_ids_;  ///< by key, of those
  std::unordered_map<std::string, std::int64_t> sources_;
  /// By key; what the two above still say of them holds no longer. A key is never given again.
  std::unordered_set<std::int64_t> erased_nodes_, erased_sources_;
  std::pair<std::string, std::int64_t> last_source_;          ///< of those the one asked for last; 0 for none
  std::unordered_map<std::int64_t, std::string> source_ids_;  ///< the other way round
  std::unordered_map<std::string, std::int64_t> edge_types_;
  SQLite::Statement write_source_, write_node_, write_edge_, write_observation_;
  SQLite::Statement erase_edge_, add_citation_, erase_citations_, add_alias_, erase_aliases_, aliases_, index_name_,
      unindex_name_, find_node_, find_merged_node_, find_unfolded_node_, find_source_, id_of_node_, graph_row_of_node_,
      date_of_source_;
  std::string node_id_;
  PreparedStatements prepared_;
  ChangeLog log_;
};

/// Texts by their names as canonical JSON; `{}` for none.
std::string json_of_texts(const std::map<std::string, std::string>& texts);

/// The number in 16 hex digits; what `edge.hash` and `observation.hash` hold.
std::int64_t hash_number(const std::string& hex);

}  // namespace chokepoint::detail
