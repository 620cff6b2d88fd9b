#include "chokepoint/query/search.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"

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
  const Later day(session);
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
  const auto types = node_type_ids(session, params.types);
  if (!types.empty())
    std::erase_if(hits, [&](const SearchHit& hit) {
      return std::find(types.begin(), types.end(), hit.node.type) == types.end();
    });
  return hits;
}

/// Indicators of which id or a label holds every word of the text.
std::vector<std::string> indicators_of(const Session& session, const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(fold(text));
  for (std::string word; in >> word;) words.push_back(word);
  std::vector<std::string> found;
  for (const Term& term : session.ontology().indicators()) {
    std::string all = fold(term.id);
    for (const auto& [language, label] : term.labels) all += " " + fold(label);
    const bool has_all =
        std::ranges::all_of(words, [&](const std::string& word) { return all.find(word) != all.npos; });
    if (has_all && !words.empty()) found.push_back(term.id);
  }
  return found;
}

}  // namespace

SearchResult search_nodes(Session& session, const SearchParams& params) {
  SearchResult found;
  found.text = params.text;
  found.limit = params.limit;
  found.hits = hits_of(session, params, found.later);
  found.complete = params.limit == 0 || found.hits.size() <= params.limit;
  if (!found.complete) found.hits.resize(params.limit);
  if (params.types.empty()) found.indicators = indicators_of(session, params.text);
  if (found.hits.empty() && found.indicators.empty()) found.suggestions = session.reader().suggestions(params.text);
  return found;
}

}  // namespace chokepoint
