#include "present/briefs/restrictions_story.hpp"

#include "chokepoint/export/page.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/query/measures.hpp"
#include "present/briefs/restrictions_rows.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

using detail::MeasureRow;
using detail::measures_of;
using detail::Names;
using detail::RestrictedRow;
using detail::rows_of;

std::string joined(const std::vector<std::string>& ids) { return fmt::format("{}", fmt::join(ids, ", ")); }

/// Says of the result for people; each text once, for lines and for tables.
class Teller {
 public:
  Teller(Session& session, const RestrictionsResult& result) : session_(&session), names_(session), result_(&result) {}

  Names& names() { return names_; }
  [[nodiscard]] bool is_chinese() const { return session_->language() == "zh"; }
  [[nodiscard]] std::string_view colon() const { return is_chinese() ? "：" : ": "; }
  [[nodiscard]] std::string_view comma() const { return is_chinese() ? "，" : ", "; }
  [[nodiscard]] std::string_view list_comma() const { return is_chinese() ? "、" : ", "; }
  [[nodiscard]] const Session& session() const { return *session_; }
  [[nodiscard]] std::string word(std::string_view english) const { return detail::word(*session_, english); }

  /// `Advanced AI chip (ai-chip-adv)`; the id is left out where the label says it: `Nvidia H100`.
  std::string short_name(const std::string& id) {
    const std::string label = names_.label(id);
    std::string folded = fold(label);
    std::ranges::replace(folded, ' ', '-');
    return folded == id ? label : names_.named(id);
  }
  /// `Nvidia H100 → China`; for which item, from where, unless the row's measures differ in that.
  std::string restricted(const RestrictedRow& row) {
    const Restriction& r = row.first();
    const auto all_say = [&](std::string Edge::*field) {
      return !(r.edge.*field).empty() &&
             std::ranges::all_of(row.by, [&](const Restriction* each) { return each->edge.*field == r.edge.*field; });
    };
    std::string text = short_name(r.edge.to);
    if (!r.edge.market.empty() && r.edge.market != result_->market) text += " → " + names_.label(r.edge.market);
    for (const auto& [preposition, field] : {std::pair{"for", &Edge::item}, std::pair{"from", &Edge::origin}})
      if (all_say(field)) text += std::string(comma()) + detail::qualifier(names_, preposition, r.edge.*field);
    return text;
  }
  /// `bis-rule-2022-10 (us) +2; licence from 2022-08-26`.
  std::string by(const RestrictedRow& row) {
    const Restriction& first = row.first();
    std::string text = first.edge.from;
    const auto& places = first.jurisdiction.empty() ? first.issuers : first.jurisdiction;
    if (!places.empty()) text += " (" + joined(places) + ")";
    std::set<std::string_view> others;
    const Restriction* oldest = &first;
    for (const Restriction* each : row.by) {
      if (each->edge.from != first.edge.from) others.insert(each->edge.from);
      if (each->first_day && oldest->first_day && *each->first_day < *oldest->first_day) oldest = each;
    }
    if (!others.empty()) text += fmt::format(" +{}", others.size());
    if (oldest != &first && oldest->mode_order != first.mode_order)
      detail::append_part(*session_, text, word(oldest->mode) + " " + oldest->since);
    if (const std::string ends = ends_text(first); !ends.empty()) detail::append_part(*session_, text, ends);
    return text;
  }
  [[nodiscard]] std::string ends_text(const Restriction& r) const {
    return r.edge.until.empty() ? std::string() : word("until") + " " + r.edge.until;
  }
  std::string issuers(const MeasureRow& row) {
    std::string text;
    for (const std::string& id : row.restricts.front()->issuers)
      text += std::string(text.empty() ? "" : list_comma()) + names_.named(id);
    return text;
  }
  /// `ban: NVIDIA A100, NVIDIA H100; threshold: Advanced AI chip`. @param most  names of each mode; 0 for all
  std::string what(const MeasureRow& row, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < row.restricts.size();) {
      const std::string& mode = row.restricts[i]->mode;
      std::set<std::string_view> seen;
      std::string list;
      for (; i < row.restricts.size() && row.restricts[i]->mode == mode; ++i)
        if (seen.insert(row.restricts[i]->edge.to).second && (most == 0 || seen.size() <= most))
          list += std::string(list.empty() ? "" : list_comma()) + names_.label(row.restricts[i]->edge.to);
      if (most > 0 && seen.size() > most) list += fmt::format(" +{}", seen.size() - most);
      detail::append_part(*session_, text, fmt::format("{}{}{}", word(mode), colon(), list));
    }
    return text;
  }
  /// `NVIDIA A800 (nvidia-a800) since 2022-11, closed by bis-rule-2023-10 on 2023-10-17`.
  std::string response(const RestrictionResponse& r) {
    std::string text = names_.named(r.response);
    if (!r.since.empty()) text += " " + detail::say(*session_, "since {}", r.since);
    if (!r.closed_by.empty())
      text += std::string(comma()) +
              (r.closed_since ? detail::say(*session_, "closed by {} on {}", r.closed_by, to_string(*r.closed_since))
                              : detail::say(*session_, "closed by {}", r.closed_by));
    return text;
  }
  std::string responses_to(std::string_view policy) {
    std::string text;
    for (const RestrictionResponse& each : result_->responses)
      if (each.to == policy) detail::append_part(*session_, text, response(each));
    return text;
  }
  std::string substitute(const RestrictionSubstitute& s) {
    std::string text = names_.named(s.substitute);
    if (const std::string measure = detail::measure_text(*session_, s.edge); !measure.empty())
      text += std::string(comma()) + measure;
    if (!s.edge.since.empty()) text += std::string(comma()) + detail::say(*session_, "since {}", s.edge.since);
    return text;
  }

 private:
  Session* session_;
  Names names_;
  const RestrictionsResult* result_;
};

