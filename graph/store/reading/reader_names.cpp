#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/rows/bigrams.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

using detail::guarded;

namespace {

SQLite::Database& connection_behind(const Database& database) { return *database.impl().connection; }

bool search_index_is_current(SQLite::Database& connection) {
  SQLite::Statement statement(connection, "SELECT revision = search_revision FROM state");
  return statement.executeStep() && statement.getColumn(0).getInt() == 1;
}

/// Whether it is the index that cannot be read, which FTS5 tells in its own words.
bool is_damaged_index(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  return code == SQLITE_ERROR || code == SQLITE_CORRUPT;
}

/// A folded text that is searched for.
struct Wanted {
  std::string text;
  std::vector<std::string> words;
};

/// Whether every word occurs in a folded name, spaces and hyphens in the name being no hindrance.
/// @param plain  the name squeezed
bool contains_all(const std::string& name, const std::string& plain, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return name.find(word) != std::string::npos || plain.find(word) != std::string::npos;
  });
}

/// Exact names rank above names that start with the text, those above names that hold it; short names above long.
double score_of(const std::string& name, const std::string& text) {
  const double shortness = 1.0 / (1.0 + static_cast<double>(name.size()));
  if (name == text) return 3 + shortness;
  if (name.starts_with(text)) return 2 + shortness;
  return (name.find(text) != std::string::npos ? 1 : 0) + shortness;
}

/// The best name of one node so far.
struct Best {
  std::int64_t key = 0;
  std::string id;
  double score = -1;
  std::string name;
};

/// Of the tokens of a text those that fewest names have: the index intersects lists as long as the number of names that
/// have a token, and two or three rare ones leave as few candidates as all. Which are rare, a sample of the names
/// tells, evenly taken by key.
class RareTokens {
 public:
  explicit RareTokens(SQLite::Database& connection) : connection_(connection) {}

  std::vector<std::string> of(std::vector<std::string> tokens) {
    const std::int64_t last_key = connection_.execAndGet("SELECT coalesce(max(key), 0) FROM node").getInt64();
    if (last_key < worth_a_look || tokens.size() <= few) return tokens;
    const std::vector<std::string> names = sample(last_key);
    std::vector<std::pair<std::size_t, std::size_t>> rarest;  // how many have it, and which it is
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto has = [&](const std::string& name) { return name.find(tokens[i]) != std::string::npos; };
      rarest.emplace_back(static_cast<std::size_t>(std::count_if(names.begin(), names.end(), has)), i);
    }
    std::sort(rarest.begin(), rarest.end());
    std::vector<std::string> chosen;
    double left = static_cast<double>(last_key);
    for (const auto& [count, at] : rarest) {
      if (!chosen.empty() && left < few_candidates) break;
      if (std::find(chosen.begin(), chosen.end(), tokens[at]) != chosen.end()) continue;
      chosen.push_back(tokens[at]);
      left *= (static_cast<double>(count) + 1) / (static_cast<double>(names.size()) + 1);
    }
    return chosen;
  }

 private:
  static constexpr std::int64_t worth_a_look = 20000, sampled = 200;
  static constexpr std::size_t few = 2;
  static constexpr double few_candidates = 200;

  /// The squeezed names of some nodes, each node's as one text.
  std::vector<std::string> sample(std::int64_t last_key) {
    SQLite::Statement statement(connection_, "SELECT folded FROM alias WHERE node = ?");
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < sampled; ++i) {
      statement.reset();
      statement.bind(1, 1 + i * (last_key / sampled));
      std::string all;
      while (statement.executeStep()) (all += detail::squeezed(statement.getColumn(0).getString())) += '\n';
      if (!all.empty()) names.push_back(std::move(all));
    }
    return names;
  }

  SQLite::Database& connection_;
};

/// Gathers the names of one node after the other and keeps the nodes that match.
class Matches {
 public:
  explicit Matches(const Wanted& wanted) : wanted_(wanted) {}

