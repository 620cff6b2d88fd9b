#pragma once

#include "chokepoint/export/graph_document.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chokepoint::detail {

/// What a column holds, in the terms that every graph format shares.
enum class FieldType : std::uint8_t { boolean, integer, real, text };

/// A value on its way out; text is a view into the record or into the reader's scratch string.
using FieldValue = std::variant<std::monostate, std::string_view, std::int64_t, double, bool>;

/// A named, typed column over the nodes or the edges of a document.
struct Field {
  std::string name;
  FieldType type = FieldType::text;
  /// The value of record `row`, monostate where it is unknown; every known value has the alternative of `type`.
  std::function<FieldValue(std::size_t row, std::string& scratch)> value;
};

/// Ids of the edge types whose edges have no direction; none without an ontology.
std::set<std::string, std::less<>> symmetric_types(const GraphDocument& document);

/// Columns of the records and metrics of a document that hold at least one value, in a fixed order: label_<language>,
/// the record's own keys, `codes.<scheme>`, `attributes.<key>` (scalars as they are, lists and objects as JSON text),
/// `sources` as `id: locator; …`, metrics by name. Names are unique without regard to case. A metric whose name is
/// taken, or which a program reads as a visual or an identity (label, weight, r, g, b, color, size, x, y, z, id, …),
/// is called `metric_<name>`. The fields refer to `document`, which must outlive them.
/// @note O(n · columns) to find out which hold a value
std::vector<Field> node_fields(const GraphDocument& document);
/// The same for edges; `from`, `to` and `id` are left to the format.
std::vector<Field> edge_fields(const GraphDocument& document);

}  // namespace chokepoint::detail