/// How many things or actors the rows are about: one that is restricted in several markets has several rows.
std::size_t count_of(const std::vector<RestrictedRow>& rows) {
  std::set<std::string_view> restricted;
  for (const RestrictedRow& row : rows) restricted.insert(row.first().edge.to);
  return restricted.size();
}

std::vector<std::string> heading(Teller& teller, const RestrictionsResult& result, const Json& json) {
  const Session& session = teller.session();
  std::vector<std::string> lines{detail::headline(teller.names(), "restrictions", json)};
  if (!result.item.empty())
    lines.push_back(detail::say(session, "only what bears on {}", teller.names().named(result.item)));
  // Where all is of one country's law, the first line says so.
  const bool is_said = std::ranges::all_of(result.acting, [&](const Restriction& each) {
    return each.jurisdiction == std::vector<std::string>{result.issuer};
  });
  if (!result.issuer.empty() && !(is_said && !result.acting.empty()))
    lines.push_back(detail::say(session, "only what {} issued", teller.names().named(result.issuer)));
  return lines;
}

/// `Adapted: Nvidia RTX Pro 6000D +5; closed since: Nvidia A800, Nvidia H20`.
std::string adapted_text(Teller& teller, const RestrictionsResult& result) {
  constexpr std::size_t most = 3;
  const Session& session = teller.session();
  std::string text;
  for (const bool is_open : {true, false}) {
    // Things, and what is dated, before others.
    std::vector<const RestrictionResponse*> list;
    for (const RestrictionResponse& each : result.responses)
      if (!each.is_measure && each.closed_by.empty() == is_open) list.push_back(&each);
    std::ranges::stable_sort(list, {}, [&](const RestrictionResponse* r) {
      const auto v = result.view->snapshot().find(r->response);
      return std::tuple(v && result.view->snapshot().layer(*v) != Layer::none, r->since.empty());
    });
    std::set<std::string_view> seen;
    std::string names;
    for (const RestrictionResponse* each : list)
      if (seen.insert(each->response).second && seen.size() <= most)
        names += std::string(names.empty() ? "" : teller.list_comma()) + teller.names().label(each->response);
    if (seen.size() > most) names += fmt::format(" +{}", seen.size() - most);
    if (names.empty()) continue;
    if (text.empty())
      text = is_open ? detail::say(session, "Adapted: {}", names)
                     : detail::say(session, "Adapted, closed since: {}", names);
    else
      detail::append_part(session, text, detail::say(session, "closed since: {}", names));
  }
  return text;
}

class Lines {
 public:
  Lines(std::vector<std::string>& lines, std::size_t width) : lines_(&lines), width_(width) {}
  void add(std::string_view first, std::string_view text) {
    for (std::string& line : wrap_text(first, text, width_)) lines_->push_back(std::move(line));
  }
  void title(const std::string& text) {
    if (!lines_->empty()) lines_->emplace_back();
    add("", text);
  }

