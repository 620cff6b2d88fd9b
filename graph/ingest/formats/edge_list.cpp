#include "chokepoint/model/text.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/list_header.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/formats/xlsx_values.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// Lists of edges whose ends stand apart by blanks, with a header or without one: networkx's edge lists (with data as
// Python writes a dictionary) and adjacency lists, in one line a node or in several, igraph's NCOL and LGL, the
// collections of SNAP and KONECT, sparse square matrices of Matrix Market.

namespace {

constexpr std::uint64_t few_edges = 10;  ///< so few may agree with two numbers by chance

enum class ListLayout : std::uint8_t { edges, adjacency, long_adjacency, large_graph, matrix_market };

constexpr std::string_view matrix_market_mark = "%%MatrixMarket";

bool is_plain_number(std::string_view word) { return number_text(word).has_value(); }

/// What collections say of their edges in front of them: `# Undirected graph`, `% sym`.
std::optional<Direction> direction_in(std::string_view comment) {
  const std::string folded = fold(comment);
  if (folded.find("undirected") != std::string::npos || folded.starts_with("% sym")) return Direction::undirected;
  if (folded.find("directed graph") != std::string::npos || folded.starts_with("% asym")) return Direction::directed;
  return std::nullopt;
}

/// Calls `take(key, value, type)` for each entry of `{'weight': 3, "note": 'x', 'ok': True}`; values may be texts,
/// numbers, truth and None. @return whether all of it was understood
template <typename Take>
bool read_dictionary(std::string_view text, Take&& take) {
  if (!text.starts_with('{') || !text.ends_with('}')) return false;
  text = text.substr(1, text.size() - 2);
  const auto skip = [&](std::string_view marks) {
    text.remove_prefix(std::min(text.find_first_not_of(marks), text.size()));
  };
  const auto quoted = [&](std::string& out) {
    const char quote = text.front();
    std::size_t i = 1;
    for (out.clear(); i < text.size() && text[i] != quote; ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      out.push_back(text[i]);
    }
    if (i == text.size()) return false;
    text.remove_prefix(i + 1);
    return true;
  };
  std::string key, value;
  for (skip(" "); !text.empty(); skip(" ,")) {
    if ((text.front() != '\'' && text.front() != '"') || !quoted(key)) return false;
    skip(" ");
    if (!text.starts_with(':')) return false;
    text.remove_prefix(1);
    skip(" ");
    if (text.empty()) return false;
    if (text.front() == '\'' || text.front() == '"') {
      if (!quoted(value)) return false;
      take(key, value, FlatType::text);
      continue;
    }
    const auto end = std::min(text.find(','), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    if (word == "True" || word == "False")
      take(key, word == "True" ? "true" : "false", FlatType::truth);
    else if (is_plain_number(word))
      take(key, word, FlatType::number);
    else if (word != "None")
      return false;
  }
  return true;
}

class EdgeListReader {
 public:
  EdgeListReader(InputFile& file, const ReadContext& context, TableSet& set, ListLayout layout,
                 std::optional<ListHeader> header)
      : file_(file),
        set_(set),
        stream_(file, context.on_bytes),
        tables_(set),
        layout_(layout),
        header_(std::move(header)) {
    stream_.skip_byte_order_mark();
  }

  void read() {
    std::string line;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, line); line_ = stream_.line()) {
      const auto words = blank_parts(line);
      if (words.empty() || (header_ && header_->line == line_)) continue;
      if (layout_ == ListLayout::large_graph)
        take_large_graph(words);
      else if (is_list_comment(line))
        take_comment(line);
      else if (layout_ == ListLayout::adjacency)
        take_neighbours(words);
      else if (layout_ == ListLayout::long_adjacency)
        take_neighbour(words);
      else if (layout_ == ListLayout::matrix_market && !has_size_)
        take_size(words);
      else
        take_edge(words);
    }
    settle_sizes();
    tables_.finish();
    if (line_words_ > 2 && line_words_ == edges_ && alike_lines_ == edges_)
      set_.remarks.push_back(
          fmt::format("{} lines of {} numbers may be a matrix of nodes by nodes, too, and were read as edges; a matrix "
                      "is read from "
                      "CSV with the names of the nodes above and in front",
                      edges_, line_words_));
    if (header_ && header_->is_marked && comments_ > 0) --comments_;
    if (header_)
      set_.remarks.push_back(fmt::format("read as the names of the columns: {}", fmt::join(header_->names, ", ")));
    if (comments_ > 0) set_.remarks.push_back(fmt::format("{} lines of comments are passed over", comments_));
  }

