#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/evidence_summary.hpp"
#include "present/chokepoints/cut_set_tree.hpp"
#include "present/chokepoints/cut_sets_json.hpp"
#include "present/words/chain.hpp"
#include "present/words/evidence.hpp"
#include "present/words/headlines.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/subgraphs.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

/// The longest chain whose sources are counted for a row of the table.
constexpr std::size_t most_footing_links = 1000;
/// A set with the readings in which it is one.
struct ShownSet {
  const CutSet* any = nullptr;
  const CutSet* all = nullptr;
  [[nodiscard]] const CutSet& set() const { return any != nullptr ? *any : *all; }
  [[nodiscard]] Variants variants() const { return any != nullptr ? Variants::any : Variants::all; }
};
/// By size, then members. A set of one reading may be no minimal set of the other.
using ShownSets = std::map<std::pair<std::size_t, std::vector<Vertex>>, ShownSet>;

ShownSets shown_sets(const CutSetsResult& found) {
  ShownSets sets;
  for (const CutSet& set : found.any.sets) sets[{set.members.size(), set.members}].any = &set;
  for (const CutSet& set : found.all.sets) sets[{set.members.size(), set.members}].all = &set;
  return sets;
}

/// Writes one result as an answer.
class CutSetsWriter {
 public:
  CutSetsWriter(Session& session, std::shared_ptr<const CutSetsResult> found, const ChokepointsStyle& style,
                std::vector<RankedStop> ranked)
      : session_(&session),
        names_(session),
        shared_(std::move(found)),
        style_(style),
        sets_(shown_sets(*shared_)),
        ranked_(std::move(ranked)) {
    for (std::size_t i = 0; i < ranked_.size(); ++i) place_of_.emplace(ranked_[i].vertex, i);
  }

  Answer write() {
    answer_.negative = found().nothing();
    write_result();
    write_sets();
    write_near();
    write_data();
    if (style_.why) write_proofs();
    write_remarks();
    write_subgraph();
    write_coverage();
    answer_.pictures.push_back({"fault-tree", [session = session_, shared = shared_] {
                                  return DrawnPicture(detail::cut_set_tree(*session, *shared));
                                }});
    return std::move(answer_);
  }

 private:
  [[nodiscard]] const CutSetsResult& found() const { return *shared_; }
  [[nodiscard]] const Session& session() const { return *session_; }
  [[nodiscard]] const Snapshot& snapshot() const { return found().view->snapshot(); }
  [[nodiscard]] std::string id(Vertex v) const { return std::string(snapshot().id(v)); }
  [[nodiscard]] std::string target_name() const { return detail::named(session(), found().target); }
  std::string names_of(const std::vector<Vertex>& members) {
    std::string text;
    for (const Vertex v : members) detail::append_part(session(), text, names_.named(id(v)));
    return text;
  }

  void write_result() {
    const auto& layers = found().layers;
    answer_.result.set("target", detail::ref_json(session(), found().target));
    answer_.result.set("layer", layers.size() > 1 ? "each" : to_string(layers.front().layer));
    answer_.result.set("in_force", detail::ids_json(snapshot(), found().in_force));
    answer_.result.set("without", detail::ids_json(snapshot(), found().without));
    Json bounds = Json::array();
    bounds.push(reading_json(found().any));
    if (found().variants_met) {
      bounds.push(reading_json(found().all));
    } else {
      Json same = bounds.as_array().front();
      same.as_object().front().second = "all";
      bounds.push(std::move(same));
    }
    answer_.result.set("bounds", std::move(bounds));
    answer_.result.set("ranking", detail::ranking_json(snapshot(), ranked_));
    answer_.result.set("variants_met", found().variants_met);
    answer_.result.set("complete", found().complete());
    answer_.result.set("order_done", found().order_done());
  }

  Json reading_json(const CutSetsReading& reading) {
    return detail::cut_sets_json(*session_, found(), reading, style_.why ? &unproved_ : nullptr);
  }

  /// The sets as a table has them: of one node by their rank, then those that are none where any variant does, then
  /// larger ones.
  [[nodiscard]] std::vector<const ShownSets::value_type*> sets_in_order() const {
    std::vector<const ShownSets::value_type*> order;
    for (const auto& each : sets_) order.push_back(&each);
    std::ranges::stable_sort(order, {}, [&](const ShownSets::value_type* each) {
      const auto place = place_of_.find(each->first.second.front());
      const bool is_single = each->first.first == 1;
      return std::pair(each->first.first, !is_single ? 0 : place == place_of_.end() ? ranked_.size() : place->second);
    });
    return order;
  }

