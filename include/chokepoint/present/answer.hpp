#pragma once

#include "chokepoint/export/drawn_picture.hpp"
#include "chokepoint/export/mark.hpp"
#include "chokepoint/model/json.hpp"
#include "chokepoint/model/table.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// The part of the graph an answer is about, for export: vertices and edges of `view`'s snapshot with named values.
struct Subgraph {
  std::shared_ptr<const View> view;
  std::vector<Vertex> vertices;  ///< sorted
  std::vector<Arc> arcs;         ///< sorted
  Columns columns;               ///< metrics of the answer, one value per vertex
  std::vector<Mark> marks{};     ///< what the answer says of each vertex; empty: nothing
};

/// A list of the result that may be too long to hold as values: its rows are written one after the other.
struct LongList {
  std::string key;       ///< its name in the result, where it stands last; of one of `lists` its JSON pointer there
  std::size_t size = 0;  ///< rows
  /// Appends one row as a JSON object: indented by so many spaces, or on one line where that is nothing.
  std::function<void(std::size_t row, std::optional<unsigned> indent, std::string& out)> append;
};

/// What a command found, before anybody chose a format: the JSON result that data/schema/ describes, the
/// same as tables for people and spreadsheets, and what it stands on.
struct Answer {
  std::string command{};
  Json result{};
  Json coverage{};                     ///< object; counts of what was unknown, left out, chosen
  std::string title{};                 ///< of its drawings and graph files; empty: the first line of `heading`
  std::vector<std::string> heading{};  ///< lines above the tables, for people
  std::vector<std::string> drawing{};  ///< lines drawn for people (a tree), below the tables
  std::vector<Table> tables{};         ///< for people, and for Markdown
  std::vector<std::string> remarks{};  ///< sentences below the tables, for people
  /// What CSV, TSV and JSON Lines write: everything that is told in tables; empty: the first of `tables`. One with a
  /// title, and several, are written as one (see join_tables), in which a first column `table` has the titles.
  std::vector<Table> data{};
  std::function<std::vector<Table>()> make_data{};  ///< makes `data` where it is long; asked only when it is written
  std::optional<LongList> rows{};                   ///< a list of `result` that is not in it; JSON Lines write it, too
  std::vector<LongList> lists{};         ///< more lists of `result`, in whose place empty ones stand; JSON writes them
  bool negative = false;                 ///< exit code 1
  std::function<Subgraph()> subgraph{};  ///< makes the part of the graph that it is about; empty: there is none
  std::vector<OfferedPicture> pictures{};  ///< what SVG and PNG show instead of the subgraph: the first, if not told
};

}  // namespace chokepoint
