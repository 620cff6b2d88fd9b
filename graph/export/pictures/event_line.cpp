#include "chokepoint/export/event_line.hpp"

#include "chokepoint/export/mark.hpp"
#include "chokepoint/model/date.hpp"
#include "export/pictures/picture_page.hpp"
#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {

namespace {

constexpr double event_row = 19, plot_width = 520, widest_event_label = 250, date_width = 70, axis_height = 22,
                 arc_step = 9, most_arc_room = 150;

std::string_view event_colour(EventKind kind) {
  switch (kind) {
    case EventKind::restriction: return "#d55e00";
    case EventKind::response: return "#009e73";
    case EventKind::fact: return "#777777";
    case EventKind::measure: break;
  }
  return "#0072b2";
}
std::string_view arc_colour(ArcKind kind) {
  switch (kind) {
    case ArcKind::answers: return "#009e73";
    case ArcKind::closes: return "#882255";
    case ArcKind::amends: break;
  }
  return "#333333";
}
std::string_view arc_name(ArcKind kind) {
  switch (kind) {
    case ArcKind::answers: return "answers";
    case ArcKind::closes: return "closes";
    case ArcKind::amends: break;
  }
  return "amending";
}

struct EventLayout {
  double label_width = 0, arc_room = 0;
  std::vector<std::vector<std::string>> labels;
  std::vector<double> tops, heights;
  PictureSize size;
};

EventLayout lay_out_events(const EventLine& line) {
  EventLayout out;
  double y = axis_height;
  for (const EventRow& row : line.rows) {
    out.labels.push_back(detail::break_lines(row.label, 11, widest_event_label));
    for (const std::string& text : out.labels.back())
      out.label_width = std::max(out.label_width, detail::text_extent(text, 11));
    out.tops.push_back(y);
    out.heights.push_back(event_row + 13 * static_cast<double>(out.labels.back().size() - 1));
    y += out.heights.back();
  }
  std::size_t longest = 0;
  for (const EventArc& arc : line.arcs)
    longest = std::max(longest, std::max(arc.from, arc.to) - std::min(arc.from, arc.to));
  if (longest > 0) out.arc_room = std::min(most_arc_room, 14 + arc_step * std::sqrt(static_cast<double>(longest)) * 3);
  out.size = {date_width + out.label_width + 12 + out.arc_room + plot_width + 16, y + 4};
  return out;
}

class EventDrawing {
 public:
  EventDrawing(const EventLine& line, const EventLayout& layout, detail::SvgCanvas& canvas,
               const detail::PictureBox& area)
      : line_(line), layout_(layout), canvas_(canvas), area_(area) {
    labels_x_ = area.x + date_width;
    arcs_x_ = labels_x_ + layout.label_width + 12;
    plot_x_ = arcs_x_ + layout.arc_room;
  }

  void draw() {
    draw_axis();
    for (std::size_t row = 0; row < line_.rows.size(); ++row) draw_row(row);
    for (const EventArc& arc : line_.arcs) draw_arc(arc);
    draw_today();
  }

 private:
  [[nodiscard]] double x_of(std::int32_t day) const {
    const double part = static_cast<double>(std::clamp(day, line_.low, line_.high) - line_.low) /
                        static_cast<double>(line_.high - line_.low);
    return plot_x_ + part * plot_width;
  }
  [[nodiscard]] double bottom() const { return area_.y + layout_.size.height - 4; }
  [[nodiscard]] double middle_of(std::size_t row) const { return area_.y + layout_.tops[row] + event_row / 2; }

  void draw_axis() {
    const int first = std::stoi(to_string(Date{line_.low}).substr(0, 4));
    const int last = std::stoi(to_string(Date{line_.high}).substr(0, 4));
    const int step = std::max(1, (last - first) / 9);
    for (int year = first; year <= last; year += step) {
      const auto day = parse_partial_date(fmt::format("{:04}", year));
      if (!day || day->first.days < line_.low || day->first.days > line_.high) continue;
      const double x = x_of(day->first.days);
      canvas_.line(x, area_.y + axis_height - 4, x, bottom(), {"#dcdcd8"});
      const bool is_near_today = line_.today && std::abs(x + 14 - x_of(*line_.today)) < 52;
      if (x + 30 <= plot_x_ + plot_width && !is_near_today)
        canvas_.text(x + 2, area_.y + 12, std::to_string(year), {.size = 10, .colour = detail::faint_ink});
    }
  }

