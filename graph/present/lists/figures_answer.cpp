#include "chokepoint/present/figures.hpp"
#include "chokepoint/support/error.hpp"
#include "present/lists/figure_bars.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

namespace {

void add_figure_tables(detail::Names& names, const FiguresResult& found, const ListStyle& style, Answer& answer) {
  const Session& session = names.session();
  // Figures about the node that was named stand before those that only name it.
  std::vector<Observation> figures = found.figures;
  if (!found.is_sorted)
    std::ranges::stable_partition(figures, [&](const Observation& o) { return o.subject == found.node; });
  ObservationFilter asked;
  asked.item = found.item;
  asked.market = found.market;
  asked.relative_to = found.relative_to;
  const bool share_subject =
      std::ranges::all_of(figures, [&](const Observation& o) { return o.subject == figures.front().subject; });
  Table table = detail::figure_table(names, figures, detail::rival_notes(session, found.rivals), !share_subject,
                                     style.with_sources, asked);
  if (share_subject) table.title = names.named(figures.front().subject);
  if (style.notes) {
    table.columns.push_back(detail::column(session, "remark", "Remark", true));
    for (std::size_t i = 0; i < figures.size(); ++i) table.rows[i].emplace_back(detail::note_of(figures[i].attributes));
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
  answer.data = detail::observation_data(found.figures);
  answer.pictures.push_back({"bars", [&session, found] {
                               detail::Names again(session);
                               auto chart = detail::figure_bars(again, found.node, found.figures, found.counting);
                               if (!chart) throw UsageError("none of these figures is a number that can be drawn");
                               return DrawnPicture(*std::move(chart));
                             }});
  return answer;
}

}  // namespace chokepoint
