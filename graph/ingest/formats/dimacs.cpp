#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

// Graphs of two challenges, whose nodes are numbers from 1: DIMACS (a letter in front of each line: `p` says what the
// file is, `e` is an edge, `a` an arc) and METIS (line i lists the neighbours of node i).

namespace {

constexpr std::uint64_t most_nodes = 100'000'000;

/// A line of the file's beginning, and what stands behind it. @return nullopt where it may be cut
std::optional<std::string_view> line_of_head(std::string_view& text, bool is_whole) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos && !is_whole) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// Nodes that are numbers from 1 to a count.
class NumberedGraph {
 public:
  NumberedGraph(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), set_(set), stream_(file, context.on_bytes), tables_(set) {
    stream_.skip_byte_order_mark();
  }

 protected:
  ~NumberedGraph() = default;
  [[noreturn]] void refuse(const std::string& message) const { refuse_at(file_, line_, message); }
  [[nodiscard]] std::uint64_t count_in(std::string_view word, std::string_view of) const {
    const auto count = whole_number(word);
    if (!count || *count > most_nodes)
      refuse(fmt::format("\"{}\" is no number of {} up to {}", word.substr(0, 80), of, most_nodes));
    return *count;
  }
  [[nodiscard]] std::uint64_t node_in(std::string_view word) const {
    const auto number = whole_number(word);
    if (!number || *number == 0 || *number > nodes_)
      refuse(fmt::format("\"{}\" is no number of one of {} nodes", word.substr(0, 80), nodes_));
    return *number;
  }
  [[nodiscard]] std::string_view number_in(std::string_view word) const {
    if (!is_number_text(word)) refuse(fmt::format("\"{}\" is no number", word.substr(0, 80)));
    return word;
  }
  void begin_node(std::uint64_t number) {
    tables_.nodes().begin_row(line_);
    put_role_text(tables_.nodes(), "id", Target::id, std::to_string(number));
  }
  void begin_edge(std::uint64_t from, std::uint64_t to) {
    tables_.edges().begin_row(line_);
    put_role_text(tables_.edges(), "from", Target::from, std::to_string(from));
    put_role_text(tables_.edges(), "to", Target::to, std::to_string(to));
    tables_.set_direction(std::nullopt);
  }
  static void put_number(SpooledTable& table, std::string_view name, std::string_view value) {
    table.set(table.column(name, FlatType::number), value);
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  GraphTables tables_;
  std::uint64_t line_ = 1, nodes_ = 0;
};

class DimacsReader : NumberedGraph {
 public:
  using NumberedGraph::NumberedGraph;

  void read() {
    std::string line;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, line); line_ = stream_.line()) {
      check_plain_text(file_, line_, line);
      if (const auto words = blank_words(line); !words.empty()) take(words);
    }
    if (problem_.empty()) refuse("no line begins with p, which says how many nodes and edges there are");
    finish_nodes();
    tables_.finish();
    if (told_edges_ != edges_)
      set_.remarks.push_back(fmt::format("the file says that it has {} edges, and {} are here", told_edges_, edges_));
    left_out_.tell(set_);
  }

 private:
  void take(const std::vector<std::string_view>& words) {
    const std::string_view sign = words[0];
    if (sign == "c" || (sign.starts_with('c') && problem_.empty())) return;
    if (sign == "p") return take_problem(words);
    if (problem_.empty()) refuse(fmt::format("\"{}\" in front of the line that begins with p", sign.substr(0, 80)));
    if (sign == "e" || sign == "a")
      take_edge(words, sign == "a");
    else if (sign == "n")
      take_node(words);
    else
      left_out_.add(fmt::format("lines that begin with {}", sign.substr(0, 20)));
  }
  void take_problem(const std::vector<std::string_view>& words) {
    if (!problem_.empty()) refuse("a second line that begins with p; give each graph a file of its own");
    if (words.size() < 4) refuse("a line \"p KIND NODES EDGES\" is too short");
    problem_ = words[1];
    nodes_ = count_in(words[2], "nodes");
    told_edges_ = whole_number(words[3]).value_or(0);
    has_values_.resize(nodes_ + 1);
  }
  void take_edge(const std::vector<std::string_view>& words, bool is_arc) {
    if (words.size() < 3) refuse("an edge has two ends");
    begin_edge(node_in(words[1]), node_in(words[2]));
    tables_.graph_direction = std::nullopt;
    SpooledTable& table = tables_.edges();
    put_role_text(table, direction_column, Target::direction,
                  direction_text(is_arc ? Direction::directed : Direction::undirected));
    constexpr std::array<std::string_view, 1> weight{"weight"}, capacity{"capacity"};
    constexpr std::array<std::string_view, 3> flow{"least flow", "capacity", "cost"};
    const std::span<const std::string_view> names = problem_ == "max"   ? std::span<const std::string_view>(capacity)
                                                    : problem_ == "min" ? std::span<const std::string_view>(flow)
                                                                        : std::span<const std::string_view>(weight);
    if (words.size() > 3 + names.size()) refuse(fmt::format("{} words behind the ends of an edge", words.size() - 3));
    for (std::size_t i = 3; i < words.size(); ++i) put_number(table, names[i - 3], number_in(words[i]));
    table.end_row();
    ++edges_;
  }
  /// `n 1 s` of a flow, `n 1 4` of one with costs or of colours.
  void take_node(const std::vector<std::string_view>& words) {
    if (words.size() != 3) refuse("a node has a number and a value");
    const std::uint64_t number = node_in(words[1]);
    if (has_values_[number]) refuse(fmt::format("node {} occurs twice", number));
    has_values_[number] = true;
    begin_node(number);
    SpooledTable& table = tables_.nodes();
    if (words[2] == "s" || words[2] == "t")
      table.set(table.column("end of the flow"), words[2] == "s" ? "source" : "sink");
    else
      put_number(table, problem_ == "min" ? "supply" : "value", number_in(words[2]));
    table.end_row();
  }
  /// Nodes without a line are there, too: as many as a graph of that size may have.
  void finish_nodes() {
    constexpr std::uint64_t few = 1'000'000, most_for_an_edge = 100;
    if (nodes_ > few + most_for_an_edge * edges_)
      refuse(fmt::format("{} nodes where there are {} edges; the line that begins with p is wrong, or the file is cut",
                         nodes_, edges_));
    for (std::uint64_t number = 1; number <= nodes_; ++number) {
      if (has_values_[number]) continue;
      begin_node(number);
      tables_.nodes().end_row();
    }
  }

  std::string problem_;
  std::uint64_t told_edges_ = 0, edges_ = 0;
  std::vector<bool> has_values_;
  LeftOut left_out_;
};

