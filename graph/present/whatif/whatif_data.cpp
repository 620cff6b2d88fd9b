#include "present/whatif/whatif_data.hpp"

#include "present/whatif/loss_causes.hpp"
#include "present/whatif/loss_doubts.hpp"
#include "present/whatif/subject_names.hpp"
#include "present/whatif/whatif_parts.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/whatif/whatif_tables.hpp"
#include "present/words/chain.hpp"
#include "present/words/wording.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

class WhatIfData {
 public:
  WhatIfData(Session& session, const WhatIfResult& result)
      : session_(&session), names_(session), result_(&result), found_(&result.found) {
    for (const LossCause& row : losses_by_cause(*result.view, *found_)) {
      causes_.emplace(row.cause, row.cause);
      for (const Subject& other : row.others) causes_.emplace(other, row.cause);
    }
    for (const ReducedCause& row : reductions_by_cause(*result.view, *found_))
      for (const Subject& each : row.reduced) causes_.emplace(each, row.cause);
  }

  std::vector<Table> tables() {
    std::vector<Table> all{impossible(), left(), may_be_lost(), unmet(), possible_again()};
    if (found_->baseline) {
      all.push_back(cut("cut", found_->cut_rows));
      all.push_back(cut("freed", found_->freed_rows));
      all.push_back(responses());
    }
    if (result_->why) all.push_back(why());
    return all;
  }

 private:
  [[nodiscard]] const Snapshot& snapshot() const { return result_->view->snapshot(); }
  [[nodiscard]] std::string id(const Subject& subject) const { return to_string(snapshot(), subject); }
  [[nodiscard]] std::string id(Vertex v) const { return std::string(snapshot().id(v)); }
  [[nodiscard]] std::string ids(const std::vector<Subject>& subjects) const {
    std::string text;
    for (const Subject& subject : subjects) text += (text.empty() ? "" : " ") + id(subject);
    return text;
  }
  [[nodiscard]] Cell cause_of(const Subject& subject) const {
    const auto cause = causes_.find(subject);
    return cause == causes_.end() ? Cell() : Cell(id(cause->second));
  }
  /// Id, label and type.
  std::vector<Cell> heads(const Subject& subject) {
    if (snapshot().has_names()) names_.remember(ref_of(snapshot(), subject.node));
    return {id(subject), short_name(names_, snapshot(), subject),
            subject.customer != no_vertex ? std::string("delivery") : snapshot().type(subject.node).id};
  }

