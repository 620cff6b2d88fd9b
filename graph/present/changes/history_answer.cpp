#include "chokepoint/present/history.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/words/wording.hpp"

namespace chokepoint {

Answer history_answer(Session& session) {
  Answer answer{.command = "history", .result = Json::array(), .coverage = Json::object()};
  Table table;
  table.columns = {detail::column(session, "revision", "Rev."),   detail::column(session, "at", "At"),
                   detail::column(session, "command", "Command"), detail::column(session, "dataset", "Dataset"),
                   detail::column(session, "added", "Added"),     detail::column(session, "changed", "Changed"),
                   detail::column(session, "removed", "Removed")};
  for (const RevisionEntry& entry : session.reader().revisions()) {
    Json item = Json::object();
    item.set("revision", entry.revision);
    item.set("at", entry.at);
    item.set("command", entry.command);
    item.set("dataset", entry.dataset);
    item.set("added", entry.added);
    item.set("changed", entry.changed);
    item.set("removed", entry.removed);
    answer.result.push(std::move(item));
    table.rows.push_back(
        {entry.revision, entry.at, entry.command, entry.dataset, entry.added, entry.changed, entry.removed});
  }
  answer.tables.push_back(std::move(table));
  return answer;
}

}  // namespace chokepoint