  /// The table of sets and its data; for people the headlines, too.
  void write_sets() {
    if (sets_.empty()) return;
    Table table = sets_table();
    shown_ = table.rows.size();
    if (style_.people) {
      write_headlines();
      join_readings(table);
    }
    answer_.tables.push_back(std::move(table));
  }

  void write_data() {
    answer_.data.push_back(sets_data());
    answer_.data.push_back(near_data());
  }

  Table sets_table() {
    Table table;
    table.title = detail::say(session(), "Minimal cut sets of {}", target_name());
    table.columns = {
        detail::column(session(), "size", "Size"),        detail::column(session(), "members", "Members", true),
        detail::column(session(), "any", "Variants any"), detail::column(session(), "all", "Variants all"),
        detail::column(session(), "reason", "Reason"),    detail::column(session(), "rests_on", "Rests on", true)};
    // What a set rests on takes an assessment of its own; on large graphs only --why asks for that.
    const bool tells_footing = style_.why || snapshot().edge_count() <= 200'000;
    std::size_t walked = 0;
    for (const auto* each : sets_in_order()) {
      const auto& [key, shown] = *each;
      if (style_.limit > 0 && table.rows.size() == style_.limit) break;
      const bool is_told = tells_footing && (walked += snapshot().vertex_count()) <= detail::most_walked;
      table.rows.push_back({static_cast<std::int64_t>(key.first), names_of(key.second), shown.any != nullptr,
                            shown.all != nullptr,
                            shown.set().reason == CutReason::seat ? detail::word(session(), "seat") : std::string(),
                            is_told ? footing_of(shown) : std::string()});
    }
    return table;
  }

  /// With what is told of nodes that stop it alone, and sets that need a remainder.
  [[nodiscard]] Table sets_data() const {
    Table data =
        detail::data_table("cut_sets", {"size", "members", "any", "all", "reason", "hands", "holder", "tier", "stops"});
    const auto heads = [&](const std::vector<Vertex>& members, bool any, bool all, std::string_view reason) {
      std::string ids;
      for (const Vertex v : members) ids += (ids.empty() ? "" : " ") + id(v);
      return std::vector<Cell>{static_cast<std::int64_t>(members.size()), ids, any, all, std::string(reason)};
    };
    for (const auto& [key, shown] : sets_) {
      std::vector<Cell> row = heads(key.second, shown.any != nullptr, shown.all != nullptr,
                                    shown.set().reason == CutReason::seat ? "seat" : "");
      const auto ranked = place_of_.find(key.second.front());
      const RankedStop stop = key.first == 1 && ranked != place_of_.end() ? ranked_[ranked->second] : RankedStop{};
      const bool is_held = stop.holder != no_vertex;
      row.insert(row.end(),
                 {is_held ? Cell(std::string(to_string(stop.hands))) : Cell(), is_held ? Cell(id(stop.holder)) : Cell(),
                  stop.tier ? Cell(std::int64_t{*stop.tier}) : Cell(),
                  stop.stops ? Cell(static_cast<std::int64_t>(*stop.stops)) : Cell()});
      data.rows.push_back(std::move(row));
    }
    for (const CutSetsReading* reading : {&found().any, found().variants_met ? &found().all : nullptr})
      if (reading != nullptr)
        for (const CutSet& set : reading->with_remainder) {
          const bool is_any = reading == &found().any;
          data.rows.push_back(heads(set.members, is_any, !is_any || !found().variants_met, "remainder"));
          data.rows.back().resize(data.columns.size());
        }
    return data;
  }

  [[nodiscard]] Table near_data() const {
    Table data = detail::data_table("near", {"id", "any_low", "any_high", "all_low", "all_high"});
    for (const NearLoss& loss : found().near)
      data.rows.push_back({id(loss.vertex), loss.any.low, loss.any.high, loss.all.low, loss.all.high});
    return data;
  }

  /// How well the chain from a set to the target is sourced, for people.
  std::string footing_of(const ShownSet& shown) {
    std::set<Arc> arcs;
    const NodeFate fate = prove(found(), shown.set(), shown.variants());
    if (fate.chain.size() > most_footing_links) return {};
    for (const ChainLink& link : fate.chain)
      for (const LinkMember& member : link.members)
        if (member.arc != no_arc) arcs.insert(member.arc);
    return detail::evidence_text(session(),
                                 summarise_evidence(session(), snapshot(), std::vector<Arc>(arcs.begin(), arcs.end())));
  }

