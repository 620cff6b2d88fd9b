#include "store/writing/writer_impl.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

namespace {

constexpr std::size_t citation_memory_bytes = std::size_t{64} << 20U;

/// How staged edges turn ids into keys and back.
detail::EdgeKeys keys_of(detail::BulkState* bulk, detail::RowWriter& rows) {
  detail::EdgeKeys keys;
  keys.source = [&rows](const std::string& id) { return rows.source_key(id); };
  keys.source_id = [&rows](std::int64_t key) -> const std::string& { return rows.source_id(key); };
  if (bulk != nullptr) {
    keys.node = [bulk](const std::string& id) { return bulk->nodes.find(id).value().key; };
    keys.node_id = [bulk](std::int64_t key) { return bulk->nodes.id(key); };
  } else {
    keys.node = [&rows](const std::string& id) { return rows.node_key(id); };
    keys.node_id = [&rows](std::int64_t key) { return rows.node_id(key); };
  }
  return keys;
}

}  // namespace

void Writer::limit_memory(std::size_t bytes) { impl_->sorting_memory = bytes; }

bool Writer::is_fresh() const { return impl_->staging != nullptr; }

bool Writer::loads() const { return impl_->bulk != nullptr; }

std::vector<std::string> Writer::staged_ids() const {
  std::vector<std::string> ids;
  const auto count = impl_->bulk ? static_cast<std::int64_t>(impl_->bulk->nodes.size()) : 0;
  for (std::int64_t key = 1; key <= count; ++key) ids.emplace_back(impl_->bulk->nodes.id(key));
  return ids;
}

void Writer::prefetch(const Edge& edge, PrefetchStage stage) const {
  if (!impl_->bulk) return;
  for (const std::string* end : {&edge.from, &edge.to})
    if (stage == PrefetchStage::late)
      impl_->bulk->nodes.prefetch_entry(*end);
    else
      impl_->bulk->nodes.prefetch_slot(*end);
}

std::int64_t Writer::load_nodes(const std::function<NextNode()>& next) {
  assert(is_fresh() && !impl_->bulk);
  return impl_->run("writing nodes", [&] {
    Impl& impl = *impl_;
    impl.bulk.reset(new detail::BulkState{*impl.staging,
                                          impl.ontology,
                                          impl.dataset,
                                          [&rows = impl.rows](const std::string& id) { return rows.source_key(id); },
                                          impl.tick.function,
                                          {},
                                          detail::RecordSorter(std::min(citation_memory_bytes, impl.sorting_memory)),
                                          impl.sorting_memory});
    const std::int64_t written = detail::write_nodes(*impl.bulk, next);
    impl.touched = impl.touched || written > 0;
    return written;
  });
}

void Writer::stage(const Edge& given, std::uint64_t place, const EndKeys& keys, std::uint64_t claim) {
  detail::guarded("sorting edges", [&] {
    if (!impl_->edges)
      impl_->edges = std::make_unique<detail::BulkEdges>(impl_->ontology, keys_of(impl_->bulk.get(), impl_->rows),
                                                         impl_->conflicts, impl_->sorting_memory);
    if (std::is_sorted(given.sources.begin(), given.sources.end(), std::less_equal<>())) {
      impl_->edges->stage(given, place, keys, claim);
      return;
    }
    Edge edge = given;
    detail::sort_citations(edge.sources);
    impl_->edges->stage(edge, place, keys, claim);
  });
}

void Writer::refuse_repeated_names(
    const std::function<void(std::uint64_t, const std::string&, const std::string&)>& refuse) {
  if (impl_->edges) impl_->edges->refuse_repeated_names(refuse);
}

std::int64_t Writer::write_staged() {
  return impl_->run("writing edges", [&]() -> std::int64_t {
    assert(impl_->bulk);
    if (!impl_->edges) return 0;
    const std::int64_t written = impl_->edges->write(*impl_->bulk);
    impl_->edges.reset();
    impl_->touched = impl_->touched || written > 0;
    return written;
  });
}

void Writer::for_each_staged(const std::function<void(const Edge&, std::uint64_t)>& visit) {
  impl_->run("writing edges", [&] {
    if (impl_->edges) impl_->edges->for_each(visit);
    impl_->edges.reset();
  });
}

}  // namespace chokepoint