 private:
  void take_comment(std::string_view line) {
    if (layout_ == ListLayout::matrix_market && line.starts_with(matrix_market_mark))
      return take_matrix_kind(fold(line));
    ++comments_;
    if (const auto found = direction_in(line)) tables_.graph_direction = found;
  }
  void take_edge(const std::vector<std::string_view>& words) {
    if (words.size() < 2)
      refuse_at(file_, line_,
                fmt::format("an edge has two ends, apart by a blank, and there is only \"{}\"", words[0]));
    if (header_) return take_named(words);
    if (holds_back_sizes(words)) return;
    note_number(words[0]), note_number(words[1]);
    ++edges_;
    if (words.size() == line_words_ || edges_ == 1) ++alike_lines_;
    line_words_ = words.size();
    edge(words[0], words[1], std::span(words).subspan(2));
  }
  /// An edge below names of columns: what they say decides, as in any table.
  void take_named(const std::vector<std::string_view>& words) {
    const std::vector<std::string>& names = header_->names;
    if (words.size() != names.size())
      refuse_at(file_, line_, fmt::format("{} fields where the header has {}", words.size(), names.size()));
    SpooledTable& table = tables_.edges();
    table.begin_row(line_);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool is_end = i == header_->from || i == header_->to;
      const std::optional<Target> role =
          is_end && !header_->names_ends ? std::optional(i == header_->from ? Target::from : Target::to) : std::nullopt;
      const bool is_number = !is_end && is_plain_number(words[i]);
      table.set(table.column(names[i], is_number ? FlatType::number : FlatType::text, role), words[i]);
    }
    tables_.set_direction(std::nullopt);
    table.end_row();
  }
  /// The first line may say how many nodes and edges follow, which only the end of the file shows.
  bool holds_back_sizes(const std::vector<std::string_view>& words) {
    if (layout_ != ListLayout::edges || std::exchange(is_begun_, true) || words.size() != 2) return false;
    const auto nodes = whole_number(words[0]), edges = whole_number(words[1]);
    if (!nodes || !edges) return false;
    sizes_ = {*nodes, *edges};
    sizes_line_ = line_;
    return true;
  }
  void note_number(std::string_view word) {
    if (!sizes_) return;
    const auto number = whole_number(word);
    if (number)
      most_number_ = std::max(most_number_, *number);
    else
      has_names_ = true;
  }
  void settle_sizes() {
    if (!sizes_) return;
    const auto [nodes, edges] = *sizes_;
    const bool agree =
        edges == edges_ && edges > 1 && !has_names_ && (most_number_ == nodes || most_number_ + 1 == nodes);
    line_ = sizes_line_;
    if (agree && edges < few_edges)
      refuse_at(file_, line_,
                fmt::format(
                    "\"{} {}\" may be an edge, or say that {} nodes and {} edges follow, as they do; delete the line, "
                    "or put it below another edge",
                    nodes, edges, nodes, edges));
    if (agree) {
      set_.remarks.push_back(fmt::format(
          "the first line says that there are {} nodes and {} edges, as there are, and is none", nodes, edges));
      return;
    }
    edge(std::to_string(nodes), std::to_string(edges), {});
  }
  /// A node and its neighbours. One that has none is a node all the same.
  void take_neighbours(const std::vector<std::string_view>& words) {
    note_node(words[0]);
    for (std::size_t i = 1; i < words.size(); ++i) {
      note_node(words[i]);
      edge(words[0], words[i], {});
    }
  }
  /// `node 2`, and below it two neighbours with their data.
  void take_neighbour(const std::vector<std::string_view>& words) {
    if (neighbours_left_ == 0) {
      const auto count = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
      if (!count) refuse_at(file_, line_, "a node stands here with the number of its neighbours, which are below it");
      neighbours_left_ = *count;
      note_node(node_ = words[0]);
      return;
    }
    --neighbours_left_;
    note_node(words[0]);
    edge(node_, words[0], std::span(words).subspan(1));
  }
  void take_matrix_kind(std::string_view folded) {
    if (folded.find(" coordinate ") == std::string_view::npos)
      refuse_at(file_, line_,
                "a matrix of Matrix Market that lists all of its cells; save it as \"coordinate\", or as CSV "
                "with the names of the nodes");
    tables_.graph_direction =
        folded.find("symmetric") != std::string_view::npos ? Direction::undirected : Direction::directed;
    set_.remarks.emplace_back(
        "read as a matrix of nodes by nodes: an entry in row 1 and column 2 is an edge from 1 to 2");
  }
  void take_size(const std::vector<std::string_view>& words) {
    has_size_ = true;
    if (words.size() != 3 || words[0] != words[1])
      refuse_at(file_, line_,
                "its rows and columns are not as many, so that a number means two nodes; save it as CSV of "
                "from, to and weight");
  }
  void note_node(std::string_view name) {
    if (!names_.insert(std::string(name)).second) return;
    SpooledTable& table = tables_.nodes();
    table.begin_row(line_);
    table.set(table.column("id", FlatType::text, Target::id), name);
    table.end_row();
  }
  /// `# node`, and below it its neighbours.
  void take_large_graph(const std::vector<std::string_view>& words) {
    if (words[0] == "#" && words.size() == 2) {
      note_node(node_ = words[1]);
    } else if (words[0].size() > 1 && words[0].starts_with('#')) {
      note_node(node_ = words[0].substr(1));
    } else if (node_.empty()) {
      refuse_at(file_, line_, "a neighbour stands below no node, which begins with #");
    } else {
      note_node(words[0]);
      edge(node_, words[0], std::span(words).subspan(1));
    }
  }
  void edge(std::string_view from, std::string_view to, std::span<const std::string_view> more) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line_);
    table.set(table.column("from", FlatType::text, Target::from), from);
    table.set(table.column("to", FlatType::text, Target::to), to);
    for (std::size_t i = 0; i < more.size(); ++i) {
      const bool is_dictionary = more[i].starts_with('{');
      const auto take = [&](std::string_view key, std::string_view value, FlatType type) {
        if (!value.empty()) table.set(table.column(key, type), value);
      };
      if (is_dictionary && !read_dictionary(more[i], take))
        refuse_at(file_, line_, fmt::format("\"{}\" is no dictionary of texts and numbers", more[i].substr(0, 200)));
      if (!is_dictionary)
        take(i == 0 ? std::string("weight") : fmt::format("column {}", i + 3), more[i],
             is_plain_number(more[i]) ? FlatType::number : FlatType::text);
    }
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  GraphTables tables_;
  ListLayout layout_;
  std::optional<ListHeader> header_;
  std::uint64_t line_ = 1, comments_ = 0, neighbours_left_ = 0;
  bool has_size_ = false;
  std::optional<std::pair<std::uint64_t, std::uint64_t>> sizes_;  ///< two numbers in the first line of edges
  std::uint64_t sizes_line_ = 0, edges_ = 0, most_number_ = 0;
  std::uint64_t line_words_ = 0, alike_lines_ = 0;  ///< words of the last line, and lines of as many
  bool is_begun_ = false, has_names_ = false;
  std::string node_;
  std::unordered_set<std::string> names_;  ///< of nodes that were noted
};