  void add(std::int64_t key, const std::string& id, const std::string& folded, std::string name) {
    if (key != now_.key) finish();
    if (key != now_.key) now_ = {key, id, -1, {}};
    if (all_.empty()) first_name_ = name;
    const std::string plain = detail::squeezed(folded);
    // No word goes from one name into the next.
    (all_ += folded) += '\n';
    (all_plain_ += plain) += '\n';
    if (!contains_all(folded, plain, wanted_.words)) return;
    const double score = score_of(folded, wanted_.text);
    if (score <= now_.score) return;
    now_.score = score;
    now_.name = std::move(name);
  }

  /// The best `limit` of them, best first.
  std::vector<Best> take(std::size_t limit) {
    finish();
    const auto better = [](const Best& a, const Best& b) {
      return a.score != b.score ? a.score > b.score : a.id < b.id;
    };
    const auto end = list_.begin() + static_cast<std::ptrdiff_t>(std::min(limit, list_.size()));
    std::partial_sort(list_.begin(), end, list_.end(), better);
    list_.erase(end, list_.end());
    return std::move(list_);
  }

 private:
  void finish() {
    // The words may stand in different names of a node.
    if (now_.key != 0 && now_.score < 0 && contains_all(all_, all_plain_, wanted_.words)) {
      now_.score = 0;
      now_.name = first_name_;
    }
    if (now_.key != 0 && now_.score >= 0) list_.push_back(std::move(now_));
    now_ = {};
    all_.clear();
    all_plain_.clear();
  }

  const Wanted& wanted_;
  Best now_;
  std::string all_, all_plain_, first_name_;
  std::vector<Best> list_;
};

constexpr const char* names_by_index =
    "SELECT a.node, n.id, a.folded, a.name FROM alias a JOIN node n ON n.key = a.node WHERE a.node IN (SELECT rowid "
    "FROM "
    "name_index WHERE name_index MATCH ?1 UNION SELECT node FROM alias WHERE folded = ?2) "
    "ORDER BY a.node, a.kind DESC, a.tag, a.name";
constexpr const char* all_names =
    "SELECT a.node, n.id, a.folded, a.name FROM alias a JOIN node n ON n.key = a.node "
    "ORDER BY a.node, a.kind DESC, a.tag, a.name";

std::vector<Best> best_of(SQLite::Statement& names, const Wanted& wanted, std::size_t limit) {
  Matches matches(wanted);
  while (names.executeStep())
    matches.add(names.getColumn(0).getInt64(), names.getColumn(1).getString(), names.getColumn(2).getString(),
                names.getColumn(3).getString());
  return matches.take(limit);
}

/// The bigram index finds nodes that may match, and the table of names those that are called so; the names decide.
/// After edits with other tools the index may lag, or it may be damaged: then every name is looked at.
std::vector<Best> matching_names(SQLite::Database& connection, const Wanted& wanted, std::size_t limit) {
  if (search_index_is_current(connection)) {
    try {
      SQLite::Statement names(connection, names_by_index);
      names.bind(1, detail::match_expression(RareTokens(connection).of(detail::match_tokens(wanted.text))));
      names.bind(2, wanted.text);
      return best_of(names, wanted, limit);
    } catch (const SQLite::Exception& error) {
      if (!is_damaged_index(error)) throw;
    }
  }
  SQLite::Statement names(connection, all_names);
  return best_of(names, wanted, limit);
}

/// Nodes with a name that shares a pair of characters with the text: near enough to compare one by one.
void for_each_near_name(SQLite::Database& connection, std::string_view text,
                        const std::function<void(std::string name, std::string id)>& visit) {
  std::string expression;
  for (const std::string& token : detail::bigrams(fold(text)))
    expression += (expression.empty() ? "\"" : " OR \"") + token + '"';
  if (expression.empty()) return;
  try {
    SQLite::Statement statement(
        connection,
        "SELECT a.folded, n.id FROM alias a JOIN node n ON n.key = a.node WHERE a.node IN (SELECT "
        "rowid FROM name_index WHERE name_index MATCH ? LIMIT 20000) ORDER BY n.id, a.folded");
    statement.bind(1, expression);
    while (statement.executeStep()) visit(statement.getColumn(0).getString(), statement.getColumn(1).getString());
  } catch (const SQLite::Exception& error) {
    if (!is_damaged_index(error)) throw;
  }
}

