#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/session.hpp"

#include <map>
#include <string>
#include <string_view>

namespace chokepoint {

/// Which facts are later than the session's day and hence out of what is told of it (semantics, facts, claims and
/// dates): they begin later, or are about a later time, or one of the nodes they name comes later. What was forecast,
/// planned or recommended is about a later time as a rule; it is out where all who say so said it later.
class Later {
 public:
  explicit Later(const Session& session) : session_(&session) {}

  [[nodiscard]] bool is_later(const Node& node) const { return begins_later(node.since); }
  [[nodiscard]] bool is_later(const Edge& edge);
  [[nodiscard]] bool is_later(const Observation& figure);
  /// Whether a partial date begins after the day. Empty and unreadable ones do not.
  [[nodiscard]] bool begins_later(std::string_view partial_date) const;

 private:
  [[nodiscard]] bool is_forward(Status status, const std::vector<Citation>& citations);
  [[nodiscard]] bool node_comes_later(const std::string& id);

  const Session* session_;
  std::map<std::string, bool, std::less<>> nodes_, sources_;
};

}  // namespace chokepoint
