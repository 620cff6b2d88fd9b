#include "export/pictures/fault_tree_layout.hpp"

#include "export/pictures/text_extent.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr double widest_event = 122, widest_gate = 78, padding = 5, row_gap = 5, column_space = 9;
constexpr std::size_t most_label_lines = 3, most_detail_lines = 2;

class Layouter {
 public:
  explicit Layouter(const FaultTreePicture& tree) : tree_(tree), is_drawn_(tree.events.size(), false) {}

  FaultTreeLayout lay_out() {
    place_event(0, 0);
    set_columns();
    return std::move(out_);
  }

 private:
  /// @return the number of the placed event; `y` of its box is its middle until columns are known
  std::size_t place_event(std::size_t event, std::size_t depth) {
    const std::size_t number = out_.events.size();
    out_.events.push_back({event, is_drawn_[event], {}, {}, {}});
    depths_.push_back(depth);
    is_drawn_[event] = true;
    measure(out_.events.back());
    const double top = row_;
    const std::size_t first_gate = out_.gates.size();
    const bool is_repeat = out_.events[number].is_repeat;
    double first = -1, last = -1;
    if (!is_repeat)
      for (std::size_t g = 0; g < tree_.events[event].gates.size(); ++g) {
        const double middle = place_gate(event, g, number, depth);
        if (first < 0) first = middle;
        last = middle;
      }
    const double height = out_.events[number].box.height;
    double middle = first < 0 ? top + height / 2 : (first + last) / 2;
    if (middle < top + height / 2) {
      move_down(number + 1, first_gate, top + height / 2 - middle);
      middle = top + height / 2;
    }
    out_.events[number].box.y = middle - height / 2;
    row_ = std::max(row_, middle + height / 2 + row_gap);
    return number;
  }

  /// @return its middle
  double place_gate(std::size_t event, std::size_t g, std::size_t parent, std::size_t depth) {
    const FaultTreeGate& gate = tree_.events[event].gates[g];
    const std::size_t number = out_.gates.size();
    out_.gates.push_back({.event = event, .gate = g, .parent = parent});
    gate_depths_.push_back(depth);
    measure(out_.gates.back(), gate);
    const double top = row_;
    const std::size_t first_event = out_.events.size();
    double first = -1, last = -1;
    for (const FaultTreeInput& input : gate.inputs) {
      const std::size_t placed = place_event(input.event, depth + 1);
      out_.gates[number].inputs.push_back(placed);
      const double middle = out_.events[placed].box.middle();
      if (first < 0) first = middle;
      last = middle;
    }
    if (!gate.left_out.empty()) {
      out_.gates[number].left_out_y = row_ + detail_size;
      last = row_ + detail_size / 2;
      if (first < 0) first = last;
      row_ += event_leading + row_gap;
    }
    const double height = out_.gates[number].box.height;
    const double wanted = (first + last) / 2, middle = std::max(wanted, top + height / 2);
    if (middle > wanted) {
      move_down(first_event, number + 1, middle - wanted);
      if (!gate.left_out.empty()) out_.gates[number].left_out_y += middle - wanted;
    }
    out_.gates[number].box.y = middle - height / 2;
    row_ = std::max(row_, middle + height / 2 + row_gap);
    return middle;
  }

  /// Moves what was placed last, so that short subtrees stand beside the middle of a high box.
  void move_down(std::size_t first_event, std::size_t first_gate, double by) {
    for (std::size_t i = first_event; i < out_.events.size(); ++i) out_.events[i].box.y += by;
    for (std::size_t i = first_gate; i < out_.gates.size(); ++i) {
      out_.gates[i].box.y += by;
      if (out_.gates[i].left_out_y >= 0) out_.gates[i].left_out_y += by;
    }
    row_ += by;
  }