/// Ids of nodes whose names have at least half of the words of a text, and two: those that have most, first.
/// @param names  folded, with the id of their node
std::vector<std::string> sharing_words(std::string_view text, const std::multimap<std::string, std::string>& names) {
  constexpr std::size_t shortest = 3;  // bytes of a word that says something
  std::set<std::string> wanted;
  for (std::string& word : detail::words(fold(text)))
    if (word.size() >= shortest) wanted.insert(std::move(word));
  if (wanted.size() < 2) return {};
  std::map<std::string, std::string> of_node;
  for (const auto& [name, id] : names) (of_node[id] += name) += '\n';
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& [id, all] : of_node) {
    const auto missing = static_cast<std::size_t>(std::count_if(
        wanted.begin(), wanted.end(), [&](const std::string& word) { return all.find(word) == std::string::npos; }));
    const std::size_t shared = wanted.size() - missing;
    if (shared >= 2 && shared >= missing) ranked.emplace_back(missing, id);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> ids;
  for (auto& [missing, id] : ranked) ids.push_back(std::move(id));
  return ids;
}

}  // namespace

std::vector<NodeRef> Reader::nodes_named(std::string_view name) const {
  if (auto exact = ref(name)) return {*std::move(exact)};
  return guarded("looking up a name", [&] {
    SQLite::Database& connection = connection_behind(*database_);
    const std::string folded = fold(name);
    SQLite::Statement by_id(connection, "SELECT id FROM node WHERE id_folded = ?");
    by_id.bind(1, folded);
    if (by_id.executeStep()) return std::vector<NodeRef>{ref(by_id.getColumn(0).getString()).value()};
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
    Wanted wanted{fold(text), {}};
    wanted.words = detail::words(wanted.text);
    if (wanted.words.empty()) return std::vector<SearchHit>{};
    SQLite::Database& connection = connection_behind(*database_);
    const std::vector<Best> best = matching_names(connection, wanted, limit);
    std::vector<std::int64_t> keys;
    for (const Best& entry : best) keys.push_back(entry.key);
    auto nodes = refs(keys);
    std::vector<SearchHit> hits;
    for (std::size_t i = 0; i < best.size(); ++i) {
      const detail::StoredRow row{"alias", best[i].key};
      hits.push_back({std::move(nodes[i]), detail::stored_text(row, "name", best[i].name), best[i].score});
    }
    return hits;
  });
}

std::vector<std::string> Reader::suggestions(std::string_view name) const {
  return guarded("looking up names", [&] {
    constexpr std::size_t enough = 5;
    SQLite::Database& connection = connection_behind(*database_);
    std::vector<std::string> ids;
    std::set<std::string> seen;
    const auto add = [&](const std::string& id) {
      if (ids.size() < enough && seen.insert(id).second) ids.push_back(id);
    };
    std::vector<std::string> names;
    std::multimap<std::string, std::string> id_of;
    for_each_near_name(connection, name, [&](std::string near, std::string id) {
      id_of.emplace(near, std::move(id));
      names.push_back(std::move(near));
    });
    for (const std::string& near : suggest(name, names, 2 * enough)) {
      const auto [first, last] = id_of.equal_range(near);
      for (auto it = first; it != last; ++it) add(it->second);
    }
    for (const SearchHit& hit : search(name, enough)) add(hit.node.id);
    for (const std::string& id : sharing_words(name, id_of)) add(id);
    return ids;
  });
}

}  // namespace chokepoint