/// Whether each node stands with the number of its neighbours above them, as networkx's multiline lists have it.
bool is_long_adjacency(std::string_view text) {
  std::uint64_t left = 0, nodes = 0, neighbours = 0;
  bool has_data = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (text.empty() && end == std::string_view::npos && nodes > 1) break;  // may be cut
    const auto words = blank_parts(line);
    if (words.empty() || is_list_comment(line)) continue;
    if (left > 0) {
      const bool is_bare = words.size() == 1, is_full = words.size() == 2 && words[1].starts_with('{');
      if (!is_bare && !is_full) return false;
      has_data = has_data || is_full;
      ++neighbours;
      --left;
      continue;
    }
    const auto count = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
    if (!count) return false;
    left = *count;
    ++nodes;
  }
  return neighbours > 0 && (has_data || nodes > 1);
}

ListLayout layout_of_list(const std::string& extension, std::string_view text) {
  if (text.starts_with(matrix_market_mark)) return ListLayout::matrix_market;
  if (extension == ".adjlist") return is_long_adjacency(text) ? ListLayout::long_adjacency : ListLayout::adjacency;
  return extension == ".lgl" ? ListLayout::large_graph : ListLayout::edges;
}

/// The header of a list that nothing but its layout makes one: its ends stand apart by blanks.
std::optional<ListHeader> header_in(ListLayout layout, std::string_view text) {
  if (layout != ListLayout::edges) return std::nullopt;
  auto header = list_header(text);
  // Between tabs a table has more ways to write its values.
  if (header && header->line > 0 && text.find('\t') != std::string_view::npos) return std::nullopt;
  return header;
}

