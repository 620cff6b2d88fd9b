#include "chokepoint/query/cut_comparison.hpp"

#include "chokepoint/support/error.hpp"
#include "query/facts/chain.hpp"
#include "query/facts/wording.hpp"
#include "query/pictures/picture_sources.hpp"
#include "query/session/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

using detail::Names;

/// What the loss of one node means for one target.
struct ComparedCell {
  CutEffect effect = CutEffect::none;
  std::set<std::string> with;  ///< of a pair: the others
  double low = 0, high = 0;    ///< of a near loss: what is left
};

using ComparedRows = std::map<std::string, std::vector<ComparedCell>>;

/// Reads one target's answer into its column. A set counts in whichever reading it is one.
void read_column(const Json& result, std::size_t column, std::size_t columns, ComparedRows& rows) {
  const auto cell = [&](const std::string& id) -> ComparedCell& {
    auto& cells = rows[id];
    cells.resize(columns);
    return cells[column];
  };
  for (const Json& bound : result.find("bounds")->as_array()) {
    for (const Json& set : bound.find("cut_sets")->as_array()) {
      const auto& members = set.as_array();
      for (const Json& member : members) {
        ComparedCell& at = cell(member.as_string());
        const CutEffect effect = members.size() == 1 ? CutEffect::alone : CutEffect::pair;
        at.effect = std::max(at.effect, effect);
        for (const Json& other : members)
          if (members.size() == 2 && other.as_string() != member.as_string()) at.with.insert(other.as_string());
      }
    }
    if (const Json* near = bound.find("near"); near != nullptr)
      for (const Json& loss : near->as_array()) {
        ComparedCell& at = cell(loss.find("id")->as_string());
        if (at.effect == CutEffect::none) at.low = loss.find("low")->to_double().value();
        at.effect = std::max(at.effect, CutEffect::near);
        at.low = std::min(at.low, loss.find("low")->to_double().value());
        at.high = std::max(at.high, loss.find("high")->to_double().value());
      }
  }
}

/// What stands in a cell, for people.
std::string cell_text(Names& names, const ComparedCell& cell) {
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

/// Whoever stops most stands first.
std::vector<std::string> by_weight(const ComparedRows& rows) {
  std::vector<std::string> order;
  for (const auto& [id, cells] : rows) order.push_back(id);
  const auto count = [&](const std::string& id, CutEffect effect) {
    return std::ranges::count(rows.at(id), effect, &ComparedCell::effect);
  };
  std::ranges::stable_sort(order, {}, [&](const std::string& id) {
    return std::tuple(-count(id, CutEffect::alone), -count(id, CutEffect::near), -count(id, CutEffect::pair));
  });
  return order;
}

CutMatrix matrix_of(Names& names, const std::vector<std::string>& targets, const ComparedRows& rows,
                    const std::vector<std::string>& order) {
  const Session& session = names.session();
  constexpr std::size_t most_matrix_rows = 36;
  CutMatrix matrix;
  matrix.frame = detail::picture_frame(session, detail::say(session, "Whose loss stops what"));
  matrix.column_ids = targets;
  for (const std::string& target : targets) matrix.columns.push_back(names.label(target));
  for (const std::string& id : order) {
    if (matrix.rows.size() == most_matrix_rows) break;
    CutMatrixRow row{id, names.named(id), {}};
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const ComparedCell& cell = rows.at(id)[i];
      std::string text = cell_text(names, cell);
      std::string tooltip =
          text.empty() ? text : fmt::format("{} · {}: {}", names.label(id), names.label(targets[i]), text);
      row.cells.push_back({cell.effect, std::move(text), std::move(tooltip)});
    }
    matrix.rows.push_back(std::move(row));
  }
  matrix.frame.legend = {{LegendSign::box, "#d55e00", detail::say(session, "stops it alone")},
                         {LegendSign::box, "#e69f00", detail::say(session, "stops it together with another")},
                         {LegendSign::hatched, "#e69f00", detail::say(session, "stops nothing alone, leaves little")}};
  if (order.size() > matrix.rows.size())
    matrix.frame.notes.push_back(
        detail::say(session, "rows that are not drawn: {}", order.size() - matrix.rows.size()));
  if (order.empty())
    matrix.frame.notes.push_back(detail::say(session, "nothing stops any of them, as far as recorded"));
  detail::set_computed_source(session, matrix.frame);
  return matrix;
}