  /// What stops it alone, nearly, and in pairs, above the table.
  void write_headlines() {
    answer_.title = detail::say(session(), "What stops {}", target_name());
    auto& heading = answer_.heading;
    detail::add_stop_lines(names_, snapshot(), ranked_, heading);
    constexpr std::size_t most_named = 4;
    const std::vector<NearLoss>& near = found().near;
    std::string nearly;
    for (std::size_t i = 0; i < std::min(near.size(), most_named); ++i)
      detail::append_part(session(), nearly,
                          detail::say(session(), "{} leaves {}", names_.label(id(near[i].vertex)),
                                      detail::percent_text(near[i].all.low, near[i].any.high)));
    if (near.size() > most_named) nearly += fmt::format(" +{}", near.size() - most_named);
    if (!nearly.empty()) heading.push_back(detail::say(session(), "nearly: {}", nearly));
    add_pairs_line();
    heading.insert(heading.begin(), detail::headline(names_, "chokepoints", answer_.result));
  }

  /// The first pairs of the reading in which any variant does, which the headline counts.
  void add_pairs_line() {
    constexpr std::size_t most_named = 3;
    std::size_t pairs = 0;
    std::string text;
    for (const auto& [key, shown] : sets_) {
      if (shown.any == nullptr || key.first != 2 || ++pairs > most_named) continue;
      detail::append_part(session(), text, names_.label(id(key.second[0])) + " + " + names_.label(id(key.second[1])));
    }
    if (pairs == 0) return;
    if (pairs > most_named) text += fmt::format(" +{}", pairs - most_named);
    answer_.heading.push_back(detail::say(session(), "pairs that stop it, neither alone: {} ({})", pairs, text));
  }

  /// Equal readings are one; others are said in words.
  void join_readings(Table& table) const {
    if (!found().variants_met) {
      table.columns.erase(table.columns.begin() + 2, table.columns.begin() + 4);
      for (std::vector<Cell>& row : table.rows) row.erase(row.begin() + 2, row.begin() + 4);
      return;
    }
    table.columns[2] = detail::column(session(), "when", "Condition");
    table.columns.erase(table.columns.begin() + 3);
    for (std::vector<Cell>& row : table.rows) {
      row[2] = detail::word(session(), row[2] == Cell(true) && row[3] == Cell(true) ? "always"
                                       : row[3] == Cell(true)                       ? "all variants needed"
                                                                                    : "any variant does");
      row.erase(row.begin() + 3);
    }
  }

  void write_near() {
    const std::vector<NearLoss>& near = found().near;
    if (near.empty()) return;
    const bool is_equal = std::ranges::all_of(near, [](const NearLoss& loss) { return loss.any == loss.all; });
    Table table;
    table.title = detail::say(session(), "Nearly: what is left when it alone goes ({})", near.size());
    table.columns = {detail::column(session(), "node", "Without", true)};
    if (is_equal) {
      table.columns.push_back(detail::column(session(), "left", "Leaves"));
    } else {
      table.columns.push_back(detail::column(session(), "any", "Variants any"));
      table.columns.push_back(detail::column(session(), "all", "Variants all"));
    }
    for (const NearLoss& loss : near) {
      if (style_.limit > 0 && table.rows.size() == style_.limit) break;
      table.rows.push_back({names_.named(id(loss.vertex)), detail::percent_text(loss.any.low, loss.any.high)});
      if (!is_equal) table.rows.back().emplace_back(detail::percent_text(loss.all.low, loss.all.high));
    }
    answer_.tables.push_back(std::move(table));
  }

  /// Why the first sets stop it, for people.
  void write_proofs() {
    constexpr std::size_t explained = 10;  // a screen; JSON has them all
    std::size_t count = 0;
    for (const auto* each : sets_in_order()) {
      const auto& [key, shown] = *each;
      if (++count > explained) break;
      const NodeFate fate = prove(found(), shown.set(), shown.variants());
      const std::string title = detail::say(session(), "Why {}", names_of(key.second));
      if (style_.people)
        detail::append_chain_tree(names_, snapshot(), fate, title, answer_.drawing);
      else
        answer_.tables.push_back(detail::chain_table(names_, snapshot(), fate, title));
    }
  }