 private:
  std::vector<std::string>* lines_;
  std::size_t width_;
};

std::string padded(std::string text, std::size_t width) {
  text.append(width - std::min(width, display_width(text)), ' ');
  return text;
}

std::size_t widest_mode(const Teller& teller, const RestrictionsResult& result) {
  std::size_t width = 0;
  for (const auto* list : {&result.acting, &result.suspended})
    for (const Restriction& each : *list) width = std::max(width, display_width(teller.word(each.mode)));
  return width;
}

/// Rows of one kind, as many as there is room for.
void add_rows(Teller& teller, std::string_view title, const std::vector<RestrictedRow>& rows, std::size_t mode_width,
              std::size_t limit, bool suspended, Lines& lines) {
  if (rows.empty()) return;
  const Session& session = teller.session();
  if (!title.empty()) lines.title(fmt::format("{} ({})", title, count_of(rows)));
  std::size_t shown = 0;
  for (const RestrictedRow& row : rows) {
    if (limit > 0 && shown == limit) break;
    ++shown;
    const Restriction& first = row.first();
    const std::string since = first.since.empty() ? std::string("–") : first.since;
    std::string text = fmt::format("{}{}{}", teller.restricted(row), teller.colon(), teller.by(row));
    if (suspended) detail::append_part(session, text, teller.word("suspended") + " " + detail::pause_text(first));
    lines.add(fmt::format("{}  {}  ", padded(since, 10), padded(teller.word(first.mode), mode_width)), text);
  }
  if (shown < rows.size()) lines.add("", detail::say(session, "{} more; --limit 0 lists all", rows.size() - shown));
}

void add_measures(Teller& teller, const std::vector<MeasureRow>& rows, const RestrictionsStyle& style, Lines& lines) {
  if (rows.empty()) return;
  const Session& session = teller.session();
  constexpr std::size_t most_names = 6;
  lines.title(fmt::format("{} ({})", teller.word("Measures"), rows.size()));
  std::size_t shown = 0;
  for (const MeasureRow& row : rows) {
    if (style.limit > 0 && shown == style.limit) break;
    ++shown;
    std::string head = teller.names().named(row.policy);
    if (const std::string issuers = teller.issuers(row); !issuers.empty())
      head += fmt::format("{}{}", teller.comma(), detail::say(session, "issued by {}", issuers));
    lines.add(padded(row.since.empty() ? "–" : row.since, 10) + "  ", head);
    const std::string indent(14, ' ');
    lines.add(indent, teller.what(row, style.limit == 0 ? 0 : most_names));
    if (const std::string answers = teller.responses_to(row.policy); !answers.empty())
      lines.add(indent, fmt::format("{}{}{}", teller.word("Answered by"), teller.colon(), answers));
    if (style.with_sources) {
      std::vector<Citation> cited;
      for (const Restriction* each : row.restricts)
        for (const Citation& citation : each->edge.sources)
          if (std::ranges::find(cited, citation) == cited.end()) cited.push_back(citation);
      lines.add(indent, fmt::format("{}{}{}", teller.word("Sources"), teller.colon(), detail::citations_text(cited)));
    }
  }
  if (shown < rows.size()) lines.add("", detail::say(session, "{} more; --limit 0 lists all", rows.size() - shown));
}

void add_substitutes(Teller& teller, const RestrictionsResult& result, Lines& lines) {
  if (result.substitutes.empty()) return;
  lines.title(fmt::format("{} ({})", teller.word("Replaced by"), result.substitutes.size()));
  for (const RestrictionSubstitute& each : result.substitutes)
    lines.add("", fmt::format("{}{}{}", teller.names().named(each.of), teller.colon(), teller.substitute(each)));
}

