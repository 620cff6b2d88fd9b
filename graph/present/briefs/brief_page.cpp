#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/present/brief.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/query/measures.hpp"
#include "chokepoint/support/error.hpp"
#include "present/briefs/brief_pictures.hpp"
#include "present/briefs/brief_writer.hpp"
#include "present/words/fact_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

namespace chokepoint {

namespace detail {

std::string BriefWriter::list(const std::vector<std::string>& ids, std::size_t most, bool with_ids) {
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) {
    if (i > 0) text += list_comma();
    text += with_ids ? named(ids[i]) : label(ids[i]);
  }
  if (ids.size() > most) text += fmt::format(" +{}", ids.size() - most);
  return text;
}

std::string BriefWriter::joined(const std::vector<std::string>& texts, std::size_t most) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i)
    text += std::string(i > 0 ? list_comma() : "") + texts[i];
  if (texts.size() > most) text += fmt::format(" +{}", texts.size() - most);
  return text;
}

std::string BriefWriter::with_measure(const Edge& edge, const std::string& other) {
  std::string more = measure_text(*session_, edge);
  append_part(*session_, more, status_text(*session_, edge.status));
  return more.empty() ? named(other) : fmt::format("{} ({})", named(other), more);
}

std::size_t BriefWriter::number(const std::string& source) {
  const auto [place, is_new] = numbers_.try_emplace(source, cited_.size() + 1);
  if (is_new) cited_.push_back(source);
  return place->second;
}

std::vector<std::size_t> BriefWriter::notes(const std::vector<std::string>& sources) {
  // Of many sources of one statement the first few stand for all; JSON has every one.
  constexpr std::size_t most_sources = 4;
  std::set<std::size_t> numbers;
  std::set<std::string_view> seen;
  for (const std::string& source : sources) {
    if (!seen.insert(source).second || seen.size() > most_sources) continue;
    numbers.insert(number(source));
  }
  return {numbers.begin(), numbers.end()};
}

PageSection& BriefWriter::section(std::string_view title) {
  page_.sections.push_back({.title = word(title)});
  return page_.sections.back();
}

void BriefWriter::add(std::string text, std::vector<std::size_t> notes, std::size_t level) {
  page_.sections.back().lines.push_back({std::move(text), level, std::move(notes)});
}

void BriefWriter::more(std::size_t count, std::string_view command) {
  if (count > 0) add(say(*session_, "{} more: `{}`", count, fmt::format("{} {}", command, id())), {});
}

void BriefWriter::what_it_is() {
  section("What it is");
  const Node& node = brief_->node;
  if (!node.description.empty())
    add(detail::said_of(*session_, node.attributes, "description", node.description), notes_of(std::vector{node}));
  const std::string when = detail::when_text(*session_, brief_->node.since, brief_->node.until, "");
  std::map<std::pair<std::string, bool>, std::vector<const Edge*>> by_relation;
  for (const Edge& edge : brief_->identity) by_relation[{edge.type, edge.from == id()}].push_back(&edge);
  for (auto& [relation, edges] : by_relation) {
    std::vector<std::string> others, sources;
    // Those of which it is known how much stand first.
    std::ranges::stable_partition(edges, [&](const Edge* e) { return !measure_text(*session_, *e).empty(); });
    for (const Edge* edge : edges) {
      others.push_back(with_measure(*edge, relation.second ? edge->to : edge->from));
      for (const Citation& citation : edge->sources) sources.push_back(citation.source);
    }
    add(detail::relation_label(*session_, relation.first, relation.second) + " " + joined(others, most()),
        notes(sources));
  }
  if (!when.empty() && brief_->kind != BriefKind::measure)
    add(fmt::format("{}{}{}", word("When"), colon(), when), notes_of(std::vector{brief_->node}));
}

