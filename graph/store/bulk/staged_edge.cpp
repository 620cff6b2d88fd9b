#include "store/bulk/staged_edge.hpp"

namespace chokepoint::detail {

namespace {

/// One bit a field, in the order in which fields are packed.
enum Field : unsigned {
  has_name = 1U << 0U,
  has_item = 1U << 1U,
  has_market = 1U << 2U,
  has_origin = 1U << 3U,
  has_share = 1U << 4U,
  has_since = 1U << 5U,
  has_until = 1U << 6U,
  has_amount = 1U << 7U,
  has_unit = 1U << 8U,
  has_performance = 1U << 9U,
  has_as_of = 1U << 10U,
  has_words = 1U << 11U,  ///< bound, status or significance
  has_confidence = 1U << 12U,
  has_group = 1U << 13U,
  has_k = 1U << 14U,
  has_attributes = 1U << 15U,
};

constexpr unsigned word_bits = 4;

std::uint64_t words_of(const Edge& edge) {
  return static_cast<std::uint64_t>(edge.bound) | static_cast<std::uint64_t>(edge.status) << word_bits |
         static_cast<std::uint64_t>(edge.significance) << 2 * word_bits;
}

unsigned fields_of(const Edge& edge, bool named) {
  const auto bit = [](bool there, Field field) { return there ? unsigned{field} : 0U; };
  return bit(named, has_name) | bit(!edge.item.empty(), has_item) | bit(!edge.market.empty(), has_market) |
         bit(!edge.origin.empty(), has_origin) | bit(edge.share.has_value(), has_share) |
         bit(!edge.since.empty(), has_since) | bit(!edge.until.empty(), has_until) |
         bit(edge.amount.has_value(), has_amount) | bit(!edge.unit.empty(), has_unit) |
         bit(edge.performance.has_value(), has_performance) | bit(!edge.as_of.empty(), has_as_of) |
         bit(words_of(edge) != 0, has_words) | bit(edge.confidence.has_value(), has_confidence) |
         bit(!edge.group.empty(), has_group) | bit(edge.k.has_value(), has_k) |
         bit(!edge.attributes.empty(), has_attributes);
}

/// The fields of a record, unpacked without copies.
struct EdgeFields {
  StagedHead head;
  std::string_view name, since, until, unit, as_of, group, attributes;
  std::int64_t item = 0, market = 0, origin = 0;
  std::optional<double> share, amount, performance, confidence;
  Bound bound = Bound::exact;
  Status status = Status::reported;
  Significance significance = Significance::unstated;
  std::optional<std::uint32_t> k;
  std::uint64_t citations = 0;
  Unpacker rest;  ///< source key, locator and what was read, of each citation

