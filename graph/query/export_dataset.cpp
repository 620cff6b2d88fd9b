#include "chokepoint/query/export_dataset.hpp"

#include "query/dataset_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <vector>

namespace chokepoint {

namespace {

/// What the output says about itself: the dataset, or the datasets that went into it.
DatasetInfo info_of(Session& session, const std::string& dataset) {
  if (!dataset.empty()) return detail::require_dataset(session, dataset);
  const auto all = session.reader().datasets();
  if (all.size() == 1) return all.front().info;
  DatasetInfo info{.id = "export", .title = {}, .version = {}, .license = {}};
  std::vector<std::string> titles, licenses;
  for (const DatasetSummary& each : all) {
    titles.push_back(each.info.title.empty() ? each.info.id : each.info.title);
    if (!each.info.license.empty() && std::ranges::find(licenses, each.info.license) == licenses.end())
      licenses.push_back(each.info.license);
  }
  info.title = fmt::format("{}", fmt::join(titles, "; "));
  info.license = fmt::format("{}", fmt::join(licenses, "; "));
  return info;
}

/// Calls `write(kind, record)` for every record, in the order of the format.
template <typename Write>
void for_each_record(const Reader& reader, const std::string& dataset, const Write& write) {
  reader.for_each_source(dataset, [&](const Source& record) { write("source", to_json(record)); });
  reader.for_each_node(dataset, [&](const Node& record) { write("node", to_json(record)); });
  reader.for_each_edge(dataset, [&](const Edge& record) { write("edge", to_json(record)); });
  reader.for_each_observation(dataset, [&](const Observation& record) { write("observation", to_json(record)); });
}

}  // namespace

void write_dataset(Session& session, const std::string& dataset, DatasetFormat format, std::ostream& out) {
  const DatasetInfo info = info_of(session, dataset);
  const Reader reader = session.reader();
  if (format == DatasetFormat::jsonl) {
    const auto line = [&](const char* kind, Json record) {
      Json wrapped = Json::object();
      wrapped.set(kind, std::move(record));
      out << to_text(wrapped) << '\n';
    };
    line("dataset", to_json(info));
    for_each_record(reader, dataset, line);
    return;
  }
  out << "{\"dataset\":" << to_text(to_json(info));
  constexpr const char* kinds[] = {"source", "node", "edge", "observation"};
  std::size_t open = 0;  // lists begun so far
  bool first = true;
  const auto begin_until = [&](std::size_t last) {
    for (; open < last; ++open) {
      out << (open == 0 ? ",\n\"" : "\n],\n\"") << kinds[open] << "s\":[";
      first = true;
    }
  };
  for_each_record(reader, dataset, [&](const char* kind, const Json& record) {
    begin_until(static_cast<std::size_t>(std::ranges::find(kinds, std::string_view(kind)) - kinds) + 1);
    out << (first ? "\n" : ",\n") << to_text(record);
    first = false;
  });
  begin_until(std::size(kinds));
  out << "\n]}\n";
}

}  // namespace chokepoint