  void draw_row(std::size_t number) {
    const EventRow& row = line_.rows[number];
    const double y = middle_of(number);
    canvas_.begin_group("entry", fmt::format("{} {}", row.date, row.label), row.id);
    canvas_.text(area_.x, y + 4, row.date, {.size = 10, .colour = detail::faint_ink});
    canvas_.lines(labels_x_, y + 4, layout_.labels[number], {}, 13);
    const std::string_view colour = event_colour(row.kind);
    const double from = x_of(row.from);
    if (row.to) {
      const double to = std::max(x_of(*row.to), from + 2);
      canvas_.rectangle({from, y - 4.5, to - from, 9}, colour);
      if (row.is_open)
        canvas_.path(fmt::format("M{}L{}L{}z", detail::point_text(to, y - 4.5), detail::point_text(to + 7, y),
                                 detail::point_text(to, y + 4.5)),
                     colour, {});
    } else {
      canvas_.disc(from, y, 4.5, colour, {detail::paper, 0.8});
    }
    for (const std::int32_t day : row.announced) draw_point(x_of(day), y, "#cc79a7");
    for (const std::int32_t day : row.suspended) draw_point(x_of(day), y, "#e69f00");
    canvas_.end_group();
  }
  void draw_point(double x, double y, std::string_view colour) {
    using detail::point_text;
    canvas_.path(fmt::format("M{}L{}L{}L{}z", point_text(x, y - 6), point_text(x + 6, y), point_text(x, y + 6),
                             point_text(x - 6, y)),
                 colour, {detail::paper, 0.8});
  }

  /// From the later row to the one that it acts upon, with an arrow head there.
  void draw_arc(const EventArc& arc) {
    const double y1 = middle_of(arc.from), y2 = middle_of(arc.to);
    const auto rows = static_cast<double>(std::max(arc.from, arc.to) - std::min(arc.from, arc.to));
    const double reach = std::min(layout_.arc_room - 8, 8 + arc_step * std::sqrt(rows) * 2.6);
    const std::string_view colour = arc_colour(arc.kind);
    const double x = arcs_x_ + 2, bend = x + reach * 4 / 3;
    canvas_.begin_group(fmt::format("arc {}", arc_name(arc.kind)), arc.text,
                        line_.rows[arc.from].id + " " + line_.rows[arc.to].id);
    canvas_.path(fmt::format("M{}C{} {} {}", detail::point_text(x, y1), detail::point_text(bend, y1),
                             detail::point_text(bend, y2), detail::point_text(x + 5, y2)),
                 "none", {colour, 1.3, arc.kind == ArcKind::answers});
    canvas_.path(fmt::format("M{}L{}L{}z", detail::point_text(x, y2), detail::point_text(x + 6, y2 - 3),
                             detail::point_text(x + 6, y2 + 3)),
                 colour, {});
    canvas_.end_group();
  }

  void draw_today() {
    if (!line_.today || *line_.today < line_.low || *line_.today > line_.high) return;
    const double x = x_of(*line_.today);
    canvas_.begin_group("today");
    canvas_.line(x, area_.y + 16, x, bottom(), {detail::ink, 1.2, true});
    const double half = detail::text_extent(line_.today_text, 10, true) / 2;
    const double at = std::clamp(x, plot_x_ + half, std::max(plot_x_ + half, area_.right() - half));
    canvas_.rectangle({at - half - 2, area_.y + 2, 2 * half + 4, 13}, detail::paper);
    canvas_.text(at, area_.y + 12, line_.today_text, {.size = 10, .anchor = "middle", .bold = true});
    canvas_.end_group();
  }

  const EventLine& line_;
  const EventLayout& layout_;
  detail::SvgCanvas& canvas_;
  detail::PictureBox area_;
  double labels_x_ = 0, arcs_x_ = 0, plot_x_ = 0;
};

}  // namespace

std::uint64_t write_event_line(const EventLine& line, std::ostream& out) {
  const EventLayout layout = lay_out_events(line);
  return detail::write_page_svg(line.frame, layout.size, out,
                                [&](detail::SvgCanvas& canvas, const detail::PictureBox& area) {
                                  EventDrawing(line, layout, canvas, area).draw();
                                });
}

}  // namespace chokepoint