  explicit EdgeFields(std::string_view record) : rest(record) {
    head.number = rest.fixed();
    head.hash = rest.fixed();
    head.place = rest.number();
    const auto there = static_cast<unsigned>(rest.number());
    const auto node = [&] { return static_cast<std::int64_t>(rest.number()); };
    if ((there & has_name) != 0) name = rest.text();
    if ((there & has_item) != 0) item = node();
    if ((there & has_market) != 0) market = node();
    if ((there & has_origin) != 0) origin = node();
    if ((there & has_share) != 0) share = rest.real();
    if ((there & has_since) != 0) since = rest.text();
    if ((there & has_until) != 0) until = rest.text();
    if ((there & has_amount) != 0) amount = rest.real();
    if ((there & has_unit) != 0) unit = rest.text();
    if ((there & has_performance) != 0) performance = rest.real();
    if ((there & has_as_of) != 0) as_of = rest.text();
    if ((there & has_words) != 0) {
      const std::uint64_t words = rest.number();
      constexpr std::uint64_t mask = (1U << word_bits) - 1;
      bound = static_cast<Bound>(words & mask);
      status = static_cast<Status>(words >> word_bits & mask);
      significance = static_cast<Significance>(words >> 2 * word_bits & mask);
    }
    if ((there & has_confidence) != 0) confidence = rest.real();
    if ((there & has_group) != 0) group = rest.text();
    if ((there & has_k) != 0) k = static_cast<std::uint32_t>(rest.number());
    if ((there & has_attributes) != 0) attributes = rest.text();
    citations = rest.number();
  }
};

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
  const auto key = [&](const std::string& id) { return id.empty() ? std::int64_t{0} : keys.node(id); };
  return {key(edge.from), key(edge.to), key(edge.item), key(edge.market), key(edge.origin)};
}

void pack_edge(Packer& out, const Edge& edge, const StagedHead& head, const EndKeys& nodes, const EdgeKeys& keys) {
  const bool named = !edge.id.empty() && edge.id != hash_text(head.hash);
  const unsigned there = fields_of(edge, named);
  out.clear();
  out.fixed(head.number);
  out.fixed(head.hash);
  out.number(head.place);
  out.number(there);
  const auto text = [&](Field field, const std::string& value) {
    if ((there & field) != 0) out.text(value);
  };
  const auto real = [&](Field field, const std::optional<double>& value) {
    if ((there & field) != 0) out.real(*value);
  };
  const auto node = [&](Field field, std::int64_t key) {
    if ((there & field) != 0) out.number(static_cast<std::uint64_t>(key));
  };
  text(has_name, edge.id);
  node(has_item, nodes.item);
  node(has_market, nodes.market);
  node(has_origin, nodes.origin);
  real(has_share, edge.share);
  text(has_since, edge.since);
  text(has_until, edge.until);
  real(has_amount, edge.amount);
  text(has_unit, edge.unit);
  real(has_performance, edge.performance);
  text(has_as_of, edge.as_of);
  if ((there & has_words) != 0) out.number(words_of(edge));
  real(has_confidence, edge.confidence);
  text(has_group, edge.group);
  if (edge.k) out.number(*edge.k);
  text(has_attributes, edge.attributes);
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

std::string_view name_of(std::string_view record) { return EdgeFields(record).name; }

Edge unpack_edge(const SortKey& key, std::string_view record, const std::string& type, const EdgeKeys& keys) {
  EdgeFields fields(record);
  const EdgeEnds ends = ends_of(key);
  const auto id = [&](std::int64_t node) { return node == 0 ? std::string() : std::string(keys.node_id(node)); };
  Edge edge;
  edge.id = fields.name.empty() ? hash_text(fields.head.hash) : std::string(fields.name);
  edge.type = type;
  edge.from = id(ends.from);
  edge.to = id(ends.to);
  edge.item = id(fields.item);
  edge.market = id(fields.market);
  edge.origin = id(fields.origin);
  edge.share = fields.share;
  edge.amount = fields.amount;
  edge.unit = fields.unit;
  edge.performance = fields.performance;
  edge.as_of = fields.as_of;
  edge.bound = fields.bound;
  edge.status = fields.status;
  edge.significance = fields.significance;
  edge.confidence = fields.confidence;
  edge.since = fields.since;
  edge.until = fields.until;
  edge.group = fields.group;
  edge.k = fields.k;
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
  EdgeFields fields(record);
  const EdgeEnds ends = ends_of(key);
  const auto source = static_cast<std::int64_t>(fields.rest.number());
  const std::string_view locator = fields.rest.text(), read = fields.rest.text();
  const auto node = [&](std::int64_t number) { number == 0 ? row.null() : row.integer(number); };
  const auto real = [&](const std::optional<double>& number) { number ? row.real(*number) : row.null(); };
  row.begin();
  row.integer(ends.from);
  row.integer(ends.type);
  row.integer(ends.to);
  row.integer(edge_key);
  row.integer(static_cast<std::int64_t>(fields.head.hash));
  row.text_unless_empty(fields.name);
  node(fields.item);
  node(fields.market);
  node(fields.origin);
  real(fields.share);
  real(fields.amount);
  row.text_unless_empty(fields.unit);
  real(fields.performance);
  row.text_unless_empty(fields.as_of);
  row.text_unless_empty(fields.bound == Bound::exact ? std::string_view() : to_string(fields.bound));
  row.text_unless_empty(fields.status == Status::reported ? std::string_view() : to_string(fields.status));
  row.text_unless_empty(to_string(fields.significance));
  real(fields.confidence);
  row.text_unless_empty(fields.since);
  row.text_unless_empty(fields.until);
  row.text_unless_empty(fields.group);
  fields.k ? row.integer(*fields.k) : row.null();
  row.text_unless_empty(fields.attributes);
  row.integer(source);
  row.text_unless_empty(locator);
  row.integer(dataset);
  row.text_unless_empty(read);
  for (std::uint64_t i = 1; i < fields.citations; ++i) {
    const auto other = static_cast<std::int64_t>(fields.rest.number());
    const std::string_view its_locator = fields.rest.text(), its_read = fields.rest.text();
    further(i, other, its_locator, its_read);
  }
  return row.end();
}

}  // namespace chokepoint::detail
