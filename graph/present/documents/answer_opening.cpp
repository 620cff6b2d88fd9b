// The first thing that a page of an answer says: its sentence and its nodes with reasons, read from the answer's JSON,
// which may be a file that somebody else wrote.

#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/support/error.hpp"
#include "present/documents/page_words.hpp"
#include "present/words/answer_json.hpp"
#include "present/words/facts.hpp"
#include "present/words/headlines.hpp"
#include "present/words/loss_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace chokepoint {

namespace {

using detail::first_labels;
using detail::json_id;
using detail::json_ids;
using detail::json_member;
using detail::json_number;
using detail::json_size;
using detail::json_text;
using detail::Names;
using detail::PageWords;
using detail::say;

using NodeIds = std::vector<std::string>;

constexpr std::size_t most_answer_lines = 25;

class AnswerOpening {
 public:
  AnswerOpening(Session& session, const GraphDocument& document) : document_(&document), words_(session) {
    for (std::size_t row = 0; row < document.nodes.size(); ++row) row_of_.emplace(document.nodes[row].id, row);
    links_.assign(document.nodes.size(), 0);
    for (const Edge& edge : document.edges) ++links_[row_of_.at(edge.from)], ++links_[row_of_.at(edge.to)];
  }

  PageOpening build(const std::string& command, const Json& result) {
    if (command == "whatif") tell_loss(result);
    if (command == "chokepoints") tell_cut_sets(result);
    if (command == "depends" || command == "dependents") tell_tiers(command, result);
    if (command == "rank") tell_rank(result);
    if (opening_.headline.empty()) tell_sentence(command, result);
    std::erase_if(opening_.lists, [](const OpeningList& list) { return list.lines.empty(); });
    if (opening_.lists.empty()) tell_marks();
    if (opening_.headline.empty())
      opening_.headline =
          words_.say_in_each("{} nodes, {} relations", document_->nodes.size(), document_->edges.size());
    return std::move(opening_);
  }

 private:
  [[nodiscard]] bool has(const std::string& id) const { return row_of_.contains(id); }
  [[nodiscard]] std::size_t links(const std::string& id) const {
    const auto row = row_of_.find(id);
    return row == row_of_.end() ? 0 : links_[row->second];
  }
  [[nodiscard]] NodeIds shown(NodeIds ids) const {
    std::erase_if(ids, [&](const std::string& id) { return !has(id); });
    std::ranges::stable_sort(ids, [&](const auto& a, const auto& b) { return links(a) > links(b); });
    return ids;
  }

  /// A line for each of the first ids that are shown.
  template <typename Reason>
  void add_list(Labels title, const NodeIds& ids, const Reason& reason) {
    OpeningList list{.title = std::move(title), .lines = {}, .more = {}};
    for (const std::string& id : ids) {
      if (list.lines.size() == most_answer_lines) break;
      list.lines.push_back({.nodes = {id}, .date = {}, .reason = reason(id)});
    }
    if (ids.size() > list.lines.size())
      list.more = words_.say_in_each("{} more are coloured in the graph", ids.size() - list.lines.size());
    opening_.lists.push_back(std::move(list));
  }

  /// What the text of the answer says first, too.
  void tell_sentence(const std::string& command, const Json& result) {
    Labels sentence = words_.in_each([&](Names& names) { return detail::headline(names, command, result); });
    if (!sentence.at("en").empty()) opening_.headline = std::move(sentence);
  }

  std::string causes(Names& names, const Json& result) const {
    const Session& session = names.session();
    std::string text;
    const auto add = [&](const char* key, std::string_view pattern) {
      if (const NodeIds ids = json_ids(json_member(result, key)); !ids.empty())
        detail::append_part(session, text, say(session, pattern, first_labels(names, ids, 6)));
    };
    add("removed", "without {}");
    add("enforced", "with {} enforced");
    add("without", "with {} switched off");
    return text;
  }

