#include "chokepoint/present/cut_comparison.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/chain.hpp"
#include "present/words/names.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::Names;

std::string loss_text(Names& names, const ComparedLoss& loss) {
  const Session& session = names.session();
  switch (loss.effect) {
    case CutEffect::impossible: return detail::word(session, "already impossible");
    case CutEffect::alone: return detail::word(session, "alone");
    case CutEffect::near: return detail::say(session, "leaves {}", detail::percent_text(loss.low, loss.high));
    case CutEffect::pair: {
      constexpr std::size_t most_named = 2;
      std::string text = names.label(loss.with.front());
      if (loss.with.size() > 1) text = detail::say(session, "{} or {}", text, names.label(loss.with[1]));
      if (loss.with.size() > most_named) text += fmt::format(" +{}", loss.with.size() - most_named);
      return detail::say(session, "with {}", text);
    }
    case CutEffect::none: break;
  }
  return {};
}

/// What stands in a cell, for people: as any variant does, and behind a slash if all are needed, where that differs.
std::string cell_text(Names& names, const ComparedCell& cell) {
  const std::string any = loss_text(names, cell.any), all = loss_text(names, cell.all);
  if (any == all) return any;
  const auto said = [](const std::string& text) { return text.empty() ? std::string("–") : text; };
  return said(any) + " / " + said(all);
}

/// Whether a cell says two things.
bool has_two_readings(Names& names, const CutComparisonResult& found) {
  return std::ranges::any_of(found.rows, [&](const ComparedNode& node) {
    return std::ranges::any_of(
        node.cells, [&](const ComparedCell& cell) { return loss_text(names, cell.any) != loss_text(names, cell.all); });
  });
}

/// What is said below the cells: how to read them, and of targets for which nobody's loss makes a difference.
std::vector<std::string> cell_notes(Names& names, const CutComparisonResult& found) {
  const Session& session = names.session();
  std::vector<std::string> notes;
  if (has_two_readings(names, found))
    notes.push_back(detail::say(session, "before a slash: if any variant does; behind it: if all are needed"));
  bool is_any_possible = false;
  for (const CutSetsResult& each : found.targets) {
    is_any_possible |= !each.impossible();
    if (each.impossible()) notes.push_back(detail::impossible_text(names, each));
  }
  if (found.rows.empty() && is_any_possible)
    notes.push_back(found.targets.size() > 1 && notes.empty()
                        ? detail::say(session, "nothing stops any of them, as far as recorded")
                        : detail::say(session, "nothing stops the others, as far as recorded"));
  return notes;
}

CutMatrix matrix_of(Names& names, const CutComparisonResult& found) {
  const Session& session = names.session();
  constexpr std::size_t most_matrix_rows = 36;
  CutMatrix matrix;
  matrix.frame = detail::picture_frame(session, detail::say(session, "Whose loss stops what"));
  for (const CutSetsResult& each : found.targets) {
    matrix.column_ids.push_back(each.target.id);
    matrix.columns.push_back(names.label(each.target.id));
  }
  for (const ComparedNode& node : found.rows) {
    if (matrix.rows.size() == most_matrix_rows) break;
    CutMatrixRow row{node.id, names.named(node.id), {}};
    for (std::size_t i = 0; i < node.cells.size(); ++i) {
      std::string text = cell_text(names, node.cells[i]);
      std::string tooltip =
          text.empty() ? text : fmt::format("{} · {}: {}", names.label(node.id), matrix.columns[i], text);
      row.cells.push_back({node.cells[i].any.effect, std::move(text), std::move(tooltip)});
    }
    matrix.rows.push_back(std::move(row));
  }
  matrix.frame.legend = {{LegendSign::box, "#d55e00", detail::say(session, "stops it alone")},
                         {LegendSign::box, "#e69f00", detail::say(session, "stops it together with another")},
                         {LegendSign::hatched, "#e69f00", detail::say(session, "stops nothing alone, leaves little")}};
  if (found.rows.size() > matrix.rows.size())
    matrix.frame.notes.push_back(
        detail::say(session, "rows that are not drawn: {}", found.rows.size() - matrix.rows.size()));
  for (std::string& note : cell_notes(names, found)) matrix.frame.notes.push_back(std::move(note));
  detail::set_computed_source(session, matrix.frame);
  return matrix;
}

