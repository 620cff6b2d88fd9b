#pragma once

#include "chokepoint/export/picture_frame.hpp"
#include "chokepoint/model/cut_effect.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

struct CutMatrixCell {
  CutEffect effect = CutEffect::none;
  std::string text{};     ///< in the cell: `0–9 %`, `+jp`; may be empty
  std::string tooltip{};  ///< the whole sentence
};

struct CutMatrixRow {
  std::string id;
  std::string label;
  std::vector<CutMatrixCell> cells;  ///< one a column
};

/// Whose loss stops which thing: nodes down, things across.
struct CutMatrix {
  PictureFrame frame;
  std::vector<std::string> column_ids;
  std::vector<std::string> columns;  ///< labels
  std::vector<CutMatrixRow> rows;
};

/// SVG. Fatal alone is filled, in pairs half filled, nearly so hatched; every cell says so in text too.
/// @return how many characters XML could not hold
std::uint64_t write_cut_matrix(const CutMatrix& matrix, std::ostream& out);

}  // namespace chokepoint
