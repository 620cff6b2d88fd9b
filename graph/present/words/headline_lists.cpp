// A timeline and a comparison in one sentence.

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/text.hpp"
#include "present/words/answer_json.hpp"
#include "present/words/facts.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// A measure by name; a fact in words. The table has the rest.
std::string entry_text(Names& names, const Json& entry) {
  const Json* edge = json_member(entry, "edge");
  if (edge == nullptr) return names.label(json_id(json_member(entry, "node")));
  return fmt::format("{} {} {}", names.label(json_text(*edge, "from")),
                     relation_label(names.session(), json_text(*edge, "type"), true),
                     names.label(json_text(*edge, "to")));
}

}  // namespace

std::string timeline_headline(Names& names, const Json& result) {
  const Session& session = names.session();
  const Json *latest = nullptr, *next = nullptr;
  std::size_t dated = 0;
  for (const Json& entry : json_list(&result)) {
    const auto date = parse_partial_date(json_text(entry, "date"));
    if (!date) continue;
    ++dated;
    if (date->first <= session.as_of())
      latest = &entry;
    else if (next == nullptr)
      next = &entry;
  }
  if (dated == 0) return say(session, "nothing dated is recorded for this question");
  std::string text;
  if (latest != nullptr)
    text = say(session, "latest of {} entries, {}: {}", json_size(&result), json_text(*latest, "date"),
               entry_text(names, *latest));
  if (next != nullptr)
    append_part(session, text, say(session, "next, {}: {}", json_text(*next, "date"), entry_text(names, *next)));
  return text;
}

std::string ratio_text(double value) {
  const bool is_near_one = value > 0.9 && value < 1.1 && value != 1;
  std::string digits = is_near_one ? fmt::format("{:.3g}", value) : fmt::format("{:.2g}", value);
  if (std::abs(value) >= 100 || digits.find('e') != std::string::npos)
    digits = number_text(std::abs(value) >= 10 ? std::round(value) : value);
  return "× " + digits;
}

namespace {

/// A figure that one node has above all others.
struct Lead {
  std::string text;    ///< `Notable AI models: 40 models, × 2.7`
  bool is_own = true;  ///< said of the nodes themselves, not of one thing
  double factor = 0;   ///< over the next; 0 where that is not above zero
};

Observation figure_of(const Json& row, const Json& value) {
  Observation figure;
  figure.indicator = json_text(row, "indicator");
  figure.unit = json_text(row, "unit");
  figure.item = json_text(row, "item");
  figure.market = json_text(row, "market");
  figure.relative_to = json_text(row, "relative_to");
  if (const Json* number = json_member(value, "value")) figure.value = *number;
  figure.bound = parse_bound(json_text(value, "bound")).value_or(Bound::exact);
  return figure;
}

/// Whether the figure is said of what has come about, and is one number.
bool is_comparable(const Json& value) {
  const std::string status = json_text(value, "status");
  return json_number(json_member(value, "value")) && json_member(value, "value_high") == nullptr &&
         status != to_string(Status::forecast) && status != to_string(Status::planned) &&
         status != to_string(Status::recommended);
}

/// By node who has the largest figure of which rows, figures of their own and the farthest ahead first; rows that draw
/// are nobody's.
/// @param compared  counts the rows of which two nodes or more have a comparable figure
std::vector<std::vector<Lead>> leads_of(Names& names, const Json& result, std::size_t& compared) {
  const Session& session = names.session();
  std::vector<std::vector<Lead>> leads(json_size(json_member(result, "nodes")));
  for (const Json& row : json_list(json_member(result, "figures"))) {
    std::vector<std::pair<double, std::size_t>> values;
    const std::vector<Json>& slots = json_list(json_member(row, "values"));
    for (std::size_t i = 0; i < std::min(slots.size(), leads.size()); ++i)
      if (is_comparable(slots[i])) values.emplace_back(*json_number(json_member(slots[i], "value")), i);
    if (values.size() < 2) continue;
    ++compared;
    std::ranges::sort(values, std::greater<>{});
    if (values[0].first == values[1].first) continue;
    const Observation figure = figure_of(row, slots[values[0].second]);
    std::string name = indicator_label(session, figure.indicator);
    if (const std::string of = detail_text(names, figure); !of.empty()) name = say(session, "{} ({})", name, of);
    Lead lead{.text = fmt::format("{} {}", name, short_value_text(session, figure)),
              .is_own = figure.item.empty(),
              .factor = values[1].first > 0 ? values[0].first / values[1].first : 0};
    if (lead.factor > 0) lead.text = say(session, "{} ({})", lead.text, ratio_text(lead.factor));
    leads[values[0].second].push_back(std::move(lead));
  }
  for (std::vector<Lead>& list : leads)
    std::ranges::stable_sort(list, [](const Lead& a, const Lead& b) {
      return std::pair(a.is_own, a.factor) > std::pair(b.is_own, b.factor);
    });
  return leads;
}

/// `America has the larger value in 2 of 5 figures: laboratories 30 (× 1.5) +1; China in 1: …`
/// @param most_named  figures of each node
std::string leads_text(Names& names, const std::vector<std::vector<Lead>>& leads, const std::vector<std::string>& nodes,
                       std::size_t compared, std::size_t most_named) {
  const Session& session = names.session();
  std::string text;
  for (std::size_t i = 0; i < std::min(leads.size(), nodes.size()); ++i) {
    if (leads[i].empty()) continue;
    std::vector<std::string> figures;
    for (const Lead& lead : leads[i]) figures.push_back(lead.text);
    const std::string label = names.label(nodes[i]), first = first_texts(session, figures, most_named);
    append_part(session, text,
                text.empty() ? say(session, "{} has the larger value in {} of {} figures: {}", label, leads[i].size(),
                                   compared, first)
                             : say(session, "{} in {}: {}", label, leads[i].size(), first));
  }
  return text;
}

}  // namespace

std::string compare_headline(Names& names, const Json& result) {
  constexpr std::size_t most_columns = 160;  // two lines of a terminal
  const Session& session = names.session();
  std::size_t compared = 0;
  const std::vector<std::vector<Lead>> leads = leads_of(names, result, compared);
  const std::vector<std::string> nodes = json_ids(json_member(result, "nodes"));
  std::string text;
  for (const std::size_t named : {3U, 2U, 1U})
    if (text = leads_text(names, leads, nodes, compared, named); display_width(text) <= most_columns) break;
  if (!text.empty()) return text;
  const std::size_t relations = json_size(json_member(result, "relations")),
                    links = json_size(json_member(result, "links")),
                    figures = json_size(json_member(result, "figures"));
  if (relations + links + figures == 0) return say(session, "nothing links them and no figure is recorded for both");
  return say(session, "no figure tells them apart; relations of both: {}, links between them: {}", relations, links);
}

}  // namespace chokepoint::detail
