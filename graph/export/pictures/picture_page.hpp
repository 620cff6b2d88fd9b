#pragma once

#include "chokepoint/export/picture_frame.hpp"
#include "export/pictures/svg_canvas.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The sheet around a drawing: title, day, legend above it, notes and sources below, all wrapped to its width.
class PicturePage {
 public:
  /// @param content  extent of the drawing
  PicturePage(const PictureFrame& frame, PictureSize content);

  [[nodiscard]] PictureSize size() const { return size_; }
  /// Where the drawing stands.
  [[nodiscard]] const PictureBox& content() const { return content_; }
  /// Draws what stands around the drawing. @param canvas  of `size()`
  void draw(SvgCanvas& canvas) const;

 private:
  /// Text in lines, and where.
  struct Block {
    std::vector<std::string> lines;
    PictureBox box;
    LetterStyle style;
    double leading = 0;
  };
  struct PlacedSign {
    LegendEntry entry;
    double x = 0, y = 0;
  };
  void add(double& y, std::vector<std::string> lines, const LetterStyle& style, double leading);
  void place_legend(double& y);
  void place_sources(double& y);

  const PictureFrame* frame_;
  double inner_ = 0;  ///< between the margins
  PictureSize size_;
  PictureBox content_;
  std::vector<Block> blocks_;
  std::vector<PlacedSign> signs_;
};

/// Draws the sign of a legend's entry in a box of 22 by 12. @param number  of its pattern, for hatched ones
void draw_legend_sign(SvgCanvas& canvas, const LegendEntry& entry, double x, double y, std::size_t number);

/// A sheet of its size with what `draw_content` puts on it: what every kind of picture is written by.
/// @return how many characters XML could not hold
template <typename DrawContent>
std::uint64_t write_page_svg(const PictureFrame& frame, PictureSize content, std::ostream& out,
                             DrawContent draw_content) {
  const PicturePage page(frame, content);
  SvgCanvas canvas(out, page.size(), frame.title, frame.date);
  page.draw(canvas);
  draw_content(canvas, page.content());
  return canvas.finish();
}

}  // namespace chokepoint::detail