std::vector<std::string> drawn(Teller& teller, const std::vector<RestrictedRow>& rows,
                               const std::vector<MeasureRow>& measures, const RestrictionsResult& result,
                               const std::vector<std::string>& heading, const RestrictionsStyle& style) {
  std::vector<std::string> out;
  Lines lines(out, style.width);
  for (const std::string& line : heading) lines.add("", line);
  if (const std::string adapted = adapted_text(teller, result); !adapted.empty()) lines.add("", adapted);
  std::vector<RestrictedRow> things, actors;
  for (const RestrictedRow& row : rows) (row.first().is_on_actor ? actors : things).push_back(row);
  const std::size_t mode_width = widest_mode(teller, result);
  // Of one kind alone the heading says what it is.
  const bool has_both = !things.empty() && !actors.empty();
  add_rows(teller, has_both ? teller.word("Things") : "", things, mode_width, style.limit, false, lines);
  add_rows(teller, has_both ? teller.word("Actors") : "", actors, mode_width, style.limit, false, lines);
  add_rows(teller, detail::say(teller.session(), "Suspended on {}, not acting", to_string(teller.session().as_of())),
           rows_of(result.suspended), mode_width, style.limit, true, lines);
  add_measures(teller, measures, style, lines);
  add_substitutes(teller, result, lines);
  return out;
}

Table restricted_table(Teller& teller, const std::string& title, const std::vector<RestrictedRow>& rows,
                       std::size_t limit) {
  const Session& session = teller.session();
  Table table;
  table.title = fmt::format("{} ({})", title, count_of(rows));
  table.columns = {detail::column(session, "since", "Since"), detail::column(session, "mode", "Mode"),
                   detail::column(session, "restricted", "Restricted", true),
                   detail::column(session, "by", "Measure", true), detail::column(session, "suspended", "Suspended")};
  for (const RestrictedRow& row : rows) {
    if (limit > 0 && table.rows.size() == limit) break;
    const Restriction& first = row.first();
    table.rows.push_back({first.since, teller.word(first.mode), teller.restricted(row), teller.by(row),
                          first.pause ? Cell(detail::pause_text(first)) : Cell()});
  }
  return table;
}

Table measure_table(Teller& teller, const std::vector<MeasureRow>& rows, std::size_t limit) {
  const Session& session = teller.session();
  Table table;
  table.title = fmt::format("{} ({})", teller.word("Measures"), rows.size());
  table.columns = {detail::column(session, "since", "Since"), detail::column(session, "measure", "Measure", true),
                   detail::column(session, "issuer", "Issuer", true),
                   detail::column(session, "what", "Restricts", true),
                   detail::column(session, "answers", "Answered by", true)};
  for (const MeasureRow& row : rows) {
    if (limit > 0 && table.rows.size() == limit) break;
    table.rows.push_back({row.since, teller.names().named(row.policy), teller.issuers(row),
                          teller.what(row, limit == 0 ? 0 : 6), teller.responses_to(row.policy)});
  }
  return table;
}

Table substitute_table(Teller& teller, const RestrictionsResult& result) {
  const Session& session = teller.session();
  Table table;
  table.title = fmt::format("{} ({})", teller.word("Replaced by"), result.substitutes.size());
  table.columns = {detail::column(session, "restricted", "Restricted", true),
                   detail::column(session, "substitute", "Replaced by", true)};
  for (const RestrictionSubstitute& each : result.substitutes)
    table.rows.push_back({teller.names().named(each.of), teller.substitute(each)});
  return table;
}

}  // namespace

void detail::tell_restrictions(Session& session, const RestrictionsResult& result, const RestrictionsStyle& style,
                               Answer& answer) {
  Teller teller(session, result);
  const std::vector<RestrictedRow> rows = rows_of(result.acting);
  const std::vector<MeasureRow> measures = measures_of(result.acting);
  std::vector<std::string> first = heading(teller, result, answer.result);
  answer.title = result.market.empty()
                     ? detail::word(session, "Restrictions")
                     : detail::say(session, "Restrictions in {}", teller.names().named(result.market));
  if (style.drawn) {
    answer.drawing = drawn(teller, rows, measures, result, first, style);
    return;
  }
  answer.heading = std::move(first);
  std::vector<RestrictedRow> things, actors;
  for (const RestrictedRow& row : rows) (row.first().is_on_actor ? actors : things).push_back(row);
  const auto add = [&](const std::string& title, const std::vector<RestrictedRow>& list) {
    if (!list.empty()) answer.tables.push_back(restricted_table(teller, title, list, style.limit));
  };
  add(teller.word("Things"), things);
  add(teller.word("Actors"), actors);
  add(detail::say(session, "Suspended on {}, not acting", to_string(session.as_of())), rows_of(result.suspended));
  if (!measures.empty()) answer.tables.push_back(measure_table(teller, measures, style.limit));
  if (!result.substitutes.empty()) answer.tables.push_back(substitute_table(teller, result));
}

}  // namespace chokepoint
