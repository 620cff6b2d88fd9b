#include "chokepoint/present/datasets.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/words/wording.hpp"

namespace chokepoint {

Answer datasets_answer(Session& session) {
  Answer answer{.command = "datasets", .result = Json::array(), .coverage = Json::object()};
  Table table;
  table.columns = {detail::column(session, "id", "Id"),
                   detail::column(session, "title", "Title", true),
                   detail::column(session, "version", "Version"),
                   detail::column(session, "license", "License", true),
                   detail::column(session, "nodes", "Nodes"),
                   detail::column(session, "edges", "Edges"),
                   detail::column(session, "observations", "Observations"),
                   detail::column(session, "sources", "Sources")};
  for (const DatasetSummary& dataset : session.reader().datasets()) {
    Json entry = to_json(dataset.info);
    entry.set("nodes", dataset.nodes);
    entry.set("edges", dataset.edges);
    entry.set("observations", dataset.observations);
    entry.set("sources", dataset.sources);
    answer.result.push(std::move(entry));
    table.rows.push_back({dataset.info.id, detail::word(session, dataset.info.title), dataset.info.version,
                          detail::word(session, dataset.info.license), dataset.nodes, dataset.edges,
                          dataset.observations, dataset.sources});
  }
  if (table.rows.empty())
    answer.remarks.push_back(detail::say(session, "no dataset yet; `chokepoint import FILE` adds one"));
  answer.tables.push_back(std::move(table));
  return answer;
}

}  // namespace chokepoint
