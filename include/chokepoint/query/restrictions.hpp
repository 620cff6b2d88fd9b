#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// Which restrictions; empty texts do not filter. Nodes are named by id, label, alias or code.
struct RestrictionsParams {
  std::string market = {};              ///< they hold there; a thing is taken as `item`, a measure as `issuer`
  std::string item = {};                ///< they bear on it, on a variant of it or on what it is a variant of
  std::string issuer = {};              ///< who issued them, or where that was done
  std::vector<std::string> types = {};  ///< node types of what is restricted
  ViewParams view = {};
};

/// One edge of the restricting role that has begun and not ended.
struct Restriction {
  Edge edge;
  bool is_on_actor = false;
  std::string mode;                       ///< ban, licence …
  std::size_t mode_order = 0;             ///< its place among the modes of the ontology: 0 cuts wholly
  std::string since;                      ///< acts from here, as written; empty: nobody dates it
  std::optional<Date> first_day;          ///< of `since`
  std::optional<Validity> pause;          ///< the suspension that it stands in; absent: it acts
  std::vector<std::string> issuers;       ///< ids, sorted
  std::vector<std::string> jurisdiction;  ///< ids of places, sorted
};

/// Who adapts to one of the policies, and what closed that way.
struct RestrictionResponse {
  std::string response, to;  ///< ids
  std::string since;         ///< as written; empty: undated
  std::string closed_by;     ///< the policy; empty: it is open
  std::optional<Date> closed_since;
  bool is_measure = false;  ///< a measure of another government: an answer, and nothing adapted
  Edge edge;
};

/// What stands in for something restricted.
struct RestrictionSubstitute {
  std::string substitute, of;  ///< ids
  Edge edge;
};

struct RestrictionsResult {
  std::string market, item, issuer;                ///< ids of what was asked for
  std::vector<Restriction> acting, suspended;      ///< things before actors; by what is restricted, market, strictness
  std::vector<RestrictionResponse> responses;      ///< to their policies; by response, policy
  std::vector<RestrictionSubstitute> substitutes;  ///< of what acting ones restrict; by thing, substitute
  std::size_t not_begun = 0, ended = 0, not_stated = 0, in_parts = 0, without_place = 0;  ///< not listed
  std::shared_ptr<const View> view;  ///< perhaps of the part of the graph that is asked about
  ViewCoverage left_out;             ///< of the whole graph
};

/// What is restricted in a market on the session's day, by whom and since when; each edge is judged by itself, and what
/// is suspended acts not (graph/SEMANTICS.md §4).
/// @throws NotFoundError, UsageError
RestrictionsResult find_restrictions(Session& session, const RestrictionsParams& params);

}  // namespace chokepoint
