#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What a column of a table, or a key of a graph file, holds.
enum class Target : std::uint8_t {
  ignored,
  id,
  type,
  label,
  aliases,
  code,
  description,
  since,
  until,
  from,
  to,
  item,
  market,
  origin,
  share,
  amount,
  unit,
  performance,
  as_of,
  bound,
  status,
  significance,
  confidence,
  group,
  k,
  sources,
  source,
  locator,
  attribute,
};

enum class FlatKind : std::uint8_t { nodes, edges };

/// How the text of a value is meant; the others are text or a number by their target.
enum class FlatType : std::uint8_t { text, number, truth };

struct FlatColumn {
  std::string name;  ///< as the file has it
  Target target = Target::ignored;
  std::string key;                 ///< language of a label, scheme of a code, name of an attribute
  FlatType type = FlatType::text;  ///< of an attribute
  friend bool operator==(const FlatColumn&, const FlatColumn&) = default;
};

/// What the user said about a table: `Weight=share`, `Notes=attributes.notes`, `Colour=-`.
using ColumnMap = std::map<std::string, std::string, std::less<>>;

/// What the columns of a table of that kind mean. Known by themselves are our own names, those of Gephi's tables (Id,
/// Label, Source, Target, Type, Kind, Weight), of Neo4j's bulk import (`:ID`, `:LABEL`, `:START_ID`, `:END_ID`,
/// `:TYPE`, `name:string`) and of simple edge lists (src, dst, kind, name). Any other column becomes an attribute.
/// @throws UsageError for a field that does not exist, with the nearest one
std::vector<FlatColumn> flat_columns(FlatKind kind, const std::vector<std::string>& names, const ColumnMap& map);

/// Whether a table with these columns holds edges: it says where they begin and end.
FlatKind kind_of_table(const std::vector<std::string>& names, const ColumnMap& map);

/// The column with that target, if any.
const FlatColumn* find_column(const std::vector<FlatColumn>& columns, Target target);

}  // namespace chokepoint::detail