void set_loss(const ComparedLoss& loss, Json& out) {
  out.set("effect", to_string(loss.effect));
  if (loss.effect == CutEffect::pair) {
    Json with = Json::array();
    for (const std::string& other : loss.with) with.push(other);
    out.set("with", std::move(with));
  }
  if (loss.effect == CutEffect::near) {
    out.set("low", loss.low);
    out.set("high", loss.high);
  }
}

Json cell_json(const std::string& target, const ComparedCell& cell) {
  Json out = Json::object();
  out.set("target", target);
  set_loss(cell.any, out);
  if (cell.any == cell.all) return out;
  Json all = Json::object();
  set_loss(cell.all, all);
  out.set("if_all_needed", std::move(all));
  return out;
}

Json rows_json(Names& names, const CutComparisonResult& found) {
  Json list = Json::array();
  for (const ComparedNode& node : found.rows) {
    Json entry = Json::object(), cells = Json::array();
    entry.set("node", names.json(node.id));
    for (std::size_t i = 0; i < node.cells.size(); ++i)
      cells.push(cell_json(found.targets[i].target.id, node.cells[i]));
    entry.set("cells", std::move(cells));
    list.push(std::move(entry));
  }
  return list;
}

/// In words.
Table compared_table(Names& names, const CutComparisonResult& found) {
  Table table;
  table.columns = {detail::column(names.session(), "node", "Without", true)};
  for (const CutSetsResult& each : found.targets)
    table.columns.push_back({each.target.id, names.label(each.target.id), true});
  for (const ComparedNode& node : found.rows) {
    std::vector<Cell> cells{names.named(node.id)};
    for (const ComparedCell& cell : node.cells) cells.emplace_back(cell_text(names, cell));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// Ids and effects, for programs. A target that meets unsettled variants has a second column: if all are needed.
Table compared_data(const CutComparisonResult& found) {
  Table table;
  table.columns = {{"node", "node"}};
  for (const CutSetsResult& each : found.targets) {
    table.columns.push_back({each.target.id, each.target.id});
    if (each.variants_met) table.columns.push_back({each.target.id + ":all", each.target.id + ":all"});
  }
  for (const ComparedNode& node : found.rows) {
    std::vector<Cell> cells{node.id};
    for (std::size_t i = 0; i < node.cells.size(); ++i) {
      cells.emplace_back(std::string(to_string(node.cells[i].any.effect)));
      if (found.targets[i].variants_met) cells.emplace_back(std::string(to_string(node.cells[i].all.effect)));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Answer comparison_answer(Session& session, const CutComparisonResult& found, const ChokepointsStyle& style) {
  Names names(session);
  Answer answer{.command = "chokepoints", .result = Json::object(), .coverage = Json::object()};
  Json refs = Json::array(), answers = Json::array(), coverages = Json::array();
  answer.negative = true;
  for (const CutSetsResult& each : found.targets) refs.push(names.json(each.target.id));
  for (Answer& one : chokepoints_answers(session, found.targets, style)) {
    answer.negative = answer.negative && one.negative;
    answers.push(std::move(one.result));
    coverages.push(std::move(one.coverage));
  }
  answer.result.set("columns", std::move(refs));
  answer.result.set("rows", rows_json(names, found));
  answer.result.set("answers", std::move(answers));
  answer.coverage.set("answers", std::move(coverages));
  Table table = compared_table(names, found);
  table.title = detail::say(session, "Whose loss stops what");
  if (!found.rows.empty()) answer.tables.push_back(std::move(table));
  for (std::string& note : cell_notes(names, found)) answer.remarks.push_back(std::move(note));
  detail::add_remainder_line(names, found.with_remainder, answer.remarks);
  if (found.places_only) answer.remarks.push_back(detail::say(session, "rows are places; --among names other types"));
  answer.data.push_back(compared_data(found));
  answer.pictures.push_back({"matrix", [&session, found] {
                               Names again(session);
                               return DrawnPicture(matrix_of(again, found));
                             }});
  return answer;
}

}  // namespace chokepoint