  void tell_loss(const Json& result) {
    const Json* bounds = json_member(result, "bounds");
    if (json_size(bounds) == 0) return;
    const Json &any = bounds->as_array().front(), &all = bounds->as_array().back();
    const NodeIds gone = json_ids(json_member(result, "removed"));
    const auto count = [&](const Json& bound) {
      const NodeIds lost = json_ids(json_member(bound, "impossible"));
      const auto beside =
          std::ranges::count_if(lost, [&](const std::string& id) { return std::ranges::find(gone, id) == gone.end(); });
      return detail::LossCount{static_cast<std::size_t>(beside), json_size(json_member(bound, "flows"))};
    };
    opening_.headline = words_.in_each([&](Names& names) {
      return detail::loss_words(names.session(), causes(names, result), count(any), count(all));
    });
    read_capacities(any);
    const NodeIds removed = json_ids(json_member(result, "removed")),
                  certain = json_ids(json_member(any, "impossible"));
    std::set<std::string> told(removed.begin(), removed.end());
    NodeIds lost, perhaps, reduced;
    for (const std::string& id : certain)
      if (told.insert(id).second) lost.push_back(id);
    for (const std::string& id : json_ids(json_member(all, "impossible")))
      if (told.insert(id).second) perhaps.push_back(id);
    for (const auto& [id, left] : capacities_)
      if (!told.contains(id) && left.high < 1) reduced.push_back(id);
    const auto why = [&](const std::string& id) { return reason_of(id); };
    add_list(words_.say_in_each("Impossible"), shown(lost), why);
    add_list(words_.say_in_each("Impossible if all variants are needed"), shown(perhaps), why);
    add_list(words_.say_in_each("Less than everything left"), shown(reduced), why);
  }

  void read_capacities(const Json& bound) {
    const Json* list = json_member(bound, "capacity");
    if (list == nullptr || !list->is_array()) return;
    for (const Json& each : list->as_array()) {
      Left left{.low = json_number(json_member(each, "low")).value_or(0),
                .high = json_number(json_member(each, "high")).value_or(1),
                .binding = {}};
      // What is certainly lost is told by what sets the most that is left, as in the tables (telling_ends).
      const bool is_certain = left.high < json_number(json_member(each, "before_high")).value_or(1);
      NodeIds ends = json_ids(json_member(each, is_certain ? "binding_high" : "binding"));
      if (ends.empty()) ends = json_ids(json_member(each, "binding"));
      for (std::string id : ends) {
        id.resize(std::min(id.size(), id.find('@')));  // of a delivery its item
        if (std::ranges::find(left.binding, id) == left.binding.end()) left.binding.push_back(std::move(id));
      }
      capacities_.emplace(json_id(json_member(each, "id")), std::move(left));
    }
  }

  Labels reason_of(const std::string& id) {
    const auto found = capacities_.find(id);
    if (found == capacities_.end()) return {};
    const Left& left = found->second;
    return words_.in_each([&](Names& names) {
      const Session& session = names.session();
      std::string text;
      if (left.high > 0)
        text = say(session, "{} – {} left", detail::share_text(left.low, Bound::exact),
                   detail::share_text(left.high, Bound::exact));
      if (left.binding == NodeIds{id})
        detail::append_part(session, text, say(session, "the loss begins with it"));
      else if (!left.binding.empty())
        detail::append_part(session, text, say(session, "for want of {}", first_labels(names, left.binding, 3)));
      return text;
    });
  }

  void tell_cut_sets(const Json& result) {
    const Json* bounds = json_member(result, "bounds");
    if (json_size(bounds) == 0) return;
    std::map<NodeIds, std::size_t> readings;
    for (const Json& bound : bounds->as_array())
      if (const Json* sets = json_member(bound, "cut_sets"); sets != nullptr && sets->is_array())
        for (const Json& set : sets->as_array())
          if (NodeIds ids = json_ids(&set); !ids.empty()) ++readings[std::move(ids)];
    std::vector<NodeIds> sets;
    for (const auto& [set, count] : readings)
      if (std::ranges::all_of(set, [&](const std::string& id) { return has(id); })) sets.push_back(set);
    std::ranges::stable_sort(sets, [&](const NodeIds& a, const NodeIds& b) {
      return std::pair(a.size(), links(b.front())) < std::pair(b.size(), links(a.front()));
    });
    const std::size_t every = bounds->as_array().size();
    OpeningList list{.title = words_.say_in_each("What stops it"), .lines = {}, .more = {}};
    for (const NodeIds& set : sets) {
      if (list.lines.size() == most_answer_lines) break;
      list.lines.push_back({.nodes = set, .date = {}, .reason = words_.in_each([&](Names& names) {
                              return cut_reason(names, set, readings.at(set) == every);
                            })});
    }
    if (sets.size() > list.lines.size())
      list.more = words_.say_in_each("{} more are coloured in the graph", sets.size() - list.lines.size());
    opening_.lists.push_back(std::move(list));
  }

