#include "chokepoint/query/search.hpp"

#include "chokepoint/model/text.hpp"
#include "query/facts/later.hpp"
#include "query/facts/wording.hpp"
#include "query/session/names.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <sstream>

namespace chokepoint {

namespace {

constexpr auto everything = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());

/// One more than the limit is asked for, to know whether more exist; a type filter needs them all.
std::size_t reading_limit(const SearchParams& params) {
  return params.limit == 0 || !params.types.empty() ? everything : params.limit + 1;
}

/// @param later  how many are left out that are not there on the session's day yet
std::vector<SearchHit> hits_of(Session& session, const SearchParams& params, std::size_t& later) {
  const Reader reader = session.reader();
  const detail::Later day(session);
  const auto drop_later = [&](std::vector<SearchHit>& hits) {
    return std::erase_if(hits, [&](const SearchHit& hit) {
      const auto node = reader.node(hit.node.id);
      return node && day.is_later(*node);
    });
  };
  auto hits = reader.search(params.text, reading_limit(params));
  later = drop_later(hits);
  if (later > 0) {
    hits = reader.search(params.text, everything);  // others take their places
    later = drop_later(hits);
  }
  const auto types = detail::node_type_ids(session, params.types);
  if (!types.empty())
    std::erase_if(hits, [&](const SearchHit& hit) {
      return std::find(types.begin(), types.end(), hit.node.type) == types.end();
    });
  return hits;
}

/// Indicators of which id or a label holds every word of the text.
std::vector<const Term*> indicators_of(const Session& session, const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(fold(text));
  for (std::string word; in >> word;) words.push_back(word);
  std::vector<const Term*> found;
  for (const Term& term : session.ontology().indicators()) {
    std::string all = fold(term.id);
    for (const auto& [language, label] : term.labels) all += " " + fold(label);
    const bool has_all =
        std::ranges::all_of(words, [&](const std::string& word) { return all.find(word) != all.npos; });
    if (has_all && !words.empty()) found.push_back(&term);
  }
  return found;
}

}  // namespace

Answer search_nodes(Session& session, const SearchParams& params) {
  std::size_t later = 0;
  auto hits = hits_of(session, params, later);
  const bool more = params.limit != 0 && hits.size() > params.limit;
  if (more) hits.resize(params.limit);

  Answer answer{.command = "search", .result = Json::array(), .coverage = Json::object()};
  Table table;
  table.columns = {detail::column(session, "id", "Id"), detail::column(session, "label", "Label", true),
                   detail::column(session, "type", "Type"), detail::column(session, "matched", "Matched", true)};
  Table data = table;
  for (const SearchHit& hit : hits) {
    Json entry = session.ref(hit.node);
    entry.set("matched", hit.matched);
    answer.result.push(std::move(entry));
    const std::string label = session.label(hit.node);
    table.rows.push_back({hit.node.id, label, detail::node_type_label(session, hit.node.type), hit.matched});
    data.rows.push_back({hit.node.id, label, hit.node.type, hit.matched});
  }
  answer.coverage.set("complete", !more);
  answer.coverage.set("later", std::uint64_t{later});
  const auto indicators = params.types.empty() ? indicators_of(session, params.text) : std::vector<const Term*>{};
  if (!indicators.empty()) {
    Json list = Json::array();
    for (const Term* term : indicators) list.push(term->id);
    answer.coverage.set("indicators", std::move(list));
  }
  answer.negative = hits.empty() && indicators.empty();
  if (hits.empty() && indicators.empty()) {
    const auto near = session.reader().suggestions(params.text);
    answer.remarks.push_back(
        detail::say(session, "nothing found for \"{}\"{}", params.text, detail::did_you_mean(near)));
    Json list = Json::array();
    for (const std::string& id : near) list.push(id);
    answer.coverage.set("suggestions", std::move(list));
  } else if (!hits.empty()) {
    answer.tables.push_back(std::move(table));
  }
  if (!indicators.empty()) {
    Table terms;
    terms.title = detail::word(session, "Indicators, for `figures --indicator ID`");
    terms.columns = {detail::column(session, "id", "Id"), detail::column(session, "label", "Label", true)};
    for (const Term* term : indicators)
      terms.rows.push_back({term->id, std::string(label_of(term->labels, session.language(), term->id))});
    answer.tables.push_back(std::move(terms));
  }
  if (more)
    answer.remarks.push_back(detail::say(session, "only the best {} are shown; --limit 0 shows all", params.limit));
  if (later > 0)
    answer.remarks.push_back(
        detail::say(session, "left out, about days after {}: {}", to_string(session.as_of()), later));
  answer.data = std::move(data);
  return answer;
}

}  // namespace chokepoint
