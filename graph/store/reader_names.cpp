#include "chokepoint/store/reader.hpp"

#include "store/bigrams.hpp"
#include "store/impl.hpp"
#include "store/rows.hpp"

#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint {

using detail::guarded;

namespace {

SQLite::Database& connection_of(const Database& database) { return *database.impl().connection; }

bool search_index_is_current(SQLite::Database& connection) {
  SQLite::Statement statement(connection, "SELECT revision = search_revision FROM state");
  return statement.executeStep() && statement.getColumn(0).getInt() == 1;
}

/// Whether every word of `wanted` occurs in `name` (both folded).
bool contains_all(const std::string& name, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const std::string& word) { return name.find(word) != std::string::npos; });
}

/// Exact names rank above names that start with the text, those above names that hold it; short names above long.
double score_of(const std::string& folded_name, const std::string& text) {
  const double shortness = 1.0 / (1.0 + static_cast<double>(folded_name.size()));
  if (folded_name == text) return 3 + shortness;
  if (folded_name.starts_with(text)) return 2 + shortness;
  return (folded_name.find(text) != std::string::npos ? 1 : 0) + shortness;
}

}  // namespace

std::vector<NodeRef> Reader::nodes_named(std::string_view name) const {
  if (auto exact = ref(name)) return {*std::move(exact)};
  return guarded("looking up a name", [&] {
    SQLite::Database& connection = connection_of(*database_);
    const std::string folded = fold(name);
    SQLite::Statement by_id(connection, "SELECT id FROM node WHERE id_folded = ?");
    by_id.bind(1, folded);
    if (by_id.executeStep()) return std::vector<NodeRef>{*ref(by_id.getColumn(0).getString())};
    SQLite::Statement statement(connection,
                                "SELECT DISTINCT n.key FROM alias a JOIN node n ON n.key = a.node WHERE a.folded = ? "
                                "ORDER BY n.id");
    statement.bind(1, folded);
    std::vector<std::int64_t> keys;
    while (statement.executeStep()) keys.push_back(statement.getColumn(0).getInt64());
    return refs(keys);
  });
}

NodeRef Reader::resolve(std::string_view name) const {
  const auto found = nodes_named(name);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    auto near = suggestions(name);
    std::string message = fmt::format("no node is called \"{}\"", name);
    if (!near.empty())
      message += fmt::format("; did you mean {}?", fmt::join(near, ", "));
    else
      message += "; try `chokepoint search`";
    throw NotFoundError(message, std::move(near));
  }
  std::vector<std::string> ids;
  for (const NodeRef& node : found) ids.push_back(fmt::format("{} ({})", node.id, node.type));
  throw UsageError(fmt::format("\"{}\" names {} nodes: {}; use an id", name, found.size(), fmt::join(ids, ", ")));
}

std::vector<SearchHit> Reader::search(std::string_view text, std::size_t limit) const {
  return guarded("searching", [&] {
    const std::string folded = fold(text);
    const auto wanted = detail::words(folded);
    if (wanted.empty()) return std::vector<SearchHit>{};
    SQLite::Database& connection = connection_of(*database_);
    // The bigram index finds nodes that may match; the names decide. After edits with other tools the index may lag,
    // then every name is looked at.
    const bool indexed = search_index_is_current(connection);
    SQLite::Statement statement(
        connection, indexed ? "SELECT a.node, a.folded, a.name FROM alias a WHERE a.node IN (SELECT rowid FROM name_index "
                              "WHERE name_index MATCH ?) ORDER BY a.node, a.kind DESC, a.folded"
                            : "SELECT node, folded, name FROM alias ORDER BY node, kind DESC, folded");
    if (indexed) statement.bind(1, detail::match_expression(folded));
    struct Best {
      double score = -1;
      std::string name;
      std::string all;  ///< every name, for texts whose words stand in different names
    };
    std::map<std::int64_t, Best> best;
    while (statement.executeStep()) {
      const std::string name = statement.getColumn(1).getString();
      Best& entry = best[statement.getColumn(0).getInt64()];
      entry.all += name + '\n';
      if (!contains_all(name, wanted)) continue;
      const double score = score_of(name, folded);
      if (score > entry.score) {
        entry.score = score;
        entry.name = statement.getColumn(2).getString();
      }
    }
    std::vector<std::pair<double, std::int64_t>> order;
    for (auto& [key, entry] : best) {
      if (entry.score < 0 && contains_all(entry.all, wanted)) {
        entry.score = 0;
        entry.name = entry.all.substr(0, entry.all.find('\n'));
      }
      if (entry.score >= 0) order.emplace_back(entry.score, key);
    }
    std::vector<std::int64_t> keys;
    for (const auto& [score, key] : order) keys.push_back(key);
    const auto nodes = refs(keys);
    std::vector<SearchHit> hits;
    for (std::size_t i = 0; i < nodes.size(); ++i) hits.push_back({nodes[i], best[keys[i]].name, order[i].first});
    std::sort(hits.begin(), hits.end(), [](const SearchHit& a, const SearchHit& b) {
      return a.score != b.score ? a.score > b.score : a.node.id < b.node.id;
    });
    if (hits.size() > limit) hits.resize(limit);
    return hits;
  });
}

std::vector<std::string> Reader::suggestions(std::string_view name) const {
  return guarded("looking up names", [&] {
    constexpr std::size_t enough = 5;
    SQLite::Database& connection = connection_of(*database_);
    std::vector<std::string> ids;
    std::set<std::string> seen;
    const auto add = [&](const std::string& id) {
      if (ids.size() < enough && seen.insert(id).second) ids.push_back(id);
    };
    // Names that share a pair of characters with the text are near enough to compare one by one.
    std::string expression;
    for (const std::string& token : detail::bigrams(fold(name)))
      expression += (expression.empty() ? "\"" : " OR \"") + token + '"';
    if (expression.empty()) return ids;
    SQLite::Statement statement(connection,
                                "SELECT a.folded, n.id FROM alias a JOIN node n ON n.key = a.node WHERE a.node IN (SELECT "
                                "rowid FROM name_index WHERE name_index MATCH ? LIMIT 20000) ORDER BY n.id, a.folded");
    statement.bind(1, expression);
    std::vector<std::string> names;
    std::multimap<std::string, std::string> id_of;
    while (statement.executeStep()) {
      names.push_back(statement.getColumn(0).getString());
      id_of.emplace(names.back(), statement.getColumn(1).getString());
    }
    for (const std::string& near : suggest(name, names, 2 * enough)) {
      const auto [first, last] = id_of.equal_range(near);
      for (auto it = first; it != last; ++it) add(it->second);
    }
    for (const SearchHit& hit : search(name, enough)) add(hit.node.id);
    return ids;
  });
}

}  // namespace chokepoint
