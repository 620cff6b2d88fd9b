// Question: how does a table stand on a screen that is narrower than it?
// Method: where all words fit as they are, columns of texts are narrowed, the widest first. Else every way to take one
// column out of the row is tried, with words that may be broken from some length on; the shortest table wins, a broken
// word counting as ten lines and a broken value as five. Where most rows have broken words all the same, the cells are
// listed one below the other.
#include "export/tables/text_layout.hpp"

#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/text.hpp"
#include "export/tables/cell_text.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t narrowest = 8;          ///< a column of texts is never narrower than this
constexpr std::size_t least_heading = 6;      ///< nor a heading that may be broken anywhere, as Chinese ones may
constexpr std::size_t least_text = 24;        ///< what is shorter is a value
constexpr std::size_t least_note = 16;        ///< … in the last column
constexpr std::size_t longest = 48;           ///< words of this length stay whole where that takes no other layout
constexpr std::size_t wordy = 32;             ///< … where they can
constexpr std::size_t most_judged = 200;      ///< rows by which layouts are compared
constexpr std::size_t broken_value_cost = 5;  ///< lines: a number and its unit, the ends of a range
constexpr std::size_t broken_word_cost = 10;  ///< lines: ids, dates and names stay whole where that is not dear

TextColumn measured(const Table& table, std::size_t index) {
  TextColumn column;
  column.title = escape_for_terminal(table.columns[index].title);
  column.width = display_width(column.title);
  column.right = is_number_column(table, index);
  column.wrap = table.columns[index].wrap;
  column.cells.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    column.cells.push_back(escape_for_terminal(people_text(row[index])));
    column.cells_width = std::max(column.cells_width, display_width(column.cells.back()));
  }
  column.width = std::max(column.width, column.cells_width);
  return column;
}

bool is_empty(const TextColumn& column) {
  return std::all_of(column.cells.begin(), column.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

/// A column of which no row knows anything only takes room; a table without rows keeps its header.
std::vector<TextColumn> visible_columns(const Table& table) {
  std::vector<TextColumn> columns;
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    TextColumn column = measured(table, index);
    if (table.rows.empty() || !is_empty(column)) columns.push_back(std::move(column));
  }
  return columns;
}

/// How narrow a column may become.
struct Least {
  std::size_t title = 0;  ///< the heading alone
  std::size_t word = 0;   ///< the longest word of a cell
};

Least least_of(const TextColumn& column) {
  Least least{std::max(longest_word(column.title), std::min(display_width(column.title), least_heading)), 0};
  for (const std::string& cell : column.cells) least.word = std::max(least.word, longest_word(cell));
  return least;
}

/// Columns by their numbers, and what they need.
class Row {
 public:
  Row(std::vector<std::size_t> order, const std::vector<TextColumn>& all, const std::vector<Least>& least)
      : order_(std::move(order)), all_(all), least_(least) {
    for (const std::size_t i : order_) widths_.push_back(all_[i].width);
  }

  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  [[nodiscard]] const std::vector<std::size_t>& widths() const { return widths_; }

  /// Headings take several lines before cells do; then columns of texts are narrowed, the widest first, but for words
  /// of at most `whole`.
  /// @return whether it is no wider now
  bool fit(std::size_t width, std::size_t whole) {
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const TextColumn& column = all_[order_[at]];
      if (!column.wrap) take(at, std::max(column.cells_width, least_[order_[at]].title), width);
    }
    for (std::size_t rest = total(); rest > width; --rest) {
      std::optional<std::size_t> widest;
      for (std::size_t at = 0; at < order_.size(); ++at)
        if (all_[order_[at]].wrap && widths_[at] > wrapped_least(at, whole) &&
            (!widest || widths_[at] > widths_[*widest]))
          widest = at;
      if (!widest) return false;
      --widths_[*widest];
    }
    return true;
  }

  /// What is else in one line may be broken at spaces, the last columns first: a span of days between the two.
  bool break_at_spaces(std::size_t width) {
    for (std::size_t at = order_.size(); at-- > 0;) {
      const Least& least = least_[order_[at]];
      if (!all_[order_[at]].wrap) take(at, std::max({least.title, least.word, std::size_t{1}}), width);
    }
    return total() <= width;
  }

  /// Where nothing else helps, words are broken, those of the last columns first.
  void break_words(std::size_t width) {
    for (std::size_t at = order_.size(); at-- > 0;)
      if (all_[order_[at]].wrap) take(at, narrowest, width);
  }

  [[nodiscard]] std::size_t total() const {
    std::size_t sum = order_.empty() ? 0 : column_gap * (order_.size() - 1);
    for (const std::size_t width : widths_) sum += width;
    return sum;
  }

 private:
  [[nodiscard]] std::size_t wrapped_least(std::size_t at, std::size_t whole) const {
    const Least& least = least_[order_[at]];
    return std::max(narrowest, std::min(std::max(least.title, least.word), whole));
  }
  void take(std::size_t at, std::size_t least, std::size_t width) {
    const std::size_t now = total();
    if (now <= width || widths_[at] <= least) return;
    widths_[at] -= std::min(now - width, widths_[at] - least);
  }

  std::vector<std::size_t> order_;
  const std::vector<TextColumn>& all_;
  const std::vector<Least>& least_;
  std::vector<std::size_t> widths_;
};

/// One way to lay the table out.
struct Arrangement {
  Row row;
  std::optional<std::size_t> name, below;  ///< columns that stand on lines of their own
};

class Layouts {
 public:
  Layouts(std::vector<TextColumn> all, std::size_t width) : all_(std::move(all)), width_(width) {
    for (const TextColumn& column : all_) least_.push_back(least_of(column));
  }

