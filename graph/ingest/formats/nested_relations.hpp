#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/table_spool.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Whether a member of a record is an object, or a list of objects, each with an id or a name, that the key relates to
/// the record: `"ownedBy": {"name": "Top"}`. O(length of the key, elements)
std::optional<ColumnWords::Relation> nested_relation(std::string_view key, const Json& value);

/// What stands in records as objects related to them: nodes beside the records, and an edge to each. Objects in those
/// objects are taken the same way. Memory: the nested objects, each once.
class NestedRelations {
 public:
  /// Sets a column of the nodes' table by a member of an object.
  using Put = std::function<void(SpooledTable&, std::string& name, const Json&)>;

  NestedRelations(TableSet& set, SpooledTable& nodes, Put put) : set_(set), nodes_(nodes), put_(std::move(put)) {}
  /// Takes what is nested in a record of the table, whose row is not open.
  void take(const Json& record, std::uint64_t line);
  /// Gives each nested object that no record names a row of its own, and says what was made.
  void finish();

 private:
  struct Nested {
    Json facts;
    std::uint64_t line = 0;
    bool is_listed = false;  ///< a record names it
  };
  void take_one(const Json& record, const Json& nested, const ColumnWords::Relation& relation, std::uint64_t line);
  void note_listed();

  TableSet& set_;
  SpooledTable& nodes_;
  Put put_;
  SpooledTable* edges_ = nullptr;
  std::map<std::string, Nested> nested_;  ///< by id, else name
  std::uint64_t contradictions_ = 0;
  std::string contradiction_;
  std::map<std::string, std::uint64_t> keys_;  ///< how many objects each key related
};

}  // namespace chokepoint::detail
