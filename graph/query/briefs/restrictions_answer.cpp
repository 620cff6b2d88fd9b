#include "chokepoint/export/page.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/query/restrictions.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/measures.hpp"
#include "query/facts/subgraphs.hpp"
#include "query/facts/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

using detail::Names;

/// What is restricted in one market, by one measure or more; the strictest first.
struct RestrictedRow {
  std::vector<const Restriction*> by;
  [[nodiscard]] const Restriction& first() const { return *by.front(); }
};

/// What a policy does here.
struct MeasureRow {
  std::string policy;
  std::string since;  ///< the first of its edges
  std::optional<Date> first_day;
  std::vector<const Restriction*> restricts;
};

bool is_stricter(const Restriction& a, const Restriction& b) {
  const auto key = [](const Restriction& r) {
    return std::tuple(r.mode_order, !r.first_day.has_value(), r.first_day.value_or(Date{}),
                      std::string_view(r.edge.id));
  };
  return key(a) < key(b);
}

/// By what is restricted and where, things first; the strictest and oldest first.
std::vector<RestrictedRow> rows_of(const std::vector<Restriction>& list) {
  std::map<std::pair<std::string_view, std::string_view>, RestrictedRow> by_thing;
  for (const Restriction& each : list) by_thing[{each.edge.to, each.edge.market}].by.push_back(&each);
  std::vector<RestrictedRow> rows;
  for (auto& [key, row] : by_thing) {
    std::ranges::sort(row.by, [](const Restriction* a, const Restriction* b) { return is_stricter(*a, *b); });
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, [](const RestrictedRow& a, const RestrictedRow& b) {
    const auto key = [](const Restriction& r) {
      return std::tuple(r.is_on_actor, r.mode_order, !r.first_day.has_value(), r.first_day.value_or(Date{}),
                        std::string_view(r.edge.to), std::string_view(r.edge.market));
    };
    return key(a.first()) < key(b.first());
  });
  return rows;
}

/// In order of time, undated last.
std::vector<MeasureRow> measures_of(const std::vector<Restriction>& list) {
  std::map<std::string_view, MeasureRow> by_policy;
  for (const Restriction& each : list) {
    MeasureRow& row = by_policy[each.edge.from];
    row.policy = each.edge.from;
    if (each.first_day && (!row.first_day || *each.first_day < *row.first_day)) {
      row.first_day = each.first_day;
      row.since = each.since;
    }
    row.restricts.push_back(&each);
  }
  std::vector<MeasureRow> rows;
  for (auto& [policy, row] : by_policy) {
    std::ranges::stable_sort(row.restricts, {}, &Restriction::mode_order);
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const MeasureRow& row) {
    return std::tuple(!row.first_day.has_value(), row.first_day.value_or(Date{}), std::string_view(row.policy));
  });
  return rows;
}

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
  /// `2025-11-09 – 2026-11-27`, both days in it.
  static std::string pause(const Restriction& r) {
    const std::string from = r.pause->from ? to_string(*r.pause->from) : std::string();
    const std::string to = r.pause->to ? to_string(Date{r.pause->to->days - 1}) : std::string();
    return from + (from.empty() ? "– " : " –") + (from.empty() || to.empty() ? "" : " ") + to;
  }

 private:
  Session* session_;
  Names names_;
  const RestrictionsResult* result_;
};

