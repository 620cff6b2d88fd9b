#include "chokepoint/export/fault_tree.hpp"

#include "export/pictures/fault_tree_layout.hpp"
#include "export/pictures/picture_page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

using detail::FaultTreeLayout;
using detail::PictureBox;
using detail::PlacedEvent;
using detail::PlacedGate;
using detail::Stroke;
using detail::SvgCanvas;

class FaultTreeDrawing {
 public:
  FaultTreeDrawing(const FaultTreePicture& tree, const FaultTreeLayout& layout, SvgCanvas& canvas,
                   const PictureBox& area)
      : tree_(tree), layout_(layout), canvas_(canvas), area_(area) {}

  void draw() {
    for (const PlacedGate& gate : layout_.gates) draw_lines(gate);
    for (const PlacedGate& gate : layout_.gates) draw_gate(gate);
    for (const PlacedEvent& event : layout_.events) draw_event(event);
  }

 private:
  [[nodiscard]] PictureBox moved(PictureBox box) const {
    box.x += area_.x;
    box.y += area_.y;
    return box;
  }
  [[nodiscard]] const FaultTreeGate& gate_of(const PlacedGate& placed) const {
    return tree_.events[placed.event].gates[placed.gate];
  }
  static Stroke line_stroke(bool has_failed, bool is_cut = false) {
    return has_failed || is_cut ? Stroke{look_of(Mark::fails).colour, 1.8, is_cut} : Stroke{detail::rule_colour, 1.1};
  }

  void elbow(double x1, double y1, double x2, double y2, const Stroke& stroke) {
    const double turn = x1 + (x2 - x1 > 40 ? 9 : (x2 - x1) / 2);
    canvas_.path(fmt::format("M{}L{}L{}L{}", detail::point_text(x1, y1), detail::point_text(turn, y1),
                             detail::point_text(turn, y2), detail::point_text(x2, y2)),
                 "none", stroke);
  }

  void draw_lines(const PlacedGate& placed) {
    const FaultTreeGate& gate = gate_of(placed);
    const PictureBox box = moved(placed.box), parent = moved(layout_.events[placed.parent].box);
    elbow(parent.right(), parent.middle(), box.x, box.middle(), line_stroke(gate.has_failed));
    for (std::size_t i = 0; i < gate.inputs.size(); ++i) {
      const FaultTreeInput& input = gate.inputs[i];
      const PictureBox to = moved(layout_.events[placed.inputs[i]].box);
      elbow(box.right(), box.middle(), to.x, to.middle(), line_stroke(gate.has_failed, input.is_cut));
      const double x = to.x - 4, y = to.middle() - 3;
      canvas_.text(x, y, detail::input_text(input),
                   {.size = detail::detail_size, .colour = detail::faint_ink, .anchor = "end"});
      if (input.is_cut) draw_cross(to.x - 8, to.middle());
    }
    if (placed.left_out_y < 0) return;
    const double y = placed.left_out_y + area_.y;
    elbow(box.right(), box.middle(), box.right() + 18, y - 3, {detail::rule_colour, 1, true});
    canvas_.text(box.right() + 20, y, gate.left_out, {.size = detail::detail_size, .colour = detail::faint_ink});
  }
  void draw_cross(double x, double y) {
    const Stroke stroke{look_of(Mark::fails).colour, 1.8};
    canvas_.line(x - 3, y - 3, x + 3, y + 3, stroke);
    canvas_.line(x - 3, y + 3, x + 3, y - 3, stroke);
  }

  void draw_gate(const PlacedGate& placed) {
    const FaultTreeGate& gate = gate_of(placed);
    const PictureBox box = moved(placed.box);
    const Stroke stroke = line_stroke(gate.has_failed);
    const std::string fill = gate.has_failed ? detail::tint(stroke.colour, 0.12) : std::string(detail::paper);
    canvas_.begin_group("box gate", fmt::format("{} {}", gate.relation, gate.text), tree_.events[placed.event].id);
    switch (gate.rule) {
      case GateRule::all: canvas_.rectangle(box, fill, stroke); break;
      case GateRule::any: canvas_.rectangle(box, fill, stroke, box.height / 2); break;
      case GateRule::some: {
        using detail::point_text;
        canvas_.path(fmt::format("M{}L{}L{}L{}L{}L{}z", point_text(box.x, box.middle()), point_text(box.x + 8, box.y),
                                 point_text(box.right() - 8, box.y), point_text(box.right(), box.middle()),
                                 point_text(box.right() - 8, box.bottom()), point_text(box.x + 8, box.bottom())),
                     fill, stroke);
        break;
      }
    }
    double y = box.y + 12;
    const double x = box.x + box.width / 2;
    for (std::size_t i = 0; i < placed.lines.size(); ++i, y += 12)
      canvas_.text(x, y, placed.lines[i],
                   {.size = detail::detail_size, .anchor = "middle", .bold = i >= placed.relation_lines});
    canvas_.end_group();
  }

  void draw_event(const PlacedEvent& placed) {
    const FaultTreeEvent& event = tree_.events[placed.event];
    const PictureBox box = moved(placed.box);
    const std::string_view colour = event.mark == Mark::none ? detail::rule_colour : look_of(event.mark).colour;
    const std::string fill = event.mark == Mark::none ? std::string(detail::paper) : detail::tint(colour, 0.2);
    const bool is_dashed = placed.is_repeat || event.mark == Mark::may_fail;
    canvas_.begin_group(placed.is_repeat ? "box event repeat" : "box event",
                        event.label == event.id ? event.id : fmt::format("{} ({})", event.label, event.id), event.id);
    canvas_.rectangle(box, fill, {colour, event.stops_alone ? 2.4 : event.mark == Mark::none ? 1 : 1.6, is_dashed}, 3);
    double y = canvas_.lines(box.x + 5, box.y + 12.5, placed.lines,
                             {.size = detail::event_size, .bold = event.stops_alone}, detail::event_leading);
    canvas_.lines(box.x + 5, y - 1, placed.details, {.size = detail::detail_size, .colour = "#3d3d3d"},
                  detail::event_leading - 1.5);
    canvas_.end_group();
  }

  const FaultTreePicture& tree_;
  const FaultTreeLayout& layout_;
  SvgCanvas& canvas_;
  PictureBox area_;
};

}  // namespace

PictureSize fault_tree_size(const FaultTreePicture& tree) {
  return detail::PicturePage(tree.frame, detail::lay_out_fault_tree(tree).size).size();
}

std::uint64_t write_fault_tree(const FaultTreePicture& tree, std::ostream& out) {
  const FaultTreeLayout layout = detail::lay_out_fault_tree(tree);
  return detail::write_page_svg(tree.frame, layout.size, out, [&](SvgCanvas& canvas, const PictureBox& area) {
    FaultTreeDrawing(tree, layout, canvas, area).draw();
  });
}

}  // namespace chokepoint