void BriefWriter::changes() {
  if (brief_->changes.empty()) return;
  section("What changed in a year");
  std::size_t shown = 0;
  for (const BriefChange& change : brief_->changes) {
    if (++shown > most()) break;
    std::string text = change.date + "  ";
    switch (change.what) {
      case BriefChange::What::began: text += word("began"); break;
      case BriefChange::What::ended: text += word("ended"); break;
      case BriefChange::What::announced: text += word("announced"); break;
      case BriefChange::What::effective: text += word("took effect"); break;
      case BriefChange::What::suspended: text += word("suspended"); break;
    }
    text += colon();
    text += change.edge ? detail::sentence(names_, *change.edge) : named(change.measure);
    if (change.edge)
      if (const std::string status = detail::status_text(*session_, change.edge->status); !status.empty())
        append_part(*session_, text, status);
    std::vector<std::string> sources;
    for (const Citation& citation : change.sources) sources.push_back(citation.source);
    add(text, notes(sources));
  }
  more(brief_->changes.size() - std::min(brief_->changes.size(), most()), "timeline");
}

void BriefWriter::figures() {
  if (brief_->figures.empty()) return;
  section("Figures");
  std::size_t shown = 0;
  for (const BriefFigure& each : brief_->figures) {
    if (++shown > most()) break;
    const Observation& o = each.figure;
    std::string text;
    if (o.subject != id()) text += fmt::format("{}{}", label(o.subject), comma());
    text += detail::indicator_label(*session_, o.indicator);
    if (const std::string more = detail::detail_text(names_, o); !more.empty()) text += " (" + more + ")";
    text += fmt::format("{}{}", colon(), detail::value_text(*session_, o));
    if (const std::string period = figure_period(o); !period.empty()) append_part(*session_, text, period);
    if (const std::string status = detail::status_text(*session_, o.status); !status.empty())
      append_part(*session_, text, status);
    const std::vector<std::size_t> sources = notes_of(std::vector{o});
    std::vector<PageLine>& lines = page_.sections.back().lines;
    // Short figures of one source are one statement.
    constexpr std::size_t longest_joined = 160;
    const bool may_join = !lines.empty() && lines.back().level == 0 && lines.back().notes == sources &&
                          each.rivals.empty() && lines.back().text.size() + text.size() < longest_joined;
    if (may_join)
      append_part(*session_, lines.back().text, text);
    else
      add(text, sources);
    for (const Observation& rival : each.rivals)
      add(say(*session_, "others say {}", detail::value_text(*session_, rival)), notes_of(std::vector{rival}), 1);
  }
  more(brief_->figures.size() - std::min(brief_->figures.size(), most()), "figures");
}

void BriefWriter::unknown() {
  section("What is not known");
  const BriefUnknown& u = brief_->unknown;
  const bool can_need = brief_->kind == BriefKind::thing || brief_->kind == BriefKind::actor;
  if (!brief_->is_there) add(say(*session_, "{} is not there on {}", named(id()), to_string(session_->as_of())), {});
  if (brief_->is_large) add(say(*session_, "the graph is large: chokepoints and what depends were not looked for"), {});
  if (can_need && brief_->is_there && brief_->rests_on == 0)
    add(say(*session_, "nothing is recorded that it needs, and no supplier of it"), {});
  if (!u.unsupplied.empty())
    add(say(*session_, "things in its supply without a recorded supplier ({}): {}", u.without_supplier,
            list(u.unsupplied, most())),
        {});
  if (brief_->stops && brief_->stops->asked && !brief_->stops->impossible && brief_->stops->alone.empty() &&
      brief_->stops->pairs.empty())
    add(say(*session_, "no loss of up to {} nodes stops {}, as far as suppliers are recorded", brief_->stops->order,
            label(id())),
        {});
  if (u.unknown_shares > 0)
    add(say(*session_, "supplies with unknown shares, whose lists are taken as complete: {} of {}", u.unknown_shares,
            u.supplies),
        {});
  if (u.rests > 0) add(say(*session_, "supplies with a rest that nobody names, which never fails: {}", u.rests), {});
  if (u.edges > 0)
    add(say(*session_, "facts about its supply on one source alone: {} of {}", u.on_one_source, u.edges), {});
  std::string none;
  const auto lacks = [&](bool missing, std::string_view what) {
    if (missing) append_part(*session_, none, word(what));
  };
  lacks(brief_->kind != BriefKind::measure && !brief_->dependents && brief_->is_there, "who depends on it");
  lacks(can_need && brief_->restricted_needs.empty() &&
            (!brief_->restricted || (brief_->restricted->acting.empty() && brief_->restricted->suspended.empty())),
        "measures that restrict it");
  lacks(brief_->changes.empty(), "changes in the year before");
  lacks(brief_->figures.empty(), "figures");
  lacks(brief_->node.description.empty(), "a description");
  if (!none.empty()) add(say(*session_, "not recorded: {}", none), {});
  if (page_.sections.back().lines.empty()) page_.sections.pop_back();
}