/// What the first line of METIS says.
struct MetisHeader {
  std::uint64_t nodes = 0, edges = 0, node_weights = 0;
  bool has_sizes = false, has_edge_weights = false;
};

std::optional<MetisHeader> metis_header(std::string_view line) {
  const auto words = blank_words(line);
  if (words.size() < 2 || words.size() > 4) return std::nullopt;
  const auto nodes = whole_number(words[0]), edges = whole_number(words[1]);
  if (!nodes || !edges || *nodes > most_nodes) return std::nullopt;
  MetisHeader header{*nodes, *edges, 0, false, false};
  if (words.size() == 2) return header;
  std::string digits(words[2]);
  if (digits.size() > 3 || digits.find_first_not_of("01") != std::string::npos) return std::nullopt;
  digits.insert(0, 3 - digits.size(), '0');
  header.has_sizes = digits[0] == '1';
  header.node_weights = digits[1] == '1' ? 1 : 0;
  header.has_edge_weights = digits[2] == '1';
  if (words.size() == 4) {
    const auto weights = whole_number(words[3]);
    if (!weights || *weights > 100 || (digits[1] == '0' && *weights > 1)) return std::nullopt;
    if (digits[1] == '1') header.node_weights = *weights;
  }
  return header;
}

class MetisReader : NumberedGraph {
 public:
  using NumberedGraph::NumberedGraph;

