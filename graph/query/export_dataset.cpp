#include "chokepoint/query/export_dataset.hpp"

#include "query/dataset_names.hpp"

namespace chokepoint {

namespace {

/// The one dataset that is written; nullopt when there are several.
std::optional<DatasetInfo> info_of(Session& session, const std::string& dataset) {
  if (!dataset.empty()) return detail::require_dataset(session, dataset);
  const auto all = session.reader().datasets();
  return all.size() == 1 ? std::optional(all.front().info) : std::nullopt;
}

}  // namespace

void write_dataset(Session& session, const std::string& dataset, DatasetForm form, std::ostream& out) {
  DatasetWriter writer(out, form);
  writer.begin(info_of(session, dataset));
  const auto write = [&](const auto& record) { writer.write(record); };
  const Reader reader = session.reader();
  reader.for_each_source(dataset, write);
  reader.for_each_node(dataset, write);
  reader.for_each_edge(dataset, write);
  reader.for_each_observation(dataset, write);
  writer.end();
}

}  // namespace chokepoint