  TextLayout best() && {
    Arrangement plain{row_without({}, {}), {}, {}};
    if (width_ == 0 || plain.row.fit(width_, longest)) return taken(plain);
    std::optional<Arrangement> best;
    std::size_t least_cost = std::numeric_limits<std::size_t>::max();
    const auto judge = [&](std::optional<std::size_t> name, std::optional<std::size_t> below) {
      for (const std::size_t whole : {longest, wordy, std::size_t{20}, std::size_t{14}}) {
        Arrangement each{row_without(name, below), name, below};
        const std::size_t left = width_ - std::min(width_, name ? name_indent : 0);
        if (!each.row.fit(left, whole) && !each.row.break_at_spaces(left)) each.row.break_words(left);
        const std::size_t cost = cost_of(each);
        if (cost >= least_cost) continue;
        least_cost = cost;
        best.emplace(std::move(each));
      }
    };
    judge({}, {});
    if (all_.size() < 2) return taken(*best);
    for (std::size_t i = all_.size(); i-- > 1;)
      if (may_stand_below(i)) judge({}, i);
    judge(0, {});
    for (std::size_t i = all_.size(); i-- > 1;)
      if (may_stand_below(i) && all_.size() > 2) judge(0, i);
    return is_too_wide(*best) || breaks_most_rows(*best) ? listed() : taken(*best);
  }

 private:
  /// Short values are compared with their neighbours and stay beside them; what is a text in most rows need not.
  [[nodiscard]] bool may_stand_below(std::size_t column) const {
    if (!all_[column].wrap) return false;
    const std::size_t least = column + 1 == all_.size() ? least_note : least_text;
    std::size_t texts = 0, cells = 0;
    for (const std::string& cell : all_[column].cells) {
      cells += cell.empty() ? 0U : 1U;
      texts += display_width(cell) >= least ? 1U : 0U;
      if (cells == most_judged) break;
    }
    return 2 * texts >= cells;
  }
  [[nodiscard]] Row row_without(std::optional<std::size_t> name, std::optional<std::size_t> below) const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (i != name && i != below) order.push_back(i);
    return {std::move(order), all_, least_};
  }

  [[nodiscard]] std::size_t lines_of(const std::string& text, std::size_t width) const {
    return text.empty() ? 0 : wrap_text(text, width).size();
  }
  [[nodiscard]] std::size_t own_width(std::size_t column, std::size_t indent) const {
    return std::min(all_[column].width, width_ - std::min(width_, indent));
  }

  [[nodiscard]] bool is_too_wide(const Arrangement& each) const {
    return each.row.total() + (each.name ? name_indent : 0) > width_;
  }
  [[nodiscard]] bool breaks_most_rows(const Arrangement& each) const {
    const std::size_t rows = std::min(all_.front().cells.size(), most_judged);
    std::size_t broken = 0;
    for (std::size_t row = 0; row < rows; ++row)
      broken +=
          broken_words(each, [&](std::size_t i) -> const std::string& { return all_[i].cells[row]; }) > 0 ? 1U : 0U;
    return 2 * broken > rows;
  }
  /// How many cells of a row have a word that is wider than their column.
  template <typename TextOf>
  [[nodiscard]] std::size_t broken_words(const Arrangement& each, const TextOf& text) const {
    std::size_t broken = 0;
    for (std::size_t at = 0; at < each.row.order().size(); ++at)
      broken += longest_word(text(each.row.order()[at])) > each.row.widths()[at] ? 1U : 0U;
    return broken;
  }
  TextLayout listed() {
    TextLayout layout;
    layout.is_listed = true;
    layout.columns = std::move(all_);
    return layout;
  }

  /// Lines, and what broken words cost.
  [[nodiscard]] std::size_t cost_of(const Arrangement& each) const {
    const std::size_t rows = all_.empty() ? 0 : std::min(all_.front().cells.size(), most_judged);
    std::size_t cost = is_too_wide(each) ? broken_word_cost * most_judged * most_judged : 0;
    for (std::size_t line = 0; line <= rows; ++line) {
      const auto text = [&](std::size_t i) -> const std::string& {
        return line == 0 ? all_[i].title : all_[i].cells[line - 1];
      };
      std::size_t height = 0;
      for (std::size_t at = 0; at < each.row.order().size(); ++at) {
        const std::string& cell = text(each.row.order()[at]);
        const std::size_t width = each.row.widths()[at];
        const std::size_t lines = lines_of(cell, width);
        height = std::max(height, lines);
        if (lines > 1 && line > 0 && !all_[each.row.order()[at]].wrap) cost += broken_value_cost;
      }
      cost += height + broken_word_cost * broken_words(each, text);
      if (each.name) cost += lines_of(text(*each.name), own_width(*each.name, 0));
      if (each.below) cost += lines_of(text(*each.below), own_width(*each.below, below_indent));
    }
    return cost;
  }

  TextLayout taken(const Arrangement& each) {
    TextLayout layout;
    if (each.name) {
      layout.names.push_back(std::move(all_[*each.name]));
      if (layout.names.front().wrap) layout.names.front().width = std::min(layout.names.front().width, width_);
    }
    if (each.below) {
      const std::size_t width = own_width(*each.below, below_indent);
      layout.below.push_back(std::move(all_[*each.below]));
      layout.below.front().width = width;
    }
    for (std::size_t at = 0; at < each.row.order().size(); ++at) {
      layout.columns.push_back(std::move(all_[each.row.order()[at]]));
      layout.columns.back().width = each.row.widths()[at];
    }
    return layout;
  }

  std::vector<TextColumn> all_;
  std::vector<Least> least_;
  std::size_t width_;
};

}  // namespace

TextLayout lay_out_text(const Table& table, std::size_t width) { return Layouts(visible_columns(table), width).best(); }

}  // namespace chokepoint::detail