  void measure(PlacedEvent& placed) const {
    const FaultTreeEvent& event = tree_.events[placed.event];
    const std::string label = (event.stops_alone ? "✗ " : "") + event.label + (event.goes_on ? " …" : "");
    placed.lines = break_lines(label, event_size, widest_event, most_label_lines, event.stops_alone);
    if (!event.detail.empty() && !placed.is_repeat)
      placed.details = break_lines(event.detail, detail_size, widest_event, most_detail_lines);
    double width = 0;
    for (const std::string& line : placed.lines)
      width = std::max(width, text_extent(line, event_size, event.stops_alone));
    for (const std::string& line : placed.details) width = std::max(width, text_extent(line, detail_size));
    placed.box.width = width + 2 * padding;
    placed.box.height = event_leading * static_cast<double>(placed.lines.size()) +
                        (event_leading - 1.5) * static_cast<double>(placed.details.size()) + 4;
  }

  static void measure(PlacedGate& placed, const FaultTreeGate& gate) {
    placed.lines = break_lines(gate.relation, detail_size, widest_gate);
    placed.relation_lines = placed.lines.size();
    for (std::string& line : break_lines(gate.text, detail_size, widest_gate, 0, true))
      placed.lines.push_back(std::move(line));
    double width = 0;
    for (std::size_t i = 0; i < placed.lines.size(); ++i)
      width = std::max(width, text_extent(placed.lines[i], detail_size, i >= placed.relation_lines));
    placed.box.width = width + 16;  // round and pointed ends
    placed.box.height = 12 * static_cast<double>(placed.lines.size()) + 5;
  }

  /// Gives every column its place, and what is in it its width.
  void set_columns() {
    const std::size_t columns = *std::ranges::max_element(depths_) + 1;
    std::vector<double> events(columns, 0), gates(columns, 0), labels(columns, 0);
    const auto widen = [](double& width, double wanted) { width = std::max(width, wanted); };
    for (std::size_t i = 0; i < out_.events.size(); ++i) widen(events[depths_[i]], out_.events[i].box.width);
    for (std::size_t i = 0; i < out_.gates.size(); ++i) {
      widen(gates[gate_depths_[i]], out_.gates[i].box.width);
      const FaultTreeGate& gate = tree_.events[out_.gates[i].event].gates[out_.gates[i].gate];
      for (const FaultTreeInput& input : gate.inputs)
        widen(labels[gate_depths_[i]], text_extent(input_text(input), detail_size) + 4);
    }
    std::vector<double> event_x(columns), gate_x(columns);
    double x = 0, right = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      event_x[c] = x;
      gate_x[c] = x + events[c] + column_space;
      right = std::max(right, x + events[c]);
      x = gate_x[c] + gates[c] + column_space + labels[c] + column_space;
    }
    for (std::size_t i = 0; i < out_.events.size(); ++i) {
      out_.events[i].box.x = event_x[depths_[i]];
      out_.events[i].box.width = events[depths_[i]];
    }
    for (std::size_t i = 0; i < out_.gates.size(); ++i) {
      PlacedGate& placed = out_.gates[i];
      placed.box.x = gate_x[gate_depths_[i]];
      placed.box.width = gates[gate_depths_[i]];
      const FaultTreeGate& gate = tree_.events[placed.event].gates[placed.gate];
      if (!gate.left_out.empty())
        right = std::max(right, placed.box.right() + column_space + 8 + text_extent(gate.left_out, detail_size));
    }
    out_.size = {right, row_ - row_gap};
  }

  const FaultTreePicture& tree_;
  std::vector<bool> is_drawn_;
  FaultTreeLayout out_;
  std::vector<std::size_t> depths_, gate_depths_;
  double row_ = 1;
};

}  // namespace

std::string input_text(const FaultTreeInput& input) {
  std::string text = input.share;
  if (input.notes.empty()) return text;
  std::string numbers;
  for (const std::size_t note : input.notes) numbers += (numbers.empty() ? "" : ", ") + std::to_string(note);
  return fmt::format("{}{}[{}]", text, text.empty() ? "" : " ", numbers);
}

FaultTreeLayout lay_out_fault_tree(const FaultTreePicture& tree) { return Layouter(tree).lay_out(); }

}  // namespace chokepoint::detail
