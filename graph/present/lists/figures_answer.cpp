#include "chokepoint/present/figures.hpp"
#include "chokepoint/support/error.hpp"
#include "present/lists/figure_bars.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

/// Figures about the node that was named first, in their series; then those of others that only name it, those that say
/// the same of them together, who has most first.
void put_node_first(const std::string& node, std::vector<Observation>& figures) {
  const auto others = std::ranges::stable_partition(figures, [&](const Observation& o) { return o.subject == node; });
  if (node.empty()) return;
  using Text = std::string_view;
  using Kind = std::tuple<Text, Text, Text, Text, Text>;
  const auto kind = [](const Observation& o) { return Kind(o.indicator, o.item, o.market, o.relative_to, o.unit); };
  std::map<std::pair<Kind, Text>, double> most;
  for (const Observation& o : others) {
    const double value = o.value.to_double().value_or(-std::numeric_limits<double>::infinity());
    double& known = most.try_emplace({kind(o), o.subject}, value).first->second;
    known = std::max(known, value);
  }
  std::vector<std::tuple<Kind, double, Text, std::size_t>> order;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Observation& o = others.begin()[static_cast<std::ptrdiff_t>(i)];
    order.emplace_back(kind(o), -most.at({kind(o), o.subject}), o.subject, i);
  }
  std::ranges::sort(order);
  std::vector<Observation> sorted;
  for (const auto& each : order)
    sorted.push_back(others.begin()[static_cast<std::ptrdiff_t>(std::get<std::size_t>(each))]);
  std::ranges::copy(sorted, others.begin());
}

void add_figure_tables(detail::Names& names, const FiguresResult& found, const ListStyle& style, Answer& answer) {
  const Session& session = names.session();
  std::vector<Observation> figures = found.figures;
  if (!found.is_sorted) put_node_first(found.node, figures);
  ObservationFilter asked;
  asked.subject = found.node;
  asked.item = found.item;
  asked.market = found.market;
  asked.relative_to = found.relative_to;
  const bool share_subject =
      std::ranges::all_of(figures, [&](const Observation& o) { return o.subject == figures.front().subject; });
  Table table = detail::figure_table(names, figures, detail::rival_notes(session, found.rivals), !share_subject,
                                     style.with_sources, asked);
  Observation said;  // once above the table, in the place of every row
  said.item = found.item;
  said.market = found.market;
  said.relative_to = found.relative_to;
  table.title = share_subject        ? names.named(figures.front().subject)
                : found.node.empty() ? ""
                                     : names.named(found.node);
  detail::append_part(session, table.title, detail::detail_text(names, said));
  if (style.notes) {
    table.columns.push_back(detail::column(session, "remark", "Remark", true));
    for (std::size_t i = 0; i < figures.size(); ++i)
      table.rows[i].emplace_back(detail::note_of(session, figures[i].attributes));
  }
  const std::size_t hidden = detail::shorten(table, style.limit);
  answer.tables.push_back(std::move(table));
  if (hidden > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", hidden));
  if (!style.with_sources) return;
  detail::CitedSources sources;
  for (const Observation& figure : figures) sources.add(figure.sources);
  answer.tables.push_back(sources.table(session));
}

}  // namespace

Answer figures_answer(Session& session, const FiguresResult& found, const ListStyle& style) {
  detail::Names names(session);
  Answer answer{.command = "figures", .result = Json::array(), .coverage = Json::object()};
  for (const Observation& figure : found.figures) {
    Json entry = to_json(figure);
    entry.set("counts", found.counting.contains(figure.id));
    answer.result.push(std::move(entry));
  }
  answer.coverage.set("figures", std::uint64_t{found.figures.size()});
  answer.coverage.set("series", std::uint64_t{found.counting.size()});
  answer.coverage.set("rivals", detail::id_lists(found.rivals));
  answer.coverage.set("later_figures", std::uint64_t{found.later});
  if (found.figures.empty())
    answer.remarks.push_back(detail::say(session, "no figures are recorded for this question"));
  else
    add_figure_tables(names, found, style, answer);
  if (!found.rivals.empty())
    answer.remarks.push_back(detail::say(
        session, "figures on which sources disagree: {}; each claim is kept, one counts", found.rivals.size()));
  if (found.later > 0)
    answer.remarks.push_back(detail::say(session, "figures about days after {}: {}; --all-days shows them",
                                         to_string(session.as_of()), found.later));
  answer.data.push_back(detail::observation_data(found.figures));
  detail::add_rival_column(answer.data.front(), found.rivals);
  answer.pictures.push_back({"bars", [&session, found] {
                               detail::Names again(session);
                               auto chart = detail::figure_bars(again, found.node, found.figures, found.counting);
                               if (!chart) throw UsageError("none of these figures is a number that can be drawn");
                               return DrawnPicture(*std::move(chart));
                             }});
  return answer;
}

}  // namespace chokepoint