  static std::string cut_reason(Names& names, const NodeIds& set, bool in_every_reading) {
    const Session& session = names.session();
    std::string text = set.size() == 1 ? say(session, "stops it alone")
                                       : say(session, "stops it together with {}",
                                             first_labels(names, NodeIds(set.begin() + 1, set.end()), 4));
    if (!in_every_reading) detail::append_part(session, text, say(session, "in one reading of the variants"));
    return text;
  }

  void tell_tiers(const std::string& command, const Json& result) {
    const bool ahead = command == "depends";
    const Json* nodes = json_member(result, "nodes");
    const std::string start = json_id(json_member(result, "node"));
    const Json* stops = json_member(result, "stops");
    const NodeIds alone = json_ids(stops == nullptr ? nullptr : json_member(*stops, "alone"));
    opening_.headline = words_.in_each([&](Names& names) {
      const Session& session = names.session();
      std::string text;
      if (!alone.empty())
        text = ahead ? say(session, "{} nodes stop {} alone", alone.size(), names.label(start))
                     : say(session, "{} nodes stop without {}", alone.size(), names.label(start));
      detail::append_part(session, text,
                          ahead ? say(session, "{} rests on {} nodes", names.label(start), json_size(nodes))
                                : say(session, "{} nodes rest on {}", json_size(nodes), names.label(start)));
      return text;
    });
    if (stops != nullptr) tell_stops(ahead, alone, json_ids(json_member(*stops, "alone_if_all")));
    if (ahead) tell_only_ones(result);
    NodeIds nearest;
    if (json_size(nodes) > 0)
      for (const Json& each : nodes->as_array())
        if (json_number(json_member(each, "tier")) == 1.0) nearest.push_back(json_id(&each));
    add_list(words_.say_in_each(ahead ? "What it needs directly" : "Who needs it directly"), shown(nearest),
             [&](const std::string& id) { return words_.say_in_each("{} relations", links(id)); });
  }

  /// What stops the node, or stops without it: places, actors, things, in the order of the answer.
  void tell_stops(bool ahead, const NodeIds& alone, const NodeIds& alone_if_all) {
    std::vector<std::pair<std::string, bool>> ids;  // with whether it does in either reading
    for (const std::string& id : alone) ids.emplace_back(id, true);
    for (const std::string& id : alone_if_all)
      if (std::ranges::find(alone, id) == alone.end()) ids.emplace_back(id, false);
    std::erase_if(ids, [&](const auto& each) { return !has(each.first); });
    std::ranges::stable_sort(ids, {}, [&](const auto& each) {
      const Layer layer = layer_of(each.first);
      return std::pair(!each.second, layer == Layer::place ? 0 : layer == Layer::actor ? 1 : 2);
    });
    NodeIds order;
    std::map<std::string, bool> always(ids.begin(), ids.end());
    for (const auto& each : ids) order.push_back(each.first);
    add_list(words_.say_in_each(ahead ? "What stops it" : "What stops without it"), order, [&](const std::string& id) {
      return words_.in_each([&](Names& names) {
        const Session& session = names.session();
        std::string text = ahead ? say(session, "stops it alone") : say(session, "stops without it");
        if (!always.at(id)) detail::append_part(session, text, say(session, "only if all variants are needed"));
        return text;
      });
    });
  }