  Table impossible() {
    Table table = data_table("impossible", {"id", "label", "type", "any", "all"});
    std::vector<const WhatIfBound*> bounds{&found_->state.bounds[optimistic], &found_->state.bounds[pessimistic]};
    if (found_->adapted) {
      for (const char* key : {"adapted_any", "adapted_all"}) table.columns.push_back({key, key});
      bounds.insert(bounds.end(), {&found_->adapted->bounds[optimistic], &found_->adapted->bounds[pessimistic]});
    }
    table.columns.push_back({"cause", "cause"});
    for (const Subject& subject : failures({&found_->state, found_->adapted ? &*found_->adapted : nullptr})) {
      std::vector<Cell> row = heads(subject);
      for (const WhatIfBound* bound : bounds) row.emplace_back(fails(*bound, subject));
      row.push_back(cause_of(subject));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  /// Of a question about one target that alone; else everything that has less.
  [[nodiscard]] std::vector<Subject> with_less() const {
    std::vector<Subject> order;
    if (const auto target = only_target(*result_)) order.push_back(*target);
    for (const WhatIfState* state : {&found_->state, found_->baseline ? &*found_->baseline : nullptr})
      if (state != nullptr)
        for (const WhatIfBound& bound : state->bounds)
          for (const NodeCapacity& node : bound.capacity)
            if (node.is_less() || state != &found_->state) order.push_back(node.subject);
    sort_unique(order);
    return order;
  }

  Table left() {
    Table table = data_table(
        "left", {"id", "label", "type", "before_low", "before_high", "any_low", "any_high", "all_low", "all_high"});
    if (found_->adapted)
      for (const char* key : {"adapted_low", "adapted_high"}) table.columns.push_back({key, key});
    for (const char* key : {"binding", "cause"}) table.columns.push_back({key, key});
    for (const Subject& subject : with_less()) {
      const auto& bounds = found_->state.bounds;
      std::vector<Cell> row = heads(subject);
      std::vector<Interval> left{
          found_->baseline ? left_in(*found_->baseline, subject) : left_before(found_->state, subject),
          left_of(bounds[optimistic], subject), left_of(bounds[pessimistic], subject)};
      if (found_->adapted) left.push_back(left_in(*found_->adapted, subject));
      for (const Interval& each : left) row.insert(row.end(), {each.low, each.high});
      row.insert(row.end(), {ids(binding_in(found_->state, subject)), cause_of(subject)});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table may_be_lost() {
    Table table = data_table("may_be_lost", {"id", "label", "type", "reason", "low", "high", "nodes"});
    for (const LossDoubt& doubt : loss_doubts(*result_->view, *found_, result_->scenario.keep_minor)) {
      std::vector<Cell> row = heads(doubt.cause);
      row.insert(row.end(), {std::string(to_string(doubt.kind)), doubt.left.low, doubt.left.high, ids(doubt.hanging)});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table unmet() {
    Table table = data_table("unmet", {"id", "label", "type", "item", "sources"});
    for (const UnmetNeed& need : found_->state.bounds[pessimistic].unmet) {
      std::vector<Cell> row = heads(Subject{need.place});
      row.insert(row.end(), {id(need.item), citations_of(*session_, snapshot(), {need.arc})});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table possible_again() {
    Table table = data_table("possible_again", {"id", "label", "type"});
    for (const Subject& subject : found_->state.bounds.front().possible_again) table.rows.push_back(heads(subject));
    return table;
  }

  /// A row that several edges of one policy restrict is told once.
  Table cut(const char* title, const std::vector<PolicyCut>& cuts) {
    struct Told {
      bool is_whole = false;
      std::vector<Arc> arcs;
    };
    std::map<std::tuple<Flow, Subject, Vertex>, Told> told;
    for (const PolicyCut& each : cuts) {
      Told& row = told[{each.flow, each.supplier, each.policy}];
      row.is_whole = row.is_whole || each.is_whole;
      row.arcs.insert(row.arcs.end(), {each.restriction, each.row});
    }
    Table table = data_table(title, {"id", "label", "type", "supplier", "policy", "whole", "sources"});
    for (const auto& [key, each] : told) {
      const auto& [flow, supplier, policy] = key;
      std::vector<Cell> row = heads(Subject{flow.item, flow.customer});
      row.insert(row.end(), {id(supplier), id(policy), each.is_whole, citations_of(*session_, snapshot(), each.arcs)});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table responses() {
    Table table = data_table(
        "responses", {"id", "label", "type", "policy", "since", "closed_by", "closed_since", "open", "sources"});
    for (const PolicyResponse& each : found_->response_history) {
      std::vector<Cell> row = heads(Subject{each.response});
      row.insert(row.end(), {id(each.to), since_text(*session_, snapshot(), each),
                             each.closed_by == no_vertex ? Cell() : Cell(id(each.closed_by)),
                             closed_text(*session_, snapshot(), each), is_open(*found_, each),
                             citations_of(*session_, snapshot(), {each.arc})});
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table why() {
    Table table = data_table("why", {"state", "any", "all", "step", "why", "sources"});
    const auto add = [&](const char* key, const WhatIfState& state) {
      for (const WhatIfBound& bound : state.bounds) {
        if (!bound.target || bound.target->chain.empty()) continue;
        const bool is_any = bound.variants != Variants::all;
        if (!is_any && found_->bounds_are_equal) continue;
        for (std::vector<Cell>& row : chain_table(names_, snapshot(), *bound.target, "").rows) {
          row.insert(row.begin(),
                     {std::string(key), is_any || found_->bounds_are_equal, !is_any || found_->bounds_are_equal});
          table.rows.push_back(std::move(row));
        }
      }
    };
    add("as_asked", found_->state);
    if (found_->adapted) add("adapted", *found_->adapted);
    return table;
  }

  Session* session_;
  Names names_;
  const WhatIfResult* result_;
  const WhatIf* found_;
  std::map<Subject, Subject> causes_;  ///< of what is lost or reduced
};

}  // namespace

std::vector<Table> whatif_data(Session& session, const WhatIfResult& result) {
  return WhatIfData(session, result).tables();
}

}  // namespace chokepoint::detail
