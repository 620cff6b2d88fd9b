#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chokepoint::detail {

/// What a column holds, in the terms that every graph format shares. `json`: texts, of which those that read as JSON
/// are meant as JSON: lists, objects, and values of several types in one column.
enum class FieldType : std::uint8_t { boolean, integer, real, text, json };

/// A value on its way out; text is a view into the record or into the reader's scratch string.
using FieldValue = std::variant<std::monostate, std::string_view, std::int64_t, double, bool>;

/// A named, typed column over the nodes or the edges of a document.
struct Field {
  std::string name;
  FieldType type = FieldType::text;
  bool is_typed = false;  ///< of an attribute: the name ends in its type, as `attributes.list:json`
  /// The value of record `row`, monostate where it is unknown; every known value has the alternative of `type`.
  std::function<FieldValue(std::size_t row, std::string& scratch)> value;
};

/// The name of a field for formats whose columns have no types: those of attributes say theirs, `attributes.n:long`.
std::string typed_name(const Field& field);

/// Members of the records' `attributes` objects, a field `attributes.<key>` each: scalars as they are; a column with
/// lists, objects, nulls, empty texts, several types or numbers beyond 64 bits is `attributes.<key>:json`. A key that
/// ends as a type does (`n:int`) has its type behind it in any case.
/// @param attributes_of  canonical JSON object of a row, empty for none
/// @throws JsonError for text that is no JSON object
std::vector<Field> attribute_fields(std::size_t row_count,
                                    const std::function<const std::string&(std::size_t)>& attributes_of);

/// What to say of names that a format has no place for: of each the name and what it is called; empty for none.
std::string renamed_warning(const std::vector<std::pair<std::string, std::string>>& names);

/// Ids of the edge types whose edges have no direction; none without an ontology.
std::set<std::string, std::less<>> symmetric_types(const GraphDocument& document);

/// Columns of the records and metrics of a document that hold at least one value, in a fixed order: label_<language>,
/// the record's own keys, `codes.<scheme>`, `attributes.<key>` (`attribute_fields`),
/// `sources` (`append_citations`), metrics by name. Names are unique without regard to case. A metric whose name is
/// taken, or which a program reads as a visual or an identity (label, weight, r, g, b, color, size, x, y, z, id, …),
/// is called `metric_<name>`. The fields refer to `document`, which must outlive them.
/// @note O(n · columns) to find out which hold a value
/// @param renamed  names of attributes and codes that another one has but for case, and what they are called
std::vector<Field> node_fields(const GraphDocument& document,
                               std::vector<std::pair<std::string, std::string>>* renamed = nullptr);
/// The same for edges; `from`, `to` and `id` are left to the format. @param renamed  ids that are digits alone, too
std::vector<Field> edge_fields(const GraphDocument& document,
                               std::vector<std::pair<std::string, std::string>>* renamed = nullptr);

}  // namespace chokepoint::detail
