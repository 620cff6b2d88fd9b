#include "present/lists/figure_bars.hpp"

#include "chokepoint/query/claims.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/facts.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_figure_bars = 45;

/// A figure with the ends of its bar.
struct DrawnFigure {
  const Observation* figure = nullptr;
  double low = 0, high = 0;
};

std::string figure_label(Names& names, const Observation& figure, bool shares_subject) {
  const Session& session = names.session();
  std::string text = indicator_label(session, figure.indicator);
  if (!shares_subject) text = names.label(figure.subject) + ": " + text;
  append_part(session, text, detail_text(names, figure));
  const std::string period = figure_period(figure);
  return period.empty() ? text : fmt::format("{} ({})", text, period);
}

}  // namespace

std::optional<Chart> figure_bars(Names& names, const std::string& about, std::span<const Observation> figures,
                                 const std::set<std::string>& counting) {
  const Session& session = names.session();
  std::vector<DrawnFigure> drawn;
  std::map<std::pair<std::string, std::string>, double> largest;
  std::size_t left_out = 0;
  for (const Observation& figure : figures) {
    const auto low = figure.value.to_double();
    const auto high = figure.value_high ? figure.value_high : low;
    const bool fits = low && high && *low >= 0 && *high >= *low && drawn.size() < most_figure_bars;
    if (!fits) {
      ++left_out;
      continue;
    }
    drawn.push_back({&figure, *low, *high});
    double& most = largest[{figure.indicator, figure.unit}];
    most = std::max(most, *high);
  }
  if (drawn.empty()) return std::nullopt;
  const bool shares_subject =
      std::ranges::all_of(figures, [&](const Observation& o) { return o.subject == figures.front().subject; });
  Chart chart;
  std::string title = word(session, "Figures");
  const std::string whom = !about.empty() ? about : shares_subject ? figures.front().subject : std::string();
  if (!whom.empty()) title = fmt::format("{}: {}", names.named(whom), title);
  chart.frame = picture_frame(session, std::move(title));
  PictureSources sources(session);
  bool has_range = false, has_other = false;
  for (const DrawnFigure& each : drawn) {
    const double most = std::max(largest.at({each.figure->indicator, each.figure->unit}), 1e-300);
    const std::size_t series = counting.contains(each.figure->id) ? 0 : 5;
    std::string text = value_text(session, *each.figure), numbers;
    for (const std::size_t number : sources.numbers_of(each.figure->sources))
      numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    if (!numbers.empty()) text += fmt::format(" [{}]", numbers);
    ChartRow row{figure_label(names, *each.figure, shares_subject)};
    const bool is_range = each.high > each.low;
    row.bars.push_back({.from = 0, .to = each.low / most, .series = series, .text = is_range ? "" : text});
    if (is_range)
      row.bars.push_back(
          {.from = each.low / most, .to = each.high / most, .series = series, .hatched = true, .text = text});
    has_range = has_range || is_range;
    has_other = has_other || series != 0;
    chart.rows.push_back(std::move(row));
  }
  chart.frame.legend.push_back({LegendSign::bar, "#0072b2", say(session, "the figure that counts")});
  if (has_other) chart.frame.legend.push_back({LegendSign::bar, "#56b4e9", say(session, "earlier, or a rival claim")});
  if (has_range) chart.hatched_text = say(session, "from the lower to the upper end");
  if (largest.size() > 1)
    chart.frame.notes.push_back(say(session, "figures of one indicator and unit share a scale; others have their own"));
  if (left_out > 0) chart.frame.notes.push_back(say(session, "figures not drawn: {}", left_out));
  sources.set(chart.frame);
  return chart;
}

}  // namespace chokepoint::detail