  void write_remarks() {
    auto& remarks = answer_.remarks;
    if (found().impossible())
      remarks.push_back(detail::impossible_text(names_, found()));
    else if (sets_.empty())
      remarks.push_back(detail::say(session(), "no loss of up to {} nodes stops {}, as far as suppliers are recorded",
                                    found().order, target_name()));
    detail::add_remainder_line(names_, remainder_sets(found()), remarks);
    if (sets_.size() > shown_)
      remarks.push_back(detail::say(session(), "{} more sets; --limit 0 lists all", sets_.size() - shown_));
    if (unproved_ > 0)
      remarks.push_back(detail::say(
          session(), "sets without a certificate in JSON: {}; `whatif --remove SET --target {} --why` proves one",
          unproved_, found().target.id));
    if (!found().variants_met && !sets_.empty())
      remarks.push_back(detail::say(session(), "no unsettled variants are met: both readings are equal"));
    if (!found().in_force.empty())
      remarks.push_back(detail::say(session(), "policies in force on {}: {}; --without leaves one out",
                                    to_string(session().as_of()), found().in_force.size()));
    if (!found().complete())
      remarks.push_back(
          detail::say(session(), "the search was stopped; sets of up to {} nodes are complete", found().order_done()));
  }

  /// What lies between the target and whoever is in a set, marked by the smallest of their sets.
  void write_subgraph() {
    std::map<Vertex, std::int64_t> smallest;
    std::set<Vertex> touched{found().vertex};
    for (const auto& [key, shown] : sets_)
      for (const Vertex v : key.second) {
        touched.insert(v);
        smallest.emplace(v, static_cast<std::int64_t>(key.first));
      }
    const std::vector<Vertex> members(touched.begin(), touched.end());
    Subgraph subgraph = detail::subgraph_between(found().view, found().vertex, members);
    auto& column = subgraph.columns.by_name["smallest_cut_set"];
    for (const Vertex v : subgraph.vertices) {
      subgraph.marks.push_back(v == found().vertex    ? Mark::subject
                               : smallest.contains(v) ? Mark::chokepoint
                                                      : Mark::none);
      column.push_back(smallest.contains(v) ? Cell(smallest.at(v)) : Cell());
    }
    touched_ = subgraph.vertices;
    answer_.title = detail::say(session(), "What stops {}", target_name());
    answer_.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  }

  /// What the target rests on in any of the layers that were read.
  void write_coverage() {
    answer_.coverage = coverage_of(*session_, *found().view, touched_, found().left_out);
    Json layers = Json::array();
    for (const TargetCoverage& each : found().layers) {
      Json entry = detail::coverage_json(session(), snapshot(), each.requirements, each.evidence);
      entry.set("layer", to_string(each.layer));
      layers.push(std::move(entry));
    }
    for (std::string& remark : detail::coverage_remarks(session(), found().layers.back().requirements))
      answer_.remarks.push_back(std::move(remark));
    answer_.coverage.set("requirements", layers.as_array().back());
    if (found().layers.size() > 1) answer_.coverage.set("layers", std::move(layers));
  }

  Session* session_;
  Names names_;
  std::shared_ptr<const CutSetsResult> shared_;
  ChokepointsStyle style_;
  ShownSets sets_;
  std::vector<RankedStop> ranked_;          ///< nodes that stop it alone
  std::map<Vertex, std::size_t> place_of_;  ///< of them by vertex
  std::size_t shown_ = 0;                   ///< rows of the table of sets
  std::vector<Vertex> touched_;             ///< vertices of the subgraph
  std::size_t unproved_ = 0;                ///< sets of a reading without a certificate
  Answer answer_{.command = "chokepoints", .result = Json::object(), .coverage = Json::object()};
};

}  // namespace

Answer chokepoints_answer(Session& session, const CutSetsResult& found, const ChokepointsStyle& style) {
  return CutSetsWriter(session, std::make_shared<const CutSetsResult>(found), style, rank_stops(session, found))
      .write();
}

std::vector<Answer> chokepoints_answers(Session& session, const std::vector<CutSetsResult>& found,
                                        const ChokepointsStyle& style) {
  std::vector<const CutSetsResult*> all;
  for (const CutSetsResult& each : found) all.push_back(&each);
  std::vector<std::vector<RankedStop>> ranked = rank_stops(session, all);
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < found.size(); ++i)
    answers.push_back(
        CutSetsWriter(session, std::make_shared<const CutSetsResult>(found[i]), style, std::move(ranked[i])).write());
  return answers;
}

}  // namespace chokepoint
