#include "chokepoint/query/envelope.hpp"

namespace chokepoint {

Json envelope(Session& session, const Answer& answer) {
  const DatabaseInfo info = session.database().info();
  Json database = Json::object();
  database.set("path", info.path);
  database.set("uuid", info.uuid);
  database.set("revision", info.revision);
  Json datasets = Json::array();
  for (const DatasetSummary& dataset : session.reader().datasets()) {
    Json entry = Json::object();
    entry.set("id", dataset.info.id);
    if (!dataset.info.version.empty()) entry.set("version", dataset.info.version);
    datasets.push(std::move(entry));
  }
  database.set("datasets", std::move(datasets));

  Json out = Json::object();
  out.set("schema", "chokepoint." + answer.command + "/1");
  out.set("as_of", to_string(session.as_of()));
  out.set("database", std::move(database));
  out.set("result", answer.result);
  out.set("coverage", answer.coverage);
  return out;
}

}  // namespace chokepoint
