#pragma once

#include "ingest/tables/field_target.hpp"
#include "ingest/tables/value_reading.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Figures are observations: what was measured of a node. A profile says that rows are such, or our own header.
enum class FlatKind : std::uint8_t { nodes, edges, figures };

/// How the text of a value is meant; the others are text or a number by their target. `json`: JSON, and what reads as
/// none is text.
enum class FlatType : std::uint8_t { text, number, truth, json };

struct FlatColumn {
  std::string name;  ///< as the file has it
  Target target = Target::ignored;
  std::string key;                  ///< language of a label, scheme of a code, name of an attribute
  FlatType type = FlatType::text;   ///< of an attribute
  bool is_told = false;             ///< the user said what it holds
  bool names_the_nameless = false;  ///< an attribute, and the label of nodes that have no other
  std::string lost{};  ///< of an attribute: the field that it might hold and another column has, as `--map` names it
  /// An attribute by which nodes of one name are told apart: of the node at an end, or of the node of the row.
  std::string trait{};
  Target trait_of = Target::ignored;  ///< `from`, `to` or `label`: whose trait it is
  /// How its values are written, where that differs from how we write them.
  std::optional<ValueReading> reading{};
  /// By folded value: the value that stands for it, for words of another program.
  std::map<std::string, std::string, std::less<>> words{};
  friend bool operator==(const FlatColumn&, const FlatColumn&) = default;
};

/// What the user said about a table: `Weight=share`, `Notes=attributes.notes`, `Colour=-`.
using ColumnMap = std::map<std::string, std::string, std::less<>>;

/// What the columns of a table of that kind mean. Known by themselves are our own names, those of Gephi's tables (Id,
/// Label, Source, Target, Type, Kind, Weight), of Neo4j's bulk import (`:ID`, `:LABEL`, `:START_ID`, `:END_ID`,
/// `:TYPE`, `name:string`) and of simple edge lists (src, dst, kind, name). Any other column becomes an attribute.
/// O(n log n). @throws UsageError for a field that does not exist, with the nearest one
std::vector<FlatColumn> flat_columns(FlatKind kind, const std::vector<std::string>& names, const ColumnMap& map);

/// The field that a column holds as `--map` names it: `share`, `label.zh`. Empty for an ignored one.
std::string told_field(const FlatColumn& column);

/// Columns that hold one field of one record, by number: all of each such field, the first fields first. A record has
/// one value a field, so those that say something of it must say the same. A single source and a list of sources go
/// together. O(n log n)
std::vector<std::vector<std::size_t>> rival_columns(const std::vector<FlatColumn>& columns);

/// What is wrong with two columns of one field, and what to do about it.
std::string refuse_rivals(const FlatColumn& earlier, const FlatColumn& later);

/// What is wrong with a column of labels whose language is no language tag; nullopt where there is none.
std::optional<std::string> refuse_languages(const std::vector<FlatColumn>& columns);

/// Says what a column holds, as `--map COLUMN=FIELD` has it. @throws UsageError for a field that does not exist
void take_told_field(FlatColumn& column, FlatKind kind, const std::string& field);

/// A header of Neo4j's bulk import without its type: `share:double` as `share`, `key:ID(Person)` as `:id`.
std::string without_type(std::string_view name, FlatType& type);

/// A header of our own tables without its type: `attributes.list:json` as `attributes.list`. Those for Neo4j have `__`
/// for a colon: `attributes_note__zh` is `attributes_note:zh`.
std::string own_name(std::string_view name, FlatType& type, bool is_of_neo4j = false);

/// `attributes.note`, `codes.iso3166`, `label_zh`: fills in what the name says. @return whether it says so
bool take_dotted_name(FlatColumn& column, FlatKind kind, const std::string& name);

/// The target of a field of records of that kind by the name that `--map` and profiles call it.
std::optional<Target> target_of_name(FlatKind kind, std::string_view name);
/// The names of those fields, each once.
std::vector<std::string> field_names(FlatKind kind);

/// The key of the dataset format for a target; empty for what is ignored.
std::string_view key_of(Target target);

/// The column with that target, if any.
const FlatColumn* find_column(const std::vector<FlatColumn>& columns, Target target);

}  // namespace chokepoint::detail
