#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/concentration.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/restrictions.hpp"
#include "chokepoint/query/session.hpp"
#include "chokepoint/query/timeline.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

struct BriefParams {
  std::string node = {};  ///< id, label, alias or code
  std::size_t limit = 6;  ///< statements of a list; 0 for all
  bool drawn = false;     ///< also what pictures of it are drawn from
  unsigned threads = 1;   ///< of the search for chokepoints; the answer is the same for any number
  ViewParams view = {};
  std::function<bool()> keep_going = {};  ///< asked by that search now and then; false stops it
};

/// What kind of page it is: by the layer and the roles of the node, never by its type.
enum class BriefKind : std::uint8_t { thing, actor, place, measure };
std::string_view to_string(BriefKind kind);

/// A requirement group of the node (tier 1) or of what it needs (tier 2), as `depends` says.
struct BriefNeed {
  std::string of;  ///< who needs it: on tier 1 the node, or what it is a variant of
  std::uint32_t tier = 1;
  std::string type;            ///< edge type
  bool needs_from = false;     ///< of the edge type: `from` depends on `to`
  std::string rule;            ///< all, any, some, choice, soft, asked
  std::uint32_t k = 0, n = 0;  ///< how many of how many are needed
  std::string item;            ///< of a delivery; else empty
  std::vector<Edge> edges;     ///< those that say so
  [[nodiscard]] const std::string& member(const Edge& edge) const { return needs_from ? edge.to : edge.from; }
  [[nodiscard]] bool is_sole() const { return n == 1 && (rule == "any" || rule == "choice"); }
};

/// A minimal cut set, as `chokepoints` says.
struct BriefCutSet {
  std::vector<std::string> members;
  bool any = false, all = false;     ///< under which reading of unsettled variants
  std::string holder = {};           ///< of one thing: the only firm or place that makes it, see `rank_stops`
  std::vector<std::string> sources;  ///< ids of what proves it; empty where it was not proved
};

struct BriefStops {
  bool asked = false;  ///< false: the graph is too large to search beside other questions
  std::size_t order = 2;
  bool complete = true;
  bool impossible = false;            ///< as things stand
  std::vector<std::string> policies;  ///< then: without which it is possible again
  std::vector<BriefCutSet> alone;     ///< as `rank_stops` has them, then those of one reading, nearest first
  std::vector<BriefCutSet> pairs;
  RemainderSets with_remainder;  ///< further sets, which nobody can bring about
};

/// Who rests on the node: as `dependents` and `whatif --remove` say.
struct BriefDependents {
  std::size_t count = 0, direct = 0;
  std::vector<std::pair<std::string, std::size_t>> types;  ///< node type and how many; most first
  std::vector<std::string> stopped;  ///< impossible without it, in every reading; most important first
  std::size_t may_stop = 0;          ///< only when all variants are needed
  std::vector<Edge> edges;           ///< of those who rest on it directly
};

/// One supply as `concentration` says.
struct BriefConcentration {
  std::string node, customer, top;
  bool by_place = false;
  double recorded_sum = 1;  ///< a share times it is as recorded, see Concentration
  std::uint64_t suppliers = 0;
  double hhi_low = 0, hhi_high = 0, top_share = 0, share_sum = 0;
  bool complete = false;
  std::vector<std::string> sources;
};

/// Something that began, ended or was announced in the year before the day.
struct BriefChange {
  enum class What : std::uint8_t { began, ended, announced, effective, suspended };
  What what = What::began;
  std::string date;     ///< as written
  std::string measure;  ///< the measure; empty: the edge began or ended
  std::optional<Edge> edge;
  std::vector<Citation> sources;
};

/// The figure of a series that counts, with the claims that rival it.
struct BriefFigure {
  Observation figure;
  std::vector<Observation> rivals;
};

/// What a measure does besides restricting.
struct BriefMeasure {
  std::string announced, effective, suspended, since, until;
  std::vector<Edge> issued, amends, amended_by, targets;
};

/// What the page could not say.
struct BriefUnknown {
  std::uint64_t without_supplier = 0, supplies = 0, unknown_shares = 0, rests = 0, edges = 0, on_one_source = 0;
  std::vector<std::string> unsupplied;  ///< ids of the things of which nobody is recorded to supply them
};

/// The part of the graph that a page shows.
struct BriefPart {
  std::shared_ptr<const View> view;
  std::vector<Vertex> vertices;  ///< sorted
  std::vector<Arc> arcs;         ///< sorted
};

/// What pictures of a brief are drawn from.
struct BriefDrawn {
  std::optional<BriefPart> needs;               ///< the node and what the page says that it needs
  std::shared_ptr<const CutSetsResult> stops;   ///< where something stops it
  std::optional<ConcentrationResult> supplies;  ///< of a thing
  std::optional<TimelineResult> timeline;       ///< of what is no place
};

struct BriefResult {
  Node node;
  BriefKind kind = BriefKind::thing;
  bool is_there = true;             ///< false: it begins after the day, or has ended
  std::vector<Edge> identity;       ///< seat, maker, owner, kind, whole, issuer
  std::vector<BriefNeed> needs;     ///< by tier; what only one is recorded for first
  std::size_t rests_on = 0;         ///< nodes that it depends on
  std::optional<BriefStops> stops;  ///< of what can be stopped
  std::optional<BriefDependents> dependents;
  std::vector<BriefConcentration> concentration;
  std::optional<BriefMeasure> measure;
  std::optional<RestrictionsResult> restricted;  ///< what bears on it; of a measure: what it does
  std::vector<Restriction> restricted_needs;     ///< on what it needs directly, acting; strictest first
  std::optional<RestrictionsResult> market;      ///< of a place: what is restricted there
  std::optional<RestrictionsResult> issued;      ///< of a place or an actor: what it restricts
  std::vector<Edge> seats;                       ///< of a place: what has its seat there
  std::vector<BriefChange> changes;              ///< latest first
  std::vector<BriefFigure> figures;              ///< rivals first, then the latest
  BriefUnknown unknown;
  std::vector<Source> sources;  ///< of everything above, sorted by id
  std::size_t limit = 6;
  bool is_large = false;  ///< parts were left out, since the graph is large
  BriefDrawn drawn;       ///< empty where it was not asked for
};

/// Everything that is known of one node, in one page's worth. What it says is what `depends`, `chokepoints`, `whatif`,
/// `concentration`, `restrictions`, `timeline` and `figures` say: they are asked.
/// @throws NotFoundError, UsageError
BriefResult make_brief(Session& session, const BriefParams& params);

}  // namespace chokepoint
