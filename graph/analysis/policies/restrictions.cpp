#include "analysis/policies/restrictions.hpp"

#include "analysis/policies/policy_rules.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <unordered_map>

namespace chokepoint {

namespace {

using detail::Containment;
using detail::EdgeRule;
using detail::Market;

/// Says of one restriction after the other whether the question is about it.
class Scope {
 public:
  Scope(const View& view, const RestrictionQuestion& question)
      : view_(&view),
        question_(&question),
        rules_(detail::edge_rules(view.snapshot().ontology())),
        containment_(view, rules_, false) {
    if (!question.item) return;
    family_ = detail::variant_closure(view, rules_, *question.item);
    const std::vector<Vertex> generics = detail::generic_closure(view, rules_, family_);
    family_.insert(family_.end(), generics.begin(), generics.end());
    detail::sort_unique(family_);
  }

  [[nodiscard]] bool bears_on_item(Arc e) const {
    const SnapshotColumns& columns = view_->snapshot().columns();
    const Vertex item = columns.item[e];
    const bool is_type =
        question_->node_types.empty() ||
        std::ranges::find(question_->node_types, columns.node_type[columns.to[e]]) != question_->node_types.end();
    const auto is_kin = [&](Vertex v) { return std::ranges::binary_search(family_, v); };
    return is_type && (!question_->item || is_kin(columns.to[e]) || (item != no_vertex && is_kin(item)));
  }

  /// Who issued a policy, and where these rule.
  struct Issue {
    std::vector<Vertex> issuers, jurisdiction;
  };
  const Issue& issue(Vertex policy) {
    const auto [place, is_new] = issues_.try_emplace(policy);
    if (!is_new) return place->second;
    std::vector<Vertex>& issuers = place->second.issuers;
    if (view_->snapshot().layer(policy) != Layer::none) issuers.push_back(policy);
    detail::for_each_in(*view_, Role::issue, policy,
                        [&](Arc e) { issuers.push_back(view_->snapshot().columns().from[e]); });
    detail::sort_unique(issuers);
    place->second.jurisdiction = detail::jurisdiction(*view_, rules_, policy);
    return place->second;
  }

  bool is_issued_by(Vertex policy, const StandingRestriction& restriction) {
    if (!question_->issuer) return true;
    const Vertex wanted = *question_->issuer;
    const auto has = [&](const std::vector<Vertex>& list) { return std::ranges::binary_search(list, wanted); };
    return policy == wanted || has(restriction.issuers) || has(restriction.jurisdiction) ||
           std::ranges::any_of(restriction.issuers, [&](Vertex v) { return containment_.is_in(v, {wanted}); });
  }

  /// Whoever asks about an actor does not ask what other actors of its market may not require: these restrictions cut
  /// nothing of what it receives. One on an actor outside the market does, see graph/SEMANTICS.md §4.2.
  bool is_of_another_actor(Arc e, const Market& market) {
    const Snapshot& snapshot = view_->snapshot();
    const Vertex restricted = snapshot.columns().to[e], wanted = *question_->market;
    if (snapshot.layer(wanted) != Layer::actor || snapshot.layer(restricted) != Layer::actor) return false;
    return restricted != wanted && market.contains(restricted, containment_) &&
           !containment_.is_in(wanted, {restricted});
  }

  enum class Where : std::uint8_t { there, in_part, elsewhere, nowhere };
  Where place(Arc e, const std::vector<Vertex>& jurisdiction) {
    const Vertex stated = view_->snapshot().columns().market[e];
    if (stated == no_vertex && jurisdiction.empty()) return Where::nowhere;
    if (!question_->market) return Where::there;
    const Vertex wanted = *question_->market;
    const Market market = stated == no_vertex ? Market{true, jurisdiction} : Market{false, {stated}};
    if (is_of_another_actor(e, market)) return Where::elsewhere;
    if (market.contains(wanted, containment_)) return Where::there;
    return stated != no_vertex && containment_.is_in(stated, {wanted}) ? Where::in_part : Where::elsewhere;
  }

 private:
  const View* view_;
  const RestrictionQuestion* question_;
  std::vector<EdgeRule> rules_;
  Containment containment_;
  std::unordered_map<Vertex, Issue> issues_;
  std::vector<Vertex> family_;  ///< the item, its variants and what it is a variant of; sorted
};

std::optional<Validity> pause_of(std::span<const PolicyTerms> terms, Vertex policy, Date day) {
  const auto own = std::ranges::find(terms, policy, &PolicyTerms::policy);
  if (own == terms.end()) return std::nullopt;
  const auto pause = std::ranges::find_if(own->suspended, [&](const Validity& each) { return each.contains(day); });
  return pause == own->suspended.end() ? std::nullopt : std::optional(*pause);
}

}  // namespace

RestrictionReport standing_restrictions(const View& view, std::span<const PolicyTerms> terms,
                                        const RestrictionQuestion& question) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  const Date day = view.options().as_of;
  Scope scope(view, question);
  RestrictionReport report;
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    if (snapshot.role(e) != Role::restrict || !scope.bears_on_item(e)) continue;
    const Fate fate = view.fate(e);
    // A claim that lost says nothing that the one that counts does not.
    if (fate == Fate::rival || fate == Fate::superseded || fate == Fate::unwanted) continue;
    const Vertex policy = columns.from[e];
    StandingRestriction found;
    found.arc = e;
    found.issuers = scope.issue(policy).issuers;
    found.jurisdiction = scope.issue(policy).jurisdiction;
    if (!scope.is_issued_by(policy, found)) continue;
    const Scope::Where where = scope.place(e, found.jurisdiction);
    if (where == Scope::Where::elsewhere) continue;
    found.since = detail::start_of(columns, terms, e);
    const bool is_over = columns.valid_to[e] <= day.days || columns.node_to[policy] <= day.days ||
                         columns.node_to[columns.to[e]] <= day.days;
    if (where == Scope::Where::nowhere) {
      ++report.without_place;
    } else if (where == Scope::Where::in_part) {
      report.in_parts += fate == Fate::counts ? 1U : 0U;
    } else if (fate == Fate::other_status || fate == Fate::low_confidence) {
      ++report.not_stated;
    } else if (is_over) {
      ++report.ended;
    } else if (fate == Fate::other_day || (found.since && day < *found.since)) {
      ++report.not_begun;
    } else {
      found.pause = pause_of(terms, policy, day);
      report.standing.push_back(std::move(found));
    }
  }
  return report;
}

}  // namespace chokepoint
