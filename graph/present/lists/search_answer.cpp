#include "chokepoint/present/search.hpp"
#include "chokepoint/query/resolve.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

namespace {

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push(text);
  return list;
}

/// @param for_people  with labels of the types
Table hit_table(const Session& session, const std::vector<SearchHit>& hits, bool for_people) {
  Table table;
  table.columns = {detail::column(session, "id", "Id"), detail::column(session, "label", "Label", true),
                   detail::column(session, "type", "Type"), detail::column(session, "matched", "Matched", true)};
  for (const SearchHit& hit : hits)
    table.rows.push_back({hit.node.id, detail::node_label(session, hit.node),
                          for_people ? detail::node_type_label(session, hit.node.type) : hit.node.type, hit.matched});
  return table;
}

Table indicator_table(const Session& session, const std::vector<std::string>& indicators) {
  Table table;
  table.title = detail::word(session, "Indicators, for `figures --indicator ID`");
  table.columns = {detail::column(session, "id", "Id"), detail::column(session, "label", "Label", true)};
  for (const std::string& id : indicators) {
    const auto term = std::ranges::find(session.ontology().indicators(), id, &Term::id);
    table.rows.push_back({id, std::string(label_of(term->labels, session.language(), id))});
  }
  return table;
}

}  // namespace

Answer search_answer(Session& session, const SearchResult& found) {
  Answer answer{.command = "search", .result = Json::array(), .coverage = Json::object()};
  for (const SearchHit& hit : found.hits) {
    Json entry = detail::ref_json(session, hit.node);
    entry.set("matched", hit.matched);
    answer.result.push(std::move(entry));
  }
  answer.coverage.set("complete", found.complete);
  answer.coverage.set("later", std::uint64_t{found.later});
  if (!found.indicators.empty()) answer.coverage.set("indicators", texts_json(found.indicators));
  answer.negative = found.hits.empty() && found.indicators.empty();
  if (answer.negative) {
    answer.remarks.push_back(detail::say(session, "nothing found for \"{}\"{}", found.text,
                                         detail::told(session, did_you_mean(found.suggestions))));
    answer.coverage.set("suggestions", texts_json(found.suggestions));
  } else if (!found.hits.empty()) {
    answer.tables.push_back(hit_table(session, found.hits, true));
  }
  if (!found.indicators.empty()) answer.tables.push_back(indicator_table(session, found.indicators));
  if (!found.complete)
    answer.remarks.push_back(detail::say(session, "only the best {} are shown; --limit 0 shows all", found.limit));
  if (found.later > 0)
    answer.remarks.push_back(
        detail::say(session, "left out, about days after {}: {}", to_string(session.as_of()), found.later));
  answer.data.push_back(hit_table(session, found.hits, false));
  return answer;
}

}  // namespace chokepoint