Json rows_json(Names& names, const std::vector<std::string>& targets, const ComparedRows& rows,
               const std::vector<std::string>& order) {
  Json list = Json::array();
  for (const std::string& id : order) {
    Json entry = Json::object(), cells = Json::array();
    entry.set("node", names.json(id));
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const ComparedCell& cell = rows.at(id)[i];
      Json out = Json::object(), with = Json::array();
      out.set("target", targets[i]);
      out.set("effect", to_string(cell.effect));
      if (cell.effect == CutEffect::pair) {
        for (const std::string& other : cell.with) with.push(other);
        out.set("with", std::move(with));
      }
      if (cell.effect == CutEffect::near) {
        out.set("low", cell.low);
        out.set("high", cell.high);
      }
      cells.push(std::move(out));
    }
    entry.set("cells", std::move(cells));
    list.push(std::move(entry));
  }
  return list;
}

/// For people their words, for programs ids and effects.
Table compared_table(Names& names, const std::vector<std::string>& targets, const ComparedRows& rows,
                     const std::vector<std::string>& order, bool for_people) {
  Table table;
  table.columns = {for_people ? detail::column(names.session(), "node", "Without", true) : TableColumn{"node", "node"}};
  for (const std::string& target : targets)
    table.columns.push_back({target, for_people ? names.label(target) : target, for_people});
  for (const std::string& id : order) {
    std::vector<Cell> cells{for_people ? names.named(id) : id};
    for (const ComparedCell& cell : rows.at(id))
      cells.emplace_back(for_people ? cell_text(names, cell) : std::string(to_string(cell.effect)));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Answer compare_chokepoints(Session& session, const ChokepointsParams& params, const std::vector<std::string>& targets) {
  constexpr double near_by_default = 0.2;
  ChokepointsParams single = params;
  if (single.among.empty()) single.among = {"place"};
  if (!single.near) single.near = near_by_default;
  Names names(session);
  Answer answer{.command = "chokepoints", .result = Json::object(), .coverage = Json::object()};
  Json refs = Json::array(), answers = Json::array(), coverages = Json::array();
  std::vector<std::string> ids;
  ComparedRows rows;
  answer.negative = true;
  for (const std::string& target : targets) {
    const std::string id = session.reader().resolve(target).id;
    if (std::ranges::find(ids, id) != ids.end()) throw UsageError(fmt::format("\"{}\" is named twice", id));
    ids.push_back(id);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    single.target = ids[i];
    Answer one = find_chokepoints(session, single);
    read_column(one.result, i, ids.size(), rows);
    answer.negative = answer.negative && one.negative;
    refs.push(names.json(ids[i]));
    answers.push(std::move(one.result));
    coverages.push(std::move(one.coverage));
  }
  const std::vector<std::string> order = by_weight(rows);
  answer.result.set("columns", std::move(refs));
  answer.result.set("rows", rows_json(names, ids, rows, order));
  answer.result.set("answers", std::move(answers));
  answer.coverage.set("answers", std::move(coverages));
  Table table = compared_table(names, ids, rows, order, true);
  table.title = detail::say(session, "Whose loss stops what");
  if (!order.empty()) answer.tables.push_back(std::move(table));
  if (order.empty()) answer.remarks.push_back(detail::say(session, "nothing stops any of them, as far as recorded"));
  if (params.among.empty())
    answer.remarks.push_back(detail::say(session, "rows are places; --among names other types"));
  answer.data = compared_table(names, ids, rows, order, false);
  answer.pictures.push_back({"matrix", [matrix = matrix_of(names, ids, rows, order)] { return DrawnPicture(matrix); }});
  return answer;
}

}  // namespace chokepoint