void BriefWriter::add_sources() {
  page_.sources_title = word("Sources");
  for (const std::string& id : cited_) {
    PageSource out{.text = id, .name = id};
    if (const auto source = known_.find(id); source != known_.end()) {
      out.text = source->second->title.empty() ? id : source->second->title;
      for (const std::string* part : {&source->second->publisher, &source->second->date})
        if (!part->empty()) append_part(*session_, out.text, *part);
      if (out.text.find(id) == std::string::npos) append_part(*session_, out.text, id);
      out.url = source->second->url;
    }
    page_.sources.push_back(std::move(out));
  }
  const std::size_t uncited = brief_->sources.size() - std::min(brief_->sources.size(), cited_.size());
  if (uncited > 0)
    page_.foot = say(*session_, "further sources, of facts that stand behind this page: {}; `brief {} --json` has all",
                     uncited, id());
}

Page BriefWriter::write() {
  page_.language = session_->language();
  page_.title = fmt::format("{} · {}", named(id()), detail::node_type_label(*session_, brief_->node.type));
  page_.lead.push_back(say(*session_, "as of {}", to_string(session_->as_of())));
  what_it_is();
  measure();
  needs();
  stops();
  dependents();
  concentration();
  restrictions();
  seats();
  market();
  issued();
  changes();
  figures();
  unknown();
  std::erase_if(page_.sections, [](const PageSection& each) { return each.lines.empty(); });
  add_sources();
  return std::move(page_);
}

}  // namespace detail

namespace {

using detail::append_part;
using detail::say;

/// A picture of more nodes and edges than this cannot be read on a page.
constexpr std::size_t most_drawn = 120;

}  // namespace

Page brief_page(Session& session, const BriefResult& result) { return detail::BriefWriter(session, result).write(); }

std::vector<std::string> draw_brief(Session& session, const BriefResult& result, Page& page) {
  std::vector<std::string> missing;
  PageSection pictures{.title = detail::word(session, "Pictures")};
  const std::vector<OfferedPicture> offers = detail::brief_pictures(session, result);
  const auto needs = detail::needs_picture(result);
  const bool has_tree = std::ranges::any_of(offers, [](const auto& p) { return p.kind == "fault-tree"; });
  if (needs && !has_tree) {
    GraphDocument document = to_document(session, *needs, page.title);
    const std::size_t left_out = trim_document(document, {result.node.id}, most_drawn);
    std::ostringstream svg;
    try {
      write_picture(document, PictureFormat::svg, svg);
      std::string caption = detail::word(session, result.stops ? "What it needs, and what stops it" : "What it needs");
      if (left_out > 0) append_part(session, caption, say(session, "{} nodes are not drawn", left_out));
      pictures.pictures.push_back({std::move(caption), std::move(svg).str()});
    } catch (const IoError& error) {
      missing.push_back(say(session, "the picture of the graph is left out: {}", error.what()));
    }
  }
  for (const OfferedPicture& offered : offers) {
    const DrawnPicture picture = offered.make();
    std::ostringstream svg;
    write_svg(picture, svg);
    pictures.pictures.push_back({frame_of(picture).title, std::move(svg).str()});
  }
  for (const std::string& sentence : missing) pictures.lines.push_back({sentence});
  if (!pictures.pictures.empty() || !pictures.lines.empty()) page.sections.push_back(std::move(pictures));
  return missing;
}

}  // namespace chokepoint
