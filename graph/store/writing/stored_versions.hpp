#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/prepared.hpp"
#include "store/rows/merge.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/row_writer.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What each dataset says of a record. Where only one does, the record's row is its word; where several do,
/// `membership` holds what each said, and the row what follows from all. What is stored is data: it is checked when it
/// is read, and refused with table, row and column.
class StoredVersions {
 public:
  StoredVersions(SQLite::Database& connection, const Ontology& ontology, RowWriter& rows);

  /// A dataset that was made since.
  void add_dataset(std::int64_t key) { datasets_.insert(key); }

  /// The row under a key. @throws StoreError where there is none
  void read(std::int64_t key, Source& record) { read_row(one_source_, key, record, &RowReader::source); }
  void read(std::int64_t key, Node& record) { read_row(one_node_, key, record, &RowReader::node); }
  void read(std::int64_t key, Edge& record) { read_row(one_edge_, key, record, &RowReader::edge); }
  void read(std::int64_t key, Observation& record) { read_row(one_observation_, key, record, &RowReader::observation); }

  /// By the key of the dataset, as canonical JSON.
  template <typename Record>
  std::map<std::int64_t, std::string> of(std::int64_t key, const Record* tag) {
    const RecordKind kind = kind_of(tag);
    auto by_dataset = contributions_of(kind, key);
    if (by_dataset.empty()) {
      Record row;
      read(key, row);
      by_dataset.emplace(owner_of(kind, key), canonical(to_json(row)));
    }
    return by_dataset;
  }

  /// What a dataset says of the record under `key`, as it was stored.
  template <typename Record>
  Record parse(std::int64_t key, const std::string& json) {
    Record record;
    try {
      record = record_from<Record>(json);
    } catch (const Error& error) {
      refuse(key, error.what());
    }
    check(key, record);
    return record;
  }

  /// What `membership` holds; nothing where one dataset alone has the record.
  std::map<std::int64_t, std::string> contributions_of(RecordKind kind, std::int64_t key);
  void store_contributions(RecordKind kind, std::int64_t key, const std::map<std::int64_t, std::string>& by_dataset);

 private:
  template <typename Record, typename Read>
  void read_row(SQLite::Statement& statement, std::int64_t key, Record& record, Read read_one) {
    statement.reset();
    statement.bind(1, key);
    if (!statement.executeStep()) refuse_missing(kind_of(static_cast<const Record*>(nullptr)), key);
    record = (reader_.*read_one)(statement).second;
    statement.reset();
  }
  [[noreturn]] static void refuse_missing(RecordKind kind, std::int64_t key);
  [[noreturn]] static void refuse(std::int64_t key, std::string_view why);

  std::int64_t owner_of(RecordKind kind, std::int64_t key);
  void check_dataset(const StoredRow& row, std::int64_t owner) const;
  void check(std::int64_t, const Source&) {}
  void check(std::int64_t key, const Node& node);
  void check(std::int64_t key, const Edge& edge);
  void check(std::int64_t key, const Observation& figure);
  template <typename Record>
  void check_nodes(std::int64_t key, const Record& record);
  void check_node(std::int64_t key, const std::string& id);
  void check_citations(std::int64_t key, const std::vector<Citation>& citations);

  const Ontology& ontology_;
  RowWriter& rows_;
  RowReader reader_;
  PreparedStatements prepared_;
  SQLite::Statement contributions_, add_contribution_, erase_contributions_, one_source_, one_node_, one_edge_,
      one_observation_;
  std::set<std::int64_t> datasets_;  ///< keys of those that are there
};

}  // namespace chokepoint::detail
