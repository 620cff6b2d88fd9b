#include "store/bulk/staged_edge.hpp"

#include "store/rows/record_columns.hpp"

#include <tuple>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t edge_fields = std::tuple_size_v<std::remove_cvref_t<decltype(record_fields<Edge>)>>;

/// Of the plain fields, those that are there are packed, in their order; a bit for each says so, then one for each of
/// what has no field.
constexpr unsigned bit_of_field(std::size_t place) { return 1U << place; }
constexpr unsigned has_attributes = bit_of_field(edge_fields), has_name = bit_of_field(edge_fields + 1);

/// A field without a copy: a text is a view, a node its key.
template <FieldKind Kind, typename Record, typename Value>
auto unpacked_type(const RecordField<Kind, Record, Value>& field) {
  if constexpr (Kind == FieldKind::node)
    return std::int64_t{0};
  else if constexpr (is_text_field<decltype(field)>)
    return std::string_view();
  else
    return Value{};
}
constexpr auto no_unpacked_fields = std::apply(
    [](const auto&... fields) { return std::tuple<decltype(unpacked_type(fields))...>{}; }, record_fields<Edge>);

/// Calls `visit(field, unpacked value)` for each plain field.
template <typename Values, typename Visit>
void for_each_unpacked(Values& values, const Visit& visit) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(std::get<I>(record_fields<Edge>), std::get<I>(values)), ...);
  }
  (std::make_index_sequence<edge_fields>());
}

template <typename Field>
bool is_there(const Field& field, const Edge& edge) {
  const auto& value = edge.*field.member;
  if constexpr (is_text_field<Field>)
    return !value.empty();
  else
    return value != std::remove_cvref_t<decltype(value)>{};
}

unsigned fields_of(const Edge& edge, bool named) {
  unsigned there = (edge.attributes.empty() ? 0U : has_attributes) | (named ? has_name : 0U);
  std::size_t place = 0;
  for_each_field<Edge>([&](const auto& field) {
    const unsigned bit = bit_of_field(place++);
    if (is_there(field, edge)) there |= bit;
  });
  return there;
}

/// A record, unpacked without copies.
struct StagedEdgeFields {
  StagedHead head;
  std::string_view name, attributes;
  std::remove_cv_t<decltype(no_unpacked_fields)> values;
  std::uint64_t citations = 0;
  Unpacker rest;  ///< source key, locator and what was read, of each citation

  explicit StagedEdgeFields(std::string_view record) : rest(record) {
    head.number = rest.fixed();
    head.hash = rest.fixed();
    head.place = rest.number();
    const auto there = static_cast<unsigned>(rest.number());
    std::size_t place = 0;
    for_each_unpacked(values, [&](const auto& field, auto& value) {
      constexpr FieldKind kind = field_kind<decltype(field)>;
      if ((there & bit_of_field(place++)) == 0) return;
      if constexpr (kind == FieldKind::number)
        value = rest.real();
      else if constexpr (kind == FieldKind::count)
        value = static_cast<std::uint32_t>(rest.number());
      else if constexpr (kind == FieldKind::text || kind == FieldKind::date)
        value = rest.text();
      else
        value = static_cast<std::remove_cvref_t<decltype(value)>>(rest.number());
    });
    if ((there & has_attributes) != 0) attributes = rest.text();
    if ((there & has_name) != 0) name = rest.text();
    citations = rest.number();
  }
};

/// Writes the value of a column.
template <FieldKind Kind, typename Value>
void put_value(RowBytes& row, const Value& value) {
  if constexpr (Kind == FieldKind::node)
    value == 0 ? row.null() : row.integer(value);
  else if constexpr (Kind == FieldKind::number)
    value ? row.real(*value) : row.null();
  else if constexpr (Kind == FieldKind::count)
    value ? row.integer(*value) : row.null();
  else if constexpr (Kind == FieldKind::word)
    row.text_unless_empty(word_unless_default(value));
  else
    row.text_unless_empty(value);
}

}  // namespace

SortKey edge_key(const EdgeEnds& ends, std::uint64_t hash) {
  return {static_cast<std::uint64_t>(ends.from) << 32U | static_cast<std::uint64_t>(ends.type) << 16U | ends.to >> 16U,
          static_cast<std::uint64_t>(ends.to & 0xFFFFU) << 48U | hash >> 16U};
}

EdgeEnds ends_of(const SortKey& key) {
  return {static_cast<std::uint32_t>(key.high >> 32U), static_cast<std::uint16_t>(key.high >> 16U),
          static_cast<std::uint32_t>((key.high & 0xFFFFU) << 16U | key.low >> 48U)};
}

