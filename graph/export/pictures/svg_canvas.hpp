#pragma once

#include "chokepoint/export/picture_frame.hpp"
#include "export/text/xml_writer.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

inline constexpr std::string_view ink = "#1a1a1a", faint_ink = "#555555", rule_colour = "#8a8a86", paper = "#ffffff";

/// A rectangle: its upper left corner and its extent, in pixels.
struct PictureBox {
  double x = 0, y = 0, width = 0, height = 0;
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
  [[nodiscard]] double middle() const { return y + height / 2; }
};

struct Stroke {
  std::string_view colour = {};  ///< empty: none
  double width = 1;
  bool is_dashed = false;
};

struct LetterStyle {
  double size = 11;
  std::string_view colour = ink;
  std::string_view anchor = "start";  ///< start, middle, end
  bool bold = false;
  bool has_halo = false;  ///< a white rim, where it stands over lines and areas
};

/// The mean of a colour and white, `part` of the colour.
std::string tint(std::string_view colour, double part);

/// SVG elements one by one, with numbers rounded to a tenth: the one place where pictures become text.
class SvgCanvas {
 public:
  /// Begins the document; its outer size is fitted to A4, drawn is in pixels of `size`.
  SvgCanvas(std::ostream& out, PictureSize size, std::string_view title, std::string_view description);

  void rectangle(const PictureBox& box, std::string_view fill, const Stroke& stroke = {}, double corner = 0);
  void line(double x1, double y1, double x2, double y2, const Stroke& stroke);
  /// @param data  of a path, see `point_text`
  void path(std::string_view data, std::string_view fill, const Stroke& stroke);
  void disc(double x, double y, double radius, std::string_view fill, const Stroke& stroke = {});
  void text(double x, double y, std::string_view content, const LetterStyle& style);
  /// Lines below each other, the first at `y`. @return the y below the last
  double lines(double x, double y, const std::vector<std::string>& content, const LetterStyle& style, double leading);
  /// Everything until the end belongs to it. @param name  of its class @param tooltip  may be empty
  void begin_group(std::string_view name, std::string_view tooltip = {}, std::string_view id = {});
  void end_group();
  /// A pattern of stripes in a colour, to fill with by `hatch_fill`.
  void define_hatch(std::size_t number, std::string_view colour);
  static std::string hatch_fill(std::size_t number);
  /// A drawing that another program made, scaled into a box. @param content  what stands inside its `<svg>`
  void nest(const PictureBox& box, std::string_view view_box, std::string_view content);
  /// For elements that only one kind of picture has.
  [[nodiscard]] XmlWriter& xml() { return xml_; }
  /// Ends the document. @return how many characters XML could not hold
  std::uint64_t finish();

 private:
  void stroke_attributes(const Stroke& stroke);
  XmlWriter xml_;
};

/// `12.5,3`, rounded to a tenth.
std::string point_text(double x, double y);

}  // namespace chokepoint::detail
