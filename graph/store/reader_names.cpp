#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "store/bigrams.hpp"
#include "store/impl.hpp"
#include "store/rows.hpp"
#include "store/stored_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

namespace chokepoint {

using detail::guarded;

namespace {

SQLite::Database& connection_behind(const Database& database) { return *database.impl().connection; }

bool search_index_is_current(SQLite::Database& connection) {
  SQLite::Statement statement(connection, "SELECT revision = search_revision FROM state");
  return statement.executeStep() && statement.getColumn(0).getInt() == 1;
}

/// A folded text that is searched for.
struct Wanted {
  std::string text;
  std::vector<std::string> words;
};

/// Whether every word occurs in a folded name, spaces and hyphens in the name being no hindrance.
bool contains_all(const std::string& name, const std::vector<std::string>& words) {
  std::string plain;
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    if (name.find(word) != std::string::npos) return true;
    if (plain.empty()) plain = detail::squeezed(name);
    return plain.find(word) != std::string::npos;
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

/// Gathers the names of one node after the other and keeps the nodes that match.
class Matches {
 public:
  explicit Matches(const Wanted& wanted) : wanted_(wanted) {}

  void add(std::int64_t key, const std::string& id, const std::string& folded, std::string name) {
    if (key != now_.key) finish();
    if (key != now_.key) now_ = {key, id, -1, {}};
    if (all_.empty()) first_name_ = name;
    (all_ += folded) += '\n';
    if (!contains_all(folded, wanted_.words)) return;
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
    if (now_.key != 0 && now_.score < 0 && contains_all(all_, wanted_.words)) {
      now_.score = 0;
      now_.name = first_name_;
    }
    if (now_.key != 0 && now_.score >= 0) list_.push_back(std::move(now_));
    now_ = {};
    all_.clear();
  }

  const Wanted& wanted_;
  Best now_;
  std::string all_, first_name_;
  std::vector<Best> list_;
};

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
    // The bigram index finds nodes that may match; the names decide. After edits with other tools the index may lag,
    // then every name is looked at.
    const bool indexed = search_index_is_current(connection);
    SQLite::Statement statement(
        connection, indexed
                        ? "SELECT a.node, n.id, a.folded, a.name FROM alias a JOIN node n ON n.key = a.node WHERE "
                          "a.node IN (SELECT "
                          "rowid FROM name_index WHERE name_index MATCH ?) ORDER BY a.node, a.kind DESC, a.tag, a.name"
                        : "SELECT a.node, n.id, a.folded, a.name FROM alias a JOIN node n ON n.key = a.node ORDER BY "
                          "a.node, a.kind "
                          "DESC, a.tag, a.name");
    if (indexed) statement.bind(1, detail::match_expression(wanted.text));
    Matches matches(wanted);
    while (statement.executeStep())
      matches.add(statement.getColumn(0).getInt64(), statement.getColumn(1).getString(),
                  statement.getColumn(2).getString(), statement.getColumn(3).getString());
    const std::vector<Best> best = matches.take(limit);
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
    // Names that share a pair of characters with the text are near enough to compare one by one.
    std::string expression;
    for (const std::string& token : detail::bigrams(fold(name)))
      expression += (expression.empty() ? "\"" : " OR \"") + token + '"';
    if (expression.empty()) return ids;
    SQLite::Statement statement(
        connection,
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