EndKeys node_keys(const Edge& edge, const EdgeKeys& keys) {
  EndKeys nodes{keys.node(edge.from), keys.node(edge.to)};
  auto key = nodes.named.begin();
  for_each_field<Edge>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node) {
      const std::string& id = edge.*field.member;
      *key++ = id.empty() ? std::int64_t{0} : keys.node(id);
    }
  });
  return nodes;
}

void pack_edge(Packer& out, const Edge& edge, const StagedHead& head, const EndKeys& nodes, const EdgeKeys& keys) {
  const unsigned there = fields_of(edge, !edge.id.empty() && edge.id != hash_text(head.hash));
  out.clear();
  out.fixed(head.number);
  out.fixed(head.hash);
  out.number(head.place);
  out.number(there);
  std::size_t place = 0, node = 0;
  for_each_field<Edge>([&](const auto& field) {
    constexpr FieldKind kind = field_kind<decltype(field)>;
    const auto& value = edge.*field.member;
    const bool is_packed = (there & bit_of_field(place++)) != 0;
    if constexpr (kind == FieldKind::node) {
      if (is_packed) out.number(static_cast<std::uint64_t>(nodes.named[node]));
      ++node;
    } else if (is_packed) {
      if constexpr (kind == FieldKind::number)
        out.real(*value);
      else if constexpr (kind == FieldKind::count)
        out.number(*value);
      else if constexpr (kind == FieldKind::word)
        out.number(static_cast<std::uint64_t>(value));
      else
        out.text(value);
    }
  });
  if ((there & has_attributes) != 0) out.text(edge.attributes);
  if ((there & has_name) != 0) out.text(edge.id);
  out.number(edge.sources.size());
  for (const Citation& citation : edge.sources) {
    out.number(static_cast<std::uint64_t>(keys.source(citation.source)));
    out.text(citation.locator);
    out.text(citation.read);
  }
}

StagedHead head_of(std::string_view record) {
  Unpacker fields(record);
  StagedHead head;
  head.number = fields.fixed();
  head.hash = fields.fixed();
  head.place = fields.number();
  return head;
}

std::string_view name_of(std::string_view record) { return StagedEdgeFields(record).name; }

Edge unpack_edge(const SortKey& key, std::string_view record, const std::string& type, const EdgeKeys& keys) {
  StagedEdgeFields fields(record);
  const EdgeEnds ends = ends_of(key);
  const auto id = [&](std::int64_t node) { return node == 0 ? std::string() : std::string(keys.node_id(node)); };
  Edge edge;
  edge.id = fields.name.empty() ? hash_text(fields.head.hash) : std::string(fields.name);
  edge.type = type;
  edge.from = id(ends.from);
  edge.to = id(ends.to);
  for_each_unpacked(fields.values, [&](const auto& field, const auto& value) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node)
      edge.*field.member = id(value);
    else
      edge.*field.member = value;
  });
  edge.attributes = fields.attributes;
  for (std::uint64_t i = 0; i < fields.citations; ++i) {
    const auto source = static_cast<std::int64_t>(fields.rest.number());
    const std::string_view locator = fields.rest.text(), read = fields.rest.text();
    edge.sources.push_back({keys.source_id(source), std::string(locator), std::string(read)});
  }
  return edge;
}

std::string_view edge_row(RowBytes& row, const SortKey& key, std::string_view record, std::int64_t edge_key,
                          std::int64_t dataset, const FurtherCitation& further) {
  StagedEdgeFields fields(record);
  const EdgeEnds ends = ends_of(key);
  const auto source = static_cast<std::int64_t>(fields.rest.number());
  const std::string_view locator = fields.rest.text(), read = fields.rest.text();
  row.begin();
  row.integer(ends.from);
  row.integer(ends.type);
  row.integer(ends.to);
  row.integer(edge_key);
  row.integer(static_cast<std::int64_t>(fields.head.hash));
  row.text_unless_empty(fields.name);
  for_each_unpacked(fields.values, [&](const auto& field, const auto& value) {
    if (field.schema == 1) put_value<field_kind<decltype(field)>>(row, value);
  });
  row.text_unless_empty(fields.attributes);
  row.integer(source);
  row.text_unless_empty(locator);
  row.integer(dataset);
  row.text_unless_empty(read);
  for_each_later_column<Edge>([&]<std::size_t Place>(const auto& field, PlaceInRecord<Place>) {
    put_value<field_kind<decltype(field)>>(row, std::get<Place>(fields.values));
  });
  for (std::uint64_t i = 1; i < fields.citations; ++i) {
    const auto other = static_cast<std::int64_t>(fields.rest.number());
    const std::string_view its_locator = fields.rest.text(), its_read = fields.rest.text();
    further(i, other, its_locator, its_read);
  }
  return row.end();
}

}  // namespace chokepoint::detail