std::vector<std::string> heading(Teller& teller, const std::vector<RestrictedRow>& rows,
                                 const std::vector<MeasureRow>& measures, const RestrictionsResult& result) {
  const Session& session = teller.session();
  const std::string day = to_string(session.as_of());
  const auto actors = static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const RestrictedRow& row) { return row.first().is_on_actor; }));
  std::vector<std::string> lines{result.market.empty()
                                     ? detail::say(session, "Restricted on {}: things {}, actors {}, measures {}", day,
                                                   rows.size() - actors, actors, measures.size())
                                     : detail::say(session, "Restricted in {} on {}: things {}, actors {}, measures {}",
                                                   teller.names().named(result.market), day, rows.size() - actors,
                                                   actors, measures.size())};
  if (!result.item.empty())
    lines.push_back(detail::say(session, "only what bears on {}", teller.names().named(result.item)));
  if (!result.issuer.empty())
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
  if (!title.empty()) lines.title(fmt::format("{} ({})", title, rows.size()));
  std::size_t shown = 0;
  for (const RestrictedRow& row : rows) {
    if (limit > 0 && shown == limit) break;
    ++shown;
    const Restriction& first = row.first();
    const std::string since = first.since.empty() ? std::string("–") : first.since;
    std::string text = fmt::format("{}{}{}", teller.restricted(row), teller.colon(), teller.by(row));
    if (suspended) detail::append_part(session, text, teller.word("suspended") + " " + Teller::pause(first));
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
                               const RestrictionsStyle& style) {
  std::vector<std::string> out;
  Lines lines(out, style.width);
  for (const std::string& line : heading(teller, rows, measures, result)) lines.add("", line);
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
  table.title = fmt::format("{} ({})", title, rows.size());
  table.columns = {detail::column(session, "since", "Since"), detail::column(session, "mode", "Mode"),
                   detail::column(session, "restricted", "Restricted", true),
                   detail::column(session, "by", "Measure", true), detail::column(session, "suspended", "Suspended")};
  for (const RestrictedRow& row : rows) {
    if (limit > 0 && table.rows.size() == limit) break;
    const Restriction& first = row.first();
    table.rows.push_back({first.since, teller.word(first.mode), teller.restricted(row), teller.by(row),
                          first.pause ? Cell(Teller::pause(first)) : Cell()});
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

std::string_view state_of(const Restriction& r) { return r.pause ? "suspended" : "acts"; }

template <typename Visit>
void for_each_restriction(const RestrictionsResult& result, const Visit& visit) {
  for (const auto* list : {&result.acting, &result.suspended})
    for (const Restriction& each : *list) visit(each);
}

Json refs_json(Names& names, const std::vector<std::string>& ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push(names.json(id));
  return list;
}

Json restriction_json(Names& names, const Restriction& r) {
  Json out = Json::object();
  out.set("state", state_of(r));
  out.set("restricted", names.json(r.edge.to));
  out.set("on", r.is_on_actor ? "actor" : "thing");
  out.set("market", names.json(r.edge.market));
  out.set("policy", names.json(r.edge.from));
  out.set("issuers", refs_json(names, r.issuers));
  out.set("jurisdiction", refs_json(names, r.jurisdiction));
  out.set("mode", r.mode);
  out.set("since", r.since.empty() ? Json() : Json(r.since));
  if (r.pause) {
    Json pause = Json::object();
    pause.set("since", r.pause->from ? Json(to_string(*r.pause->from)) : Json());
    pause.set("until", r.pause->to ? Json(to_string(*r.pause->to)) : Json());
    out.set("suspended", std::move(pause));
  }
  out.set("edge", to_json(r.edge));
  return out;
}

Json result_json(Names& names, const RestrictionsResult& result) {
  Json out = Json::object(), restrictions = Json::array(), responses = Json::array(), substitutes = Json::array();
  out.set("market", names.json(result.market));
  out.set("item", names.json(result.item));
  out.set("issuer", names.json(result.issuer));
  for_each_restriction(result, [&](const Restriction& r) { restrictions.push(restriction_json(names, r)); });
  for (const RestrictionResponse& each : result.responses) {
    Json entry = Json::object();
    entry.set("response", names.json(each.response));
    entry.set("to", each.to);
    entry.set("since", each.since.empty() ? Json() : Json(each.since));
    entry.set("closed_by", each.closed_by.empty() ? Json() : Json(each.closed_by));
    entry.set("closed_since", each.closed_since ? Json(to_string(*each.closed_since)) : Json());
    entry.set("edge", to_json(each.edge));
    responses.push(std::move(entry));
  }
  for (const RestrictionSubstitute& each : result.substitutes) {
    Json entry = Json::object();
    entry.set("substitute", names.json(each.substitute));
    entry.set("of", each.of);
    entry.set("edge", to_json(each.edge));
    substitutes.push(std::move(entry));
  }
  out.set("restrictions", std::move(restrictions));
  out.set("responses", std::move(responses));
  out.set("replaced_by", std::move(substitutes));
  return out;
}

Table data_table(Names& names, const RestrictionsResult& result) {
  Table table;
  for (const char* key : {"state", "restricted", "label", "type", "on", "market", "mode", "since", "until", "policy",
                          "policy_label", "issuers", "item", "origin", "suspended", "sources"})
    table.columns.push_back({key, key});
  const auto text = [](const std::string& value) { return value.empty() ? Cell() : Cell(value); };
  for_each_restriction(result, [&](const Restriction& r) {
    table.rows.push_back({std::string(state_of(r)), r.edge.to, names.label(r.edge.to), names.ref(r.edge.to).type,
                          std::string(r.is_on_actor ? "actor" : "thing"), text(r.edge.market), r.mode, text(r.since),
                          text(r.edge.until), r.edge.from, names.label(r.edge.from),
                          fmt::format("{}", fmt::join(r.issuers, " ")), text(r.edge.item), text(r.edge.origin),
                          r.pause ? Cell(Teller::pause(r)) : Cell(), detail::citations_text(r.edge.sources)});
  });
  return table;
}

Subgraph subgraph_of(const RestrictionsResult& result) {
  std::map<Vertex, Mark> marks;
  const Snapshot& snapshot = result.view->snapshot();
  const auto add = [&](const std::string& id, Mark mark) {
    if (const auto v = snapshot.find(id)) marks.emplace(*v, mark);
  };
  for (const Restriction& each : result.acting) {
    add(each.edge.from, Mark::subject);
    add(each.edge.to, Mark::found);
  }
  for (const RestrictionResponse& each : result.responses) add(each.response, Mark::none);
  for (const RestrictionSubstitute& each : result.substitutes) add(each.substitute, Mark::none);
  std::vector<Vertex> vertices;
  for (const auto& [v, mark] : marks) vertices.push_back(v);
  Subgraph out = detail::induced_subgraph(result.view, std::move(vertices));
  for (const Vertex v : out.vertices) out.marks.push_back(marks.at(v));
  return out;
}

void add_remarks(const Session& session, const RestrictionsResult& result, Answer& answer) {
  const auto add = [&](std::size_t count, const char* key, std::string_view pattern) {
    answer.coverage.set(key, std::uint64_t{count});
    if (count > 0) answer.remarks.push_back(detail::say(session, pattern, count));
  };
  if (result.acting.empty() && result.suspended.empty())
    answer.remarks.push_back(detail::say(session, "no restriction is recorded for this question"));
  add(result.not_begun, "not_begun", "not yet begun on that day: {}");
  add(result.ended, "ended", "ended before that day: {}");
  add(result.not_stated, "not_stated", "only planned, forecast or doubtful: {}; --include planned adds them");
  add(result.in_parts, "in_parts", "hold in a part of it only: {}");
  add(result.without_place, "without_place", "name no market, and nobody is recorded to have issued them: {}");
}

}  // namespace

Answer restrictions_answer(Session& session, const RestrictionsResult& result, const RestrictionsStyle& style) {
  Teller teller(session, result);
  const std::vector<RestrictedRow> rows = rows_of(result.acting);
  const std::vector<MeasureRow> measures = measures_of(result.acting);
  Answer answer{.command = "restrictions", .result = result_json(teller.names(), result), .coverage = Json::object()};
  answer.negative = result.acting.empty();
  if (style.drawn) {
    answer.drawing = drawn(teller, rows, measures, result, style);
  } else {
    answer.heading = heading(teller, rows, measures, result);
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
  Subgraph subgraph = subgraph_of(result);
  answer.coverage = coverage_of(session, *result.view, subgraph.vertices);
  add_remarks(session, result, answer);
  answer.subgraph = std::move(subgraph);
  answer.data = data_table(teller.names(), result);
  return answer;
}

}  // namespace chokepoint
