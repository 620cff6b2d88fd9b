#include "chokepoint/present/brief.hpp"
#include "chokepoint/present/restrictions.hpp"
#include "present/briefs/brief_pictures.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

namespace chokepoint {

namespace {

using detail::Names;

Json refs(Names& names, const std::vector<std::string>& ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push(names.json(id));
  return list;
}

Json texts(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& text : list) out.push(text);
  return out;
}

Json needs_json(Names& names, const BriefResult& brief) {
  Json list = Json::array();
  for (const BriefNeed& need : brief.needs) {
    Json entry = Json::object(), members = Json::array();
    entry.set("of", names.json(need.of));
    entry.set("tier", need.tier);
    entry.set("type", need.type);
    entry.set("rule", need.rule);
    entry.set("k", need.k);
    entry.set("n", need.n);
    entry.set("only_one_recorded", need.is_sole());
    if (!need.item.empty()) entry.set("item", names.json(need.item));
    for (const Edge& edge : need.edges) members.push(names.json(need.member(edge)));
    entry.set("members", std::move(members));
    entry.set("edges", detail::edges_json(need.edges));
    list.push(std::move(entry));
  }
  return list;
}

Json sets_json(const std::vector<BriefCutSet>& sets) {
  Json list = Json::array();
  for (const BriefCutSet& set : sets) {
    Json entry = Json::object();
    entry.set("members", texts(set.members));
    entry.set("any", set.any);
    entry.set("all", set.all);
    entry.set("sources", texts(set.sources));
    list.push(std::move(entry));
  }
  return list;
}

Json stops_json(const BriefStops& stops) {
  Json out = Json::object();
  out.set("asked", stops.asked);
  out.set("order", std::uint64_t{stops.order});
  out.set("complete", stops.complete);
  out.set("already_impossible", stops.impossible);
  out.set("policies", texts(stops.policies));
  out.set("alone", sets_json(stops.alone));
  out.set("pairs", sets_json(stops.pairs));
  out.set("remainder_sets", std::uint64_t{stops.with_remainder.sets.size()});
  return out;
}

Json dependents_json(Names& names, const BriefDependents& found) {
  Json out = Json::object(), types = Json::array();
  out.set("count", std::uint64_t{found.count});
  out.set("direct", std::uint64_t{found.direct});
  for (const auto& [type, count] : found.types) {
    Json entry = Json::object();
    entry.set("type", type);
    entry.set("count", std::uint64_t{count});
    types.push(std::move(entry));
  }
  out.set("types", std::move(types));
  out.set("impossible_without_it", refs(names, found.stopped));
  out.set("may_be_impossible", std::uint64_t{found.may_stop});
  out.set("edges", detail::edges_json(found.edges));
  return out;
}

Json concentration_json(Names& names, const std::vector<BriefConcentration>& rows) {
  Json list = Json::array();
  for (const BriefConcentration& row : rows) {
    Json entry = Json::object();
    entry.set("node", names.json(row.node));
    if (!row.customer.empty()) entry.set("customer", names.json(row.customer));
    entry.set("layer", row.by_place ? "place" : "actor");
    entry.set("suppliers", row.suppliers);
    entry.set("share_sum", row.share_sum);
    entry.set("complete", row.complete);
    entry.set("hhi_low", row.hhi_low);
    entry.set("hhi_high", row.hhi_high);
    entry.set("top", names.json(row.top));
    entry.set("top_share", row.top.empty() ? Json() : Json(row.top_share));
    entry.set("top_share_recorded", row.top.empty() ? Json() : Json(row.top_share * row.recorded_sum));
    entry.set("sources", texts(row.sources));
    list.push(std::move(entry));
  }
  return list;
}

Json measure_json(const BriefMeasure& measure) {
  Json out = Json::object();
  for (const auto& [key, date] :
       {std::pair{"announced", &measure.announced}, std::pair{"effective", &measure.effective},
        std::pair{"suspended", &measure.suspended}, std::pair{"since", &measure.since},
        std::pair{"until", &measure.until}})
    if (!date->empty()) out.set(key, *date);
  out.set("issued", detail::edges_json(measure.issued));
  out.set("amends", detail::edges_json(measure.amends));
  out.set("amended_by", detail::edges_json(measure.amended_by));
  out.set("aims_at", detail::edges_json(measure.targets));
  return out;
}

std::string_view what_text(BriefChange::What what) {
  switch (what) {
    case BriefChange::What::began: return "began";
    case BriefChange::What::ended: return "ended";
    case BriefChange::What::announced: return "announced";
    case BriefChange::What::effective: return "effective";
    case BriefChange::What::suspended: return "suspended";
  }
  return {};
}

Json changes_json(Names& names, const std::vector<BriefChange>& changes) {
  Json list = Json::array();
  for (const BriefChange& change : changes) {
    Json entry = Json::object();
    entry.set("what", what_text(change.what));
    entry.set("date", change.date);
    if (change.edge)
      entry.set("edge", to_json(*change.edge));
    else
      entry.set("measure", names.json(change.measure));
    list.push(std::move(entry));
  }
  return list;
}

Json figures_json(const std::vector<BriefFigure>& figures) {
  Json list = Json::array();
  for (const BriefFigure& figure : figures) {
    Json entry = to_json(figure.figure);
    entry.set("rivals", detail::observations_json(figure.rivals));
    list.push(std::move(entry));
  }
  return list;
}

Json unknown_json(const BriefUnknown& unknown) {
  Json out = Json::object();
  out.set("without_supplier", unknown.without_supplier);
  out.set("supplier_groups", unknown.supplies);
  out.set("supplies_with_unknown_shares", unknown.unknown_shares);
  out.set("supplies_with_a_rest", unknown.rests);
  out.set("edges", unknown.edges);
  out.set("edges_on_one_source", unknown.on_one_source);
  out.set("nodes_without_supplier", texts(unknown.unsupplied));
  return out;
}

/// What `restrictions` answers to the same question.
Json restrictions_json(Session& session, const RestrictionsResult& result) {
  RestrictionsStyle style;
  style.drawn = false;
  style.limit = 1;
  return restrictions_answer(session, result, style).result;
}

Json result_json(Session& session, const BriefResult& brief) {
  Names names(session);
  Json out = Json::object();
  out.set("node", to_json(brief.node));
  out.set("kind", to_string(brief.kind));
  out.set("is_there", brief.is_there);
  out.set("identity", detail::edges_json(brief.identity));
  if (!brief.needs.empty()) out.set("needs", needs_json(names, brief));
  out.set("rests_on", std::uint64_t{brief.rests_on});
  if (brief.stops) out.set("stops", stops_json(*brief.stops));
  if (brief.dependents) out.set("dependents", dependents_json(names, *brief.dependents));
  if (!brief.concentration.empty()) out.set("concentration", concentration_json(names, brief.concentration));
  if (brief.measure) out.set("measure", measure_json(*brief.measure));
  for (const auto& [key, result] : {std::pair{"restrictions", &brief.restricted}, std::pair{"market", &brief.market},
                                    std::pair{"issued", &brief.issued}})
    if (*result) out.set(key, restrictions_json(session, **result));
  if (!brief.restricted_needs.empty()) {
    Json edges = Json::array();
    for (const Restriction& each : brief.restricted_needs) edges.push(to_json(each.edge));
    out.set("restricted_needs", std::move(edges));
  }
  if (!brief.seats.empty()) out.set("seats", detail::edges_json(brief.seats));
  if (!brief.changes.empty()) out.set("changes", changes_json(names, brief.changes));
  if (!brief.figures.empty()) out.set("figures", figures_json(brief.figures));
  out.set("unknown", unknown_json(brief.unknown));
  Json sources = Json::array();
  for (const Source& source : brief.sources) sources.push(to_json(source));
  out.set("sources", std::move(sources));
  return out;
}

std::string numbers_text(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

/// One statement a row, for spreadsheets.
Table data_of(const Page& page) {
  Table table = detail::data_table("", {"section", "statement", "sources"});
  for (const PageSection& section : page.sections)
    for (const PageLine& line : section.lines)
      table.rows.push_back({section.title, line.text, numbers_text(line.notes)});
  for (std::size_t i = 0; i < page.sources.size(); ++i)
    table.rows.push_back({page.sources_title, page.sources[i].text, std::to_string(i + 1)});
  if (!page.foot.empty()) table.rows.push_back({page.sources_title, page.foot, Cell()});
  return table;
}

}  // namespace

Answer brief_answer(Session& session, const BriefResult& result, std::size_t width) {
  const Page page = brief_page(session, result);
  Answer answer{.command = "brief", .result = result_json(session, result), .coverage = Json::object()};
  answer.title = page.title;
  std::size_t statements = 0;
  for (const PageSection& section : page.sections) statements += section.lines.size();
  answer.coverage.set("statements", std::uint64_t{statements});
  answer.coverage.set("sources", std::uint64_t{page.sources.size()});
  answer.coverage.set("large", result.is_large);
  // On a screen the day stands beside the title: what was asked for begins a line earlier.
  Page shown = page;
  for (const std::string& line : shown.lead) shown.title += " · " + line;
  shown.lead.clear();
  constexpr std::size_t few_sources = 6;
  if (result.limit > 0 && page.sources.size() > few_sources)
    shown.sources_hint = detail::say(
        session, "`sources ID` has the title, publisher, date and address of one; Markdown, HTML and --limit 0 of all");
  answer.drawing = page_lines(shown, width);
  answer.data.push_back(data_of(page));
  if (auto picture = detail::needs_picture(result))
    answer.subgraph = [picture = *std::move(picture)] { return picture; };
  answer.pictures = detail::brief_pictures(session, result);
  return answer;
}

}  // namespace chokepoint