  void read() {
    std::string line;
    bool has_header = false;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, line); line_ = stream_.line()) {
      check_plain_text(file_, line_, std::string_view(line).substr(0, plain_text_limit));
      if (line.starts_with('%')) continue;
      if (!has_header)
        has_header = take_header(line);
      else
        take_node(blank_words(line));
    }
    if (!has_header || node_ < nodes_)
      refuse(fmt::format("{} lines of nodes where the first line says {}", node_, nodes_));
    if (up_ != down_ || up_mix_ != down_mix_)
      refuse("a node lists a neighbour that does not list it; METIS has each edge in the lists of both its ends");
    if (up_ + loops_ != header_.edges)
      refuse(fmt::format("{} edges where the first line says {}", up_ + loops_, header_.edges));
    tables_.finish();
  }

 private:
  bool take_header(std::string_view line) {
    const auto header = metis_header(line);
    if (!header) refuse("the first line is the number of nodes, of edges, and a format of up to three digits 0 and 1");
    header_ = *header;
    nodes_ = header_.nodes;
    tables_.graph_direction = Direction::undirected;
    return true;
  }
  /// An edge stands in the lists of both its ends: the one of the smaller number is kept.
  void take_node(const std::vector<std::string_view>& words) {
    if (node_ == nodes_) {
      if (words.empty()) return;
      refuse(fmt::format("more lines than the {} nodes of the first line", nodes_));
    }
    begin_node(++node_);
    std::size_t at = 0;
    const auto value = [&](const std::string& name) {
      if (at >= words.size()) refuse(fmt::format("the {} of the node is missing", name));
      put_number(tables_.nodes(), name, number_in(words[at++]));
    };
    if (header_.has_sizes) value("size");
    for (std::uint64_t i = 0; i < header_.node_weights; ++i) value(i == 0 ? "weight" : fmt::format("weight {}", i + 1));
    tables_.nodes().end_row();
    const std::size_t step = header_.has_edge_weights ? 2 : 1;
    if ((words.size() - at) % step != 0) refuse("a neighbour has no weight behind it");
    for (; at < words.size(); at += step) take_neighbour(node_in(words[at]), step == 2 ? words[at + 1] : "");
  }
  void take_neighbour(std::uint64_t other, std::string_view weight) {
    const auto mix = [](std::uint64_t a, std::uint64_t b) {
      return (a * 0x9E3779B97F4A7C15U ^ b) * 0xBF58476D1CE4E5B9U;
    };
    if (other < node_) {
      ++down_;
      down_mix_ += mix(other, node_);
      return;
    }
    if (other == node_) {
      ++loops_;
    } else {
      ++up_;
      up_mix_ += mix(node_, other);
    }
    begin_edge(node_, other);
    if (!weight.empty()) put_number(tables_.edges(), "weight", number_in(weight));
    tables_.edges().end_row();
  }

  MetisHeader header_;
  std::uint64_t node_ = 0, up_ = 0, down_ = 0, loops_ = 0, up_mix_ = 0, down_mix_ = 0;
};

}  // namespace

std::optional<std::string> looks_like_dimacs(const FileHead& head) {
  std::string_view text = head.text;
  while (const auto line = line_of_head(text, head.is_whole)) {
    const auto words = blank_words(*line);
    if (words.empty() && !text.empty()) continue;
    if (words.empty()) return std::nullopt;
    if (words[0] == "c") continue;
    const bool says_sizes = words[0] == "p" && words.size() >= 4 && whole_number(words[2]) && whole_number(words[3]);
    constexpr std::array<std::string_view, 7> kinds{"edge", "col", "sp", "max", "min", "asn", "edges"};
    if (!says_sizes || std::find(kinds.begin(), kinds.end(), words[1]) == kinds.end()) return std::nullopt;
    return fmt::format("it says \"p {}\", as files of DIMACS do", words[1]);
  }
  return std::nullopt;
}

void read_dimacs(InputFile& file, const ReadContext& context, TableSet& tables) {
  DimacsReader(file, context, tables).read();
}

namespace {

/// Whether the lists of neighbours are all there, each edge twice, as the first line says.
bool holds_metis(std::string_view text) {
  std::optional<MetisHeader> header;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> up, down;
  std::uint64_t node = 0;
  while (!text.empty()) {
    const auto line = line_of_head(text, true);
    if (line->starts_with('%')) continue;
    const auto words = blank_words(*line);
    if (!header) {
      header = metis_header(*line);
      const bool is_plain = header && !header->has_sizes && header->node_weights == 0 && !header->has_edge_weights;
      if (!is_plain || header->edges == 0) return false;
      continue;
    }
    if (++node > header->nodes && !words.empty()) return false;
    for (const std::string_view word : words) {
      const auto other = whole_number(word);
      if (!other || *other == 0 || *other > header->nodes || *other == node) return false;
      (node < *other ? up : down).emplace_back(std::min(node, *other), std::max(node, *other));
    }
  }
  std::sort(up.begin(), up.end());
  std::sort(down.begin(), down.end());
  return header && node >= header->nodes && up == down && up.size() == header->edges;
}

}  // namespace

/// By its name, or where all of it is there and every number agrees with the first line: a list of edges may be numbers
/// alone, too.
std::optional<std::string> looks_like_metis(const FileHead& head) {
  if (head.extension == ".graph" || head.extension == ".metis") {
    std::string_view text = head.text;
    auto line = line_of_head(text, head.is_whole);
    while (line && !text.empty() && line->starts_with('%')) line = line_of_head(text, head.is_whole);
    if (line && metis_header(*line)) return "its name and its first line are those of METIS";
  }
  if (!head.is_whole || !holds_metis(head.text)) return std::nullopt;
  return "its first line says how many lines and neighbours follow, as METIS has it";
}

void read_metis(InputFile& file, const ReadContext& context, TableSet& tables) {
  MetisReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
