#include "export/pictures/picture_page.hpp"

#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr double sheet_margin = 20, least_inner = 460, sign_width = 22, sign_gap = 6, entry_gap = 16, legend_row = 19;
constexpr LetterStyle title_style{.size = 17, .bold = true};
constexpr LetterStyle date_style{.colour = faint_ink};
constexpr LetterStyle legend_style{};
constexpr LetterStyle note_style{.size = 10.5, .colour = faint_ink};
constexpr LetterStyle source_style{.size = 10, .colour = faint_ink};
/// Wide sheets have their sources in two columns.
constexpr double two_columns_from = 820, column_gap = 20;

void draw_gate_sign(SvgCanvas& canvas, const LegendEntry& entry, const PictureBox& box) {
  const Stroke stroke{entry.colour, 1.2};
  if (entry.sign == LegendSign::all_gate) return canvas.rectangle(box, paper, stroke);
  if (entry.sign == LegendSign::any_gate) return canvas.rectangle(box, paper, stroke, box.height / 2);
  const double end = box.height / 2;
  canvas.path(fmt::format("M{}L{}L{}L{}L{}L{}z", point_text(box.x, box.middle()), point_text(box.x + end, box.y),
                          point_text(box.right() - end, box.y), point_text(box.right(), box.middle()),
                          point_text(box.right() - end, box.bottom()), point_text(box.x + end, box.bottom())),
              paper, stroke);
}

}  // namespace

void draw_legend_sign(SvgCanvas& canvas, const LegendEntry& entry, double x, double y, std::size_t number) {
  const PictureBox box{x, y, sign_width, 12};
  const std::string light = tint(entry.colour, 0.2);
  switch (entry.sign) {
    case LegendSign::box: return canvas.rectangle(box, light, {entry.colour, 2}, 2);
    case LegendSign::dashed: return canvas.rectangle(box, light, {entry.colour, 1.5, true}, 2);
    case LegendSign::bar: return canvas.rectangle(box, entry.colour);
    case LegendSign::hatched:
      canvas.define_hatch(number, entry.colour);
      return canvas.rectangle(box, SvgCanvas::hatch_fill(number), {entry.colour});
    case LegendSign::line: return canvas.line(box.x, box.middle(), box.right(), box.middle(), {entry.colour, 2});
    case LegendSign::cut_line:
      canvas.line(box.x, box.middle(), box.right(), box.middle(), {entry.colour, 2, true});
      canvas.line(box.x + 8, box.middle() - 3, box.x + 14, box.middle() + 3, {entry.colour, 2});
      return canvas.line(box.x + 8, box.middle() + 3, box.x + 14, box.middle() - 3, {entry.colour, 2});
    case LegendSign::all_gate:
    case LegendSign::any_gate:
    case LegendSign::some_gate: return draw_gate_sign(canvas, entry, box);
    case LegendSign::point: {
      const double cx = box.x + sign_width / 2, cy = box.middle();
      return canvas.path(fmt::format("M{}L{}L{}L{}z", point_text(cx, cy - 6), point_text(cx + 6, cy),
                                     point_text(cx, cy + 6), point_text(cx - 6, cy)),
                         entry.colour, {paper});
    }
    case LegendSign::dot: return canvas.disc(box.x + sign_width / 2, box.middle(), 5, entry.colour, {paper});
  }
}

PicturePage::PicturePage(const PictureFrame& frame, PictureSize content)
    : frame_(&frame), inner_(std::max(content.width, least_inner)) {
  double y = sheet_margin;
  add(y, break_lines(frame.title, title_style.size, inner_, 0, true), title_style, 21);
  if (!frame.date.empty()) add(y, break_lines(frame.date, date_style.size, inner_), date_style, 15);
  y += 6;
  place_legend(y);
  y += 8;
  content_ = {sheet_margin, y, content.width, content.height};
  y += content.height + 10;
  for (const std::string& note : frame.notes) add(y, break_lines(note, note_style.size, inner_), note_style, 14);
  if (!frame.notes.empty()) y += 4;
  place_sources(y);
  size_ = {inner_ + 2 * sheet_margin, y + sheet_margin - 4};
}

void PicturePage::add(double& y, std::vector<std::string> lines, const LetterStyle& style, double leading) {
  const double height = leading * static_cast<double>(lines.size());
  blocks_.push_back({std::move(lines), {sheet_margin, y, inner_, height}, style, leading});
  y += height;
}

void PicturePage::place_legend(double& y) {
  double x = sheet_margin;
  for (const LegendEntry& entry : frame_->legend) {
    const double text_x = sign_width + sign_gap, wanted = text_x + text_extent(entry.text, legend_style.size);
    if (x > sheet_margin && x + wanted > sheet_margin + inner_) {
      x = sheet_margin;
      y += legend_row;
    }
    auto lines = break_lines(entry.text, legend_style.size, inner_ - text_x);
    signs_.push_back({entry, x, y});
    blocks_.push_back({lines, {x + text_x, y - 1, wanted - text_x, legend_row}, legend_style, 14});
    y += 14 * static_cast<double>(lines.size() - 1);
    x += wanted + entry_gap;
  }
  if (!frame_->legend.empty()) y += legend_row;
}

void PicturePage::place_sources(double& y) {
  if (frame_->sources.empty()) return;
  constexpr double leading = 13;
  if (!frame_->sources_are_numbered) {
    std::string text = frame_->sources_title + ": ";
    for (const std::string& source : frame_->sources)
      text += (&source == &frame_->sources.front() ? "" : "; ") + source;
    return add(y, break_lines(text, source_style.size, inner_), source_style, leading);
  }
  add(y, {frame_->sources_title}, {.size = source_style.size, .colour = ink, .bold = true}, leading + 1);
  const std::size_t columns = inner_ >= two_columns_from && frame_->sources.size() > 2 ? 2 : 1;
  const double width = (inner_ - column_gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  const std::size_t in_column = (frame_->sources.size() + columns - 1) / columns;
  const double number_width = text_extent(fmt::format("[{}] ", frame_->sources.size()), source_style.size);
  double lowest = y;
  for (std::size_t column = 0; column < columns; ++column) {
    double at = y;
    const double x = sheet_margin + static_cast<double>(column) * (width + column_gap);
    for (std::size_t i = column * in_column; i < std::min((column + 1) * in_column, frame_->sources.size()); ++i) {
      auto lines = break_lines(frame_->sources[i], source_style.size, width - number_width);
      const double height = leading * static_cast<double>(lines.size());
      blocks_.push_back({{fmt::format("[{}]", i + 1)}, {x, at, number_width, leading}, source_style, leading});
      blocks_.push_back(
          {std::move(lines), {x + number_width, at, width - number_width, height}, source_style, leading});
      at += height;
    }
    lowest = std::max(lowest, at);
  }
  y = lowest;
}

void PicturePage::draw(SvgCanvas& canvas) const {
  canvas.begin_group("frame");
  std::size_t number = 100;  // patterns of the drawing itself count from 0
  for (const PlacedSign& sign : signs_) draw_legend_sign(canvas, sign.entry, sign.x, sign.y, number++);
  for (const Block& block : blocks_)
    canvas.lines(block.box.x, block.box.y + block.style.size, block.lines, block.style, block.leading);
  canvas.end_group();
}

}  // namespace chokepoint::detail
