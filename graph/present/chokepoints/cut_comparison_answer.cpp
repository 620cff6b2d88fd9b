#include "chokepoint/present/cut_comparison.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/chain.hpp"
#include "present/words/names.hpp"
#include "present/words/stop_lines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

/// What stands in a cell, for people.
std::string cell_text(Names& names, const ComparedLoss& cell) {
  const Session& session = names.session();
  switch (cell.effect) {
    case CutEffect::alone: return detail::word(session, "alone");
    case CutEffect::near: return detail::say(session, "leaves {}", detail::percent_text(cell.low, cell.high));
    case CutEffect::pair: {
      constexpr std::size_t most_named = 2;
      std::string text;
      std::size_t shown = 0;
      for (const std::string& id : cell.with)
        if (++shown <= most_named) text += (text.empty() ? "" : ", ") + names.label(id);
      if (shown > most_named) text += fmt::format(" +{}", shown - most_named);
      return detail::say(session, "with {}", text);
    }
    case CutEffect::none: break;
  }
  return {};
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
    for (std::size_t i = 0; i < node.losses.size(); ++i) {
      std::string text = cell_text(names, node.losses[i]);
      std::string tooltip =
          text.empty() ? text : fmt::format("{} · {}: {}", names.label(node.id), matrix.columns[i], text);
      row.cells.push_back({node.losses[i].effect, std::move(text), std::move(tooltip)});
    }
    matrix.rows.push_back(std::move(row));
  }
  matrix.frame.legend = {{LegendSign::box, "#d55e00", detail::say(session, "stops it alone")},
                         {LegendSign::box, "#e69f00", detail::say(session, "stops it together with another")},
                         {LegendSign::hatched, "#e69f00", detail::say(session, "stops nothing alone, leaves little")}};
  if (found.rows.size() > matrix.rows.size())
    matrix.frame.notes.push_back(
        detail::say(session, "rows that are not drawn: {}", found.rows.size() - matrix.rows.size()));
  if (found.rows.empty())
    matrix.frame.notes.push_back(detail::say(session, "nothing stops any of them, as far as recorded"));
  detail::set_computed_source(session, matrix.frame);
  return matrix;
}

Json loss_json(const std::string& target, const ComparedLoss& loss) {
  Json out = Json::object();
  out.set("target", target);
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
  return out;
}

Json rows_json(Names& names, const CutComparisonResult& found) {
  Json list = Json::array();
  for (const ComparedNode& node : found.rows) {
    Json entry = Json::object(), cells = Json::array();
    entry.set("node", names.json(node.id));
    for (std::size_t i = 0; i < node.losses.size(); ++i)
      cells.push(loss_json(found.targets[i].target.id, node.losses[i]));
    entry.set("cells", std::move(cells));
    list.push(std::move(entry));
  }
  return list;
}

/// For people their words, for programs ids and effects.
Table compared_table(Names& names, const CutComparisonResult& found, bool for_people) {
  Table table;
  table.columns = {for_people ? detail::column(names.session(), "node", "Without", true) : TableColumn{"node", "node"}};
  for (const CutSetsResult& each : found.targets)
    table.columns.push_back({each.target.id, for_people ? names.label(each.target.id) : each.target.id, for_people});
  for (const ComparedNode& node : found.rows) {
    std::vector<Cell> cells{for_people ? names.named(node.id) : node.id};
    for (const ComparedLoss& loss : node.losses)
      cells.emplace_back(for_people ? cell_text(names, loss) : std::string(to_string(loss.effect)));
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
  for (const CutSetsResult& each : found.targets) {
    Answer one = chokepoints_answer(session, each, style);
    answer.negative = answer.negative && one.negative;
    refs.push(names.json(each.target.id));
    answers.push(std::move(one.result));
    coverages.push(std::move(one.coverage));
  }
  answer.result.set("columns", std::move(refs));
  answer.result.set("rows", rows_json(names, found));
  answer.result.set("answers", std::move(answers));
  answer.coverage.set("answers", std::move(coverages));
  Table table = compared_table(names, found, true);
  table.title = detail::say(session, "Whose loss stops what");
  if (!found.rows.empty()) answer.tables.push_back(std::move(table));
  if (found.rows.empty())
    answer.remarks.push_back(detail::say(session, "nothing stops any of them, as far as recorded"));
  detail::add_remainder_line(names, found.with_remainder, answer.remarks);
  if (found.places_only) answer.remarks.push_back(detail::say(session, "rows are places; --among names other types"));
  answer.data = compared_table(names, found, false);
  answer.pictures.push_back({"matrix", [&session, found] {
                               Names again(session);
                               return DrawnPicture(matrix_of(again, found));
                             }});
  return answer;
}

}  // namespace chokepoint
