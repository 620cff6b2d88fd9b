#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "export/layout/picture.hpp"
#include "export/pictures/svg_canvas.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A graph that is too large for a box with a label for everything: discs at the places of our own layout, edges as
/// arcs in the colour of their type (parallel ones apart), all names as tooltips. What an answer marks is drawn above
/// the rest and labelled first, beside its disc or, where that is crowded, at the end of a line; then the best linked
/// have labels as long as there is room. It is as large as an A4 sheet at a size that can be read, whatever its layout
/// takes.
class GraphMap {
 public:
  explicit GraphMap(const GraphDocument& document);

  /// What its colours mean, the most frequent first: marks, or types of nodes where there are none; types of edges.
  [[nodiscard]] std::vector<LegendEntry> legend() const;
  /// How large it is drawn. @param frame  what the sheet has around it
  [[nodiscard]] PictureSize size(const PictureFrame& frame) const;
  void draw(SvgCanvas& canvas, const PictureBox& box);

 private:
  [[nodiscard]] Point at(std::size_t node) const;
  [[nodiscard]] double radius(std::size_t node) const;
  [[nodiscard]] Mark mark(std::size_t node) const;
  void fit(const PictureBox& box);
  void draw_arrow_heads();
  void draw_edges();
  void draw_edge(std::size_t row, std::size_t before);
  void draw_nodes();
  void draw_labels();
  void place_label(std::size_t node, const LetterStyle& style, bool must_stand);
  /// A box on the sheet; what it may hide, it does where nothing else is free.
  struct Taken {
    PictureBox box;
    bool may_be_hidden = false;
  };
  [[nodiscard]] bool is_free(const PictureBox& box, bool may_hide = false) const;
  void take(const PictureBox& box, bool may_be_hidden = false);
  template <typename Visit>
  static void for_each_cell(const PictureBox& box, const Visit& visit);

  const GraphDocument* document_;
  Picture picture_;
  Looks looks_;
  std::vector<Link> links_;
  Point low_, high_;  ///< corners of the layout
  PictureBox box_;
  Point scale_{1, 1};
  double radius_scale_ = 1;
  SvgCanvas* canvas_ = nullptr;
  XmlWriter* xml_ = nullptr;
  std::map<std::pair<int, int>, std::vector<Taken>> taken_;
};

/// In which order marks are told: what the question names, what it finds, the rest.
std::span<const Mark> marks_by_weight();
/// The place of a mark there.
std::size_t weight_of(Mark mark);

}  // namespace chokepoint::detail
