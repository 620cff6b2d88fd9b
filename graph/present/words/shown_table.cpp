#include "chokepoint/present/shown_table.hpp"

#include "present/words/wording.hpp"

namespace chokepoint {

Table shown_table(const Session& session, const Table& table) {
  Table shown = table;
  for (auto& row : shown.rows)
    for (Cell& cell : row)
      if (const bool* truth = std::get_if<bool>(&cell)) cell = detail::word(session, *truth ? "yes" : "no");
  return shown;
}

}  // namespace chokepoint
