#include "chokepoint/export/cut_matrix.hpp"

#include "chokepoint/export/mark.hpp"
#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

constexpr double cell_width = 96, least_row = 24, widest_row_label = 190, cell_letters = 9.5, line_height = 12;

/// Where rows and columns stand.
struct MatrixLayout {
  double label_width = 0, head_height = 0;
  std::vector<std::vector<std::string>> heads, labels;
  std::vector<std::vector<std::vector<std::string>>> cells;
  std::vector<double> heights;
  PictureSize size;
};

double lines_height(std::size_t lines, double leading) { return leading * static_cast<double>(lines) + 8; }

MatrixLayout lay_out_matrix(const CutMatrix& matrix) {
  MatrixLayout out;
  for (const std::string& column : matrix.columns) {
    out.heads.push_back(detail::break_lines(column, 11, cell_width - 8, 0, true));
    out.head_height = std::max(out.head_height, lines_height(out.heads.back().size(), 14));
  }
  double height = out.head_height;
  for (const CutMatrixRow& row : matrix.rows) {
    out.labels.push_back(detail::break_lines(row.label, 11, widest_row_label));
    for (const std::string& line : out.labels.back())
      out.label_width = std::max(out.label_width, detail::text_extent(line, 11) + 12);
    double tallest = std::max(least_row, lines_height(out.labels.back().size(), 14));
    out.cells.emplace_back();
    for (const CutMatrixCell& cell : row.cells) {
      out.cells.back().push_back(detail::break_lines(cell.text, cell_letters, cell_width - 10));
      tallest = std::max(tallest, lines_height(out.cells.back().back().size(), line_height));
    }
    out.heights.push_back(tallest);
    height += tallest;
  }
  out.size = {out.label_width + cell_width * static_cast<double>(matrix.columns.size()), height};
  return out;
}

class MatrixDrawing {
 public:
  MatrixDrawing(const CutMatrix& matrix, const MatrixLayout& layout, detail::SvgCanvas& canvas,
                const detail::PictureBox& area)
      : matrix_(matrix), layout_(layout), canvas_(canvas), area_(area) {}

  void draw() {
    const std::string_view near_colour = look_of(Mark::may_fail).colour;
    canvas_.define_hatch(0, detail::tint(near_colour, 0.35));
    double x = area_.x + layout_.label_width;
    for (const auto& head : layout_.heads) {
      canvas_.lines(x + cell_width / 2, area_.y + 12, head, {.anchor = "middle", .bold = true}, 14);
      x += cell_width;
    }
    double y = area_.y + layout_.head_height;
    for (std::size_t row = 0; row < matrix_.rows.size(); ++row) {
      draw_row(row, y);
      y += layout_.heights[row];
    }
  }

 private:
  void draw_row(std::size_t row, double y) {
    const double height = layout_.heights[row];
    const auto& label = layout_.labels[row];
    canvas_.lines(area_.x, y + height / 2 + 4 - 7 * static_cast<double>(label.size() - 1), label, {}, 14);
    double x = area_.x + layout_.label_width;
    for (std::size_t column = 0; column < matrix_.rows[row].cells.size(); ++column) {
      draw_cell(row, column, {x + 1, y + 1, cell_width - 2, height - 2});
      x += cell_width;
    }
  }

  void draw_cell(std::size_t row, std::size_t column, const detail::PictureBox& box) {
    const CutMatrixCell& cell = matrix_.rows[row].cells[column];
    canvas_.begin_group(fmt::format("box cell {}", to_string(cell.effect)), cell.tooltip,
                        matrix_.rows[row].id + " " + matrix_.column_ids[column]);
    canvas_.rectangle(box, fill_of(cell.effect), {"#d0d0cc"}, 2);
    if (cell.effect == CutEffect::pair)  // a corner, so that colour is not the only sign
      canvas_.path(fmt::format("M{}L{}L{}z", detail::point_text(box.x, box.y), detail::point_text(box.x + 11, box.y),
                               detail::point_text(box.x, box.y + 11)),
                   look_of(Mark::may_fail).colour, {});
    const auto& lines = layout_.cells[row][column];
    const double y = box.middle() + 3.5 - line_height / 2 * static_cast<double>(lines.size() - 1);
    canvas_.lines(box.x + box.width / 2, y, lines,
                  {.size = cell_letters, .anchor = "middle", .bold = cell.effect == CutEffect::alone}, line_height);
    canvas_.end_group();
  }
  static std::string fill_of(CutEffect effect) {
    switch (effect) {
      case CutEffect::alone: return detail::tint(look_of(Mark::fails).colour, 0.55);
      case CutEffect::pair: return detail::tint(look_of(Mark::may_fail).colour, 0.25);
      case CutEffect::near: return detail::SvgCanvas::hatch_fill(0);
      case CutEffect::impossible: return detail::tint(look_of(Mark::fails).colour, 0.25);
      case CutEffect::none: break;
    }
    return std::string(detail::paper);
  }

  const CutMatrix& matrix_;
  const MatrixLayout& layout_;
  detail::SvgCanvas& canvas_;
  detail::PictureBox area_;
};

}  // namespace

std::uint64_t write_cut_matrix(const CutMatrix& matrix, std::ostream& out) {
  const MatrixLayout layout = lay_out_matrix(matrix);
  return detail::write_page_svg(matrix.frame, layout.size, out,
                                [&](detail::SvgCanvas& canvas, const detail::PictureBox& area) {
                                  MatrixDrawing(matrix, layout, canvas, area).draw();
                                });
}

}  // namespace chokepoint