  [[nodiscard]] Layer layer_of(const std::string& id) const {
    const std::string& type = document_->nodes[row_of_.at(id)].type;
    const auto types = document_->ontology->node_types();
    const auto found = std::ranges::find(types, type, &NodeType::id);
    return found == types.end() ? Layer::none : found->layer;
  }

  /// Who is the only one recorded for something that is needed.
  void tell_only_ones(const Json& result) {
    std::unordered_map<std::string, const Edge*> edges;
    for (const Edge& edge : document_->edges) edges.emplace(edge.id, &edge);
    std::map<std::string, NodeIds> only_for;
    const Json* groups = json_member(result, "groups");
    if (json_size(groups) == 0) return;
    for (const Json& group : groups->as_array()) {
      const std::string rule = json_text(json_member(group, "rule")), of = json_text(json_member(group, "of"));
      if (json_number(json_member(group, "n")) != 1.0 || (rule != "any" && rule != "choice")) continue;
      for (const std::string& id : json_ids(json_member(group, "edges")))
        if (const auto edge = edges.find(id); edge != edges.end())
          only_for[edge->second->from == of ? edge->second->to : edge->second->from].push_back(of);
    }
    NodeIds ids;
    for (auto& [id, things] : only_for) {
      std::ranges::sort(things);
      things.erase(std::unique(things.begin(), things.end()), things.end());
      ids.push_back(id);
    }
    ids = shown(std::move(ids));
    std::ranges::stable_sort(ids,
                             [&](const auto& a, const auto& b) { return only_for[a].size() > only_for[b].size(); });
    add_list(words_.say_in_each("The only ones recorded"), ids, [&](const std::string& id) {
      return words_.in_each([&](Names& names) {
        return say(names.session(), "the only one recorded for {}", first_labels(names, only_for[id], 3));
      });
    });
  }

  void tell_rank(const Json& result) {
    if (json_size(&result) == 0) return;
    std::map<std::string, double> values;
    NodeIds ids;
    for (const Json& row : result.as_array()) {
      const std::string id = json_id(&row);
      if (!has(id)) continue;
      values.emplace(id, json_number(json_member(row, "value")).value_or(0));
      ids.push_back(id);
    }
    add_list(words_.say_in_each("Largest first"), ids, [&](const std::string& id) {
      const std::string text = detail::number_text(values.at(id));
      return words_.in_each([&](Names&) { return text; });
    });
  }

  /// Where the command has no list of its own: what the answer marks.
  void tell_marks() {
    std::map<Mark, NodeIds> marked;
    for (std::size_t row = 0; row < document_->marks.size(); ++row)
      if (document_->marks[row] != Mark::none) marked[document_->marks[row]].push_back(document_->nodes[row].id);
    for (auto& [mark, ids] : marked)
      add_list(look_of(mark).labels, shown(ids),
               [&](const std::string& id) { return words_.say_in_each("{} relations", links(id)); });
  }

  struct Left {
    double low = 0, high = 1;
    NodeIds binding;
  };
  const GraphDocument* document_;
  PageWords words_;
  PageOpening opening_;
  std::unordered_map<std::string, std::size_t> row_of_;
  std::vector<std::size_t> links_;
  std::map<std::string, Left> capacities_;
};

}  // namespace

void add_opening(Session& session, GraphDocument& document, const Json& envelope) {
  const std::string schema = json_text(json_member(envelope, "schema"));
  const Json* result = json_member(envelope, "result");
  constexpr std::string_view start = "chokepoint.";
  if (!schema.starts_with(start) || result == nullptr)
    throw UsageError("this is no saved answer; save one with --json, such as `chokepoints NODE --json -o cut.json`");
  const std::string command = schema.substr(start.size(), schema.find('/') - start.size());
  document.opening = AnswerOpening(session, document).build(command, *result);
  document.titles = document.opening->headline;
  document.metric_labels = metric_labels(session, document.node_columns);
  document.importance = rows_by_importance(document);
}

void prepare_page(Session& session, GraphDocument& document, const std::optional<Json>& envelope) {
  if (envelope)
    add_opening(session, document, *envelope);
  else
    add_opening(session, document);
  add_requirements(session, document);
}

}  // namespace chokepoint