/// Whether the lines are ends of edges, told by what stands in them.
bool holds_edges(std::string_view text, bool is_named_so) {
  if (const auto header = list_header(text); header && header->names_ends) {
    // Between tabs it is a table, which has more ways to write its values.
    if (text.find('\t') != std::string_view::npos) return false;
    return fits_header(*header, text);
  }
  std::size_t lines = 0, comments = 0;
  bool are_numbers = true;
  while (lines < most_list_lines) {
    const auto line = take_list_line(text, lines > 0);
    if (!line) break;
    if (!is_list_text(*line)) return false;
    const auto words = blank_parts(*line);
    if (words.empty()) continue;
    if (is_list_comment(*line)) {
      if (lines > 0) return false;
      ++comments;
      continue;
    }
    ++lines;
    const bool has_data = words.back().starts_with('{') && words.back().ends_with('}');
    if (words.size() < 2 || words.size() > 4 || words[0].starts_with('{') || words[1].starts_with('{')) return false;
    if (!has_data && !is_named_so && line->find_first_of(",;|\"<>=") != std::string_view::npos) return false;
    for (std::size_t i = 2; i < words.size(); ++i)
      if (!is_plain_number(words[i]) && !(has_data && i + 1 == words.size()) && !is_named_so) return false;
    are_numbers = are_numbers && is_plain_number(words[0]) && is_plain_number(words[1]);
    if (has_data) is_named_so = true;
  }
  return lines > 0 && (is_named_so || (comments > 0 && lines > 1) || (are_numbers && lines > 1));
}

}  // namespace

std::optional<std::string> looks_like_edge_list(const FileHead& head) {
  if (head.text.starts_with(matrix_market_mark)) return "it begins as a matrix of Matrix Market";
  if (head.extension == ".adjlist") return "its name ends as adjacency lists of networkx";
  if (head.extension == ".lgl" && head.text.starts_with('#'))
    return "it is a list of nodes and their neighbours, of igraph";
  constexpr std::array<std::string_view, 5> names{".edgelist", ".ncol", ".edges", ".el", ".wel"};
  const bool is_named_so = std::find(names.begin(), names.end(), head.extension) != names.end();
  if (!holds_edges(head.text, is_named_so)) return std::nullopt;
  return "its lines are two ends apart by a blank";
}

void read_edge_list(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const FileHead head = read_head(file, text);
  const ListLayout layout = layout_of_list(head.extension, head.text);
  EdgeListReader(file, context, tables, layout, header_in(layout, head.text)).read();
}

}  // namespace chokepoint::detail
