#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/formats/quoted_words.hpp"
#include "ingest/formats/text_places.hpp"
#include "ingest/formats/xlsx_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace chokepoint::detail {

// Pajek networks (V. Batagelj, A. Mrvar, Pajek reference manual): sections that begin with a star, a line an element.

namespace {

constexpr std::uint64_t most_vertices = 100'000'000;
/// What may follow the place of a vertex or the weight of a line: how it is drawn.
constexpr std::array<std::string_view, 24> drawn_parameters{
    "x_fact", "y_fact", "s_size", "phi", "r", "q", "ic", "bc", "bw", "lc", "la", "lr",
    "lphi",   "fos",    "font",   "c",   "p", "w", "s",  "a",  "ap", "lp", "h1", "h2"};
constexpr std::array<std::string_view, 10> vertex_shapes{"ellipse", "box",    "diamond", "triangle", "cross",
                                                         "empty",   "circle", "house",   "man",      "woman"};

class PajekReader {
 public:
  PajekReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), set_(set), stream_(file, context.on_bytes), tables_(set) {
    stream_.skip_byte_order_mark();
  }

  void read() {
    std::string line;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, line); line_ = stream_.line()) {
      split(line);
      if (words_.empty()) continue;
      if (!words_[0].is_quoted && words_[0].text.starts_with('*'))
        begin_section();
      else
        take_line();
    }
    finish_vertices();
    add_values();
    tables_.finish();
    tell();
  }

 private:
  enum class Section : std::uint8_t { none, left_out, vertices, arcs, edges, arcs_list, edges_list, matrix, values };
  /// A partition or a vector: a value a vertex.
  struct Values {
    std::string name, section;
    TextPool texts;
  };

  [[noreturn]] void refuse(const std::string& message) const { refuse_at(file_, line_, message); }

  void split(std::string_view line) {
    check_plain_text(file_, line_, line.substr(0, plain_text_limit));
    words_.clear();
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] == '%') return;
    auto words = quoted_words(line);
    if (!words)
      refuse(std::count(line.begin(), line.end(), '"') % 2 == 1
                 ? "a quote is opened and never closed"
                 : "text stands behind a closing quote; a quote inside a name is written &quot;");
    words_ = *std::move(words);
    for (QuotedWord& word : words_) {
      word.text = without_entities(without_unicode_escapes(word.text));
      if (word.has_bare_quotes && bare_quotes_++ == 0) first_bare_quote_ = line_;
    }
  }

  [[nodiscard]] std::optional<std::uint64_t> vertex(std::string_view word) const {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
  }
  /// A vertex that a line names.
  std::string end_of_line(std::string_view word) const {
    const auto number = vertex(word);
    if (!number || *number == 0) refuse(fmt::format("\"{}\" is no number of a vertex", word.substr(0, 80)));
    if (has_vertices_ && *number > vertex_count_)
      refuse(fmt::format("vertex {}; there are {}", *number, vertex_count_));
    return std::to_string(*number);
  }

  void begin_section() {
    const std::string name = lower_ascii(words_[0].text);
    if (name == "*vertices") return values_come_ ? begin_values() : begin_vertices();
    finish_vertices();
    values_come_ = name == "*partition" || name == "*vector";
    if (values_come_) {
      section_ = Section::left_out;
      std::string called = name.substr(1);
      if (words_.size() > 1) called = words_[1].text;
      for (std::size_t i = 2; i < words_.size(); ++i) called += " " + words_[i].text;
      values_.push_back({std::move(called), name, {}});
      return;
    }
    relation_.clear();
    matrix_row_ = matrix_column_ = 0;
    if (name == "*network") {
      section_ = Section::none;
      if (++networks_ > 1) refuse("a second network; give each a file of its own");
      return;
    }
    constexpr std::array<std::pair<std::string_view, Section>, 5> sections{{{"*arcs", Section::arcs},
                                                                            {"*edges", Section::edges},
                                                                            {"*arcslist", Section::arcs_list},
                                                                            {"*edgeslist", Section::edges_list},
                                                                            {"*matrix", Section::matrix}}};
    const auto known =
        std::find_if(sections.begin(), sections.end(),
                     [&, bare = name.substr(0, name.find(':'))](const auto& one) { return one.first == bare; });
    section_ = known == sections.end() ? Section::left_out : known->second;
    if (section_ == Section::left_out) return left_out_.add(name);
    read_relation(name);
  }
  /// `*Arcs :2 "supplies"`
  void read_relation(const std::string& name) {
    if (const auto colon = name.find(':'); colon != std::string::npos) relation_ = name.substr(colon + 1);
    for (std::size_t i = 1; i < words_.size(); ++i) {
      if (words_[i].is_quoted)
        relation_ = words_[i].text;
      else if (words_[i].text.starts_with(':') && words_[i].text.size() > 1)
        relation_ = words_[i].text.substr(1);
    }
    relation_.erase(0, std::min(relation_.find_first_not_of(": "), relation_.size()));
  }

  void begin_values() {
    const auto count = words_.size() > 1 ? vertex(words_[1].text) : std::nullopt;
    if (!has_vertices_ || !count || *count != vertex_count_)
      refuse(fmt::format("{} has values for other vertices than those of the network", values_.back().name));
    section_ = Section::values;
    values_come_ = false;
  }
  void take_value() {
    TextPool& texts = values_.back().texts;
    if (texts.size() >= vertex_count_) refuse(fmt::format("more values than there are vertices, {}", vertex_count_));
    texts.add(words_[0].text);
  }
  /// Gives each vertex its values, as attributes of the name of the partition or vector.
  void add_values() {
    std::erase_if(values_, [&](const Values& values) {
      if (values.texts.size() == 0) left_out_.add(values.section);
      return values.texts.size() == 0;
    });
    if (values_.empty()) return;
    const SpooledTable& old = tables_.nodes();
    const auto id = static_cast<std::size_t>(
        std::ranges::find_if(old.columns(), [](const RawColumn& column) { return column.role == Target::id; }) -
        old.columns().begin());
    tables_.replace(false, copy_table(old, [&](const FlatRow& row, SpooledTable& copy) {
                      copy_values(row, copy);
                      const std::uint64_t place = *vertex(row.values[id]) - 1;
                      for (const Values& values : values_)
                        if (place < values.texts.size())
                          copy.set(copy.column(value_name(values), FlatType::number), values.texts[place]);
                    }));
  }
  static std::string value_name(const Values& values) {
    for (const std::string_view taken : {"id", "label", "mode", "time", "x", "y", "z", "shape"})
      if (values.name == taken) return "value." + values.name;
    return values.name;
  }

  void begin_vertices() {
    if (has_vertices_) refuse("a second *Vertices; give each network a file of its own");
    const auto count = words_.size() > 1 ? vertex(words_[1].text) : std::nullopt;
    if (!count) refuse("*Vertices is followed by their number");
    if (*count > most_vertices) refuse(fmt::format("more than {} vertices", most_vertices));
    has_vertices_ = true;
    section_ = Section::vertices;
    vertex_count_ = *count;
    if (words_.size() > 2) first_mode_ = vertex(words_[2].text).value_or(0);
  }
  /// Vertices without a line are there, too.
  void finish_vertices() {
    if (section_ != Section::vertices) return;
    section_ = Section::none;
    SpooledTable& table = tables_.nodes();
    for (std::uint64_t number = 1; number <= vertex_count_; ++number) {
      if (number < seen_.size() && seen_[number]) continue;
      table.begin_row(line_);
      put_vertex(number);
      table.end_row();
    }
    seen_ = {};
  }
  void put_vertex(std::uint64_t number) {
    put_role_text(tables_.nodes(), "id", Target::id, std::to_string(number));
    if (first_mode_ > 0) {
      SpooledTable& table = tables_.nodes();
      table.set(table.column("mode", FlatType::number), number <= first_mode_ ? "1" : "2");
    }
  }

  void take_line() {
    switch (section_) {
      case Section::none: refuse("a line in front of any section; *Vertices N comes first");
      case Section::left_out: return;
      case Section::vertices: return take_vertex();
      case Section::arcs:
      case Section::edges: return take_pair();
      case Section::arcs_list:
      case Section::edges_list: return take_list();
      case Section::matrix: return take_matrix_row();
      case Section::values: return take_value();
    }
  }

  void take_vertex() {
    const auto number = vertex(words_[0].text);
    if (!number || *number == 0 || *number > vertex_count_)
      refuse(fmt::format("\"{}\" is no number of one of {} vertices", words_[0].text.substr(0, 80), vertex_count_));
    if (seen_.size() <= *number) seen_.resize(std::min(vertex_count_ + 1, std::max(*number + 1, *number * 2)));
    if (seen_[*number]) refuse(fmt::format("vertex {} occurs twice", *number));
    seen_[*number] = true;
    SpooledTable& table = tables_.nodes();
    table.begin_row(line_);
    put_vertex(*number);
    std::size_t at = 1;
    if (at < words_.size()) put_role_text(table, "label", Target::label, words_[at++].text);
    constexpr std::array<std::string_view, 3> axes{"x", "y", "z"};
    for (const std::string_view axis : axes)
      if (at < words_.size() && !words_[at].is_quoted && is_number_text(words_[at].text))
        table.set(table.column(axis, FlatType::number, Target::ignored), words_[at++].text);
    parameters(table, at);
    table.end_row();
  }

  /// Names and values, shapes without a value, and times.
  void parameters(SpooledTable& table, std::size_t at) {
    while (at < words_.size()) {
      const std::string& name = words_[at].text;
      if (name.starts_with('[') && !words_[at].is_quoted) {
        table.set(table.column("time"), name);
        ++times_;
        ++at;
      } else if (at + 1 == words_.size() ||
                 std::find(vertex_shapes.begin(), vertex_shapes.end(), lower_ascii(name)) != vertex_shapes.end()) {
        table.set(table.column("shape", FlatType::text, Target::ignored), name);
        ++at;
      } else {
        parameter(table, name, words_[at + 1]);
        at += 2;
      }
    }
  }
  static void parameter(SpooledTable& table, const std::string& name, const QuotedWord& value) {
    if (name == "l") return put_role_text(table, "l", Target::label, value.text);
    const bool is_drawn = std::find(drawn_parameters.begin(), drawn_parameters.end(), name) != drawn_parameters.end();
    const bool is_number = !value.is_quoted && is_number_text(value.text);
    std::string column = name;
    for (const std::string_view taken : {"id", "label", "from", "to", "mode", "time", "weight", "relation"})
      if (name == taken) column = "parameter." + name;
    table.set(table.column(column, is_number ? FlatType::number : FlatType::text,
                           is_drawn ? std::optional(Target::ignored) : std::nullopt),
              value.text);
  }

  /// Begins the row of an edge.
  void put_ends(const std::string& from, const std::string& to, bool is_directed) {
    SpooledTable& table = tables_.edges();
    table.begin_row(line_);
    put_role_text(table, "from", Target::from, from);
    put_role_text(table, "to", Target::to, to);
    tables_.set_direction(is_directed ? Direction::directed : Direction::undirected);
    if (!relation_.empty()) put_role_text(table, "relation", Target::type, relation_);
  }
  void put_weight(std::string_view text) {
    SpooledTable& table = tables_.edges();
    table.set(table.column("weight", FlatType::number), number_text(text).value_or(std::string(text)));
  }

  void take_pair() {
    const std::string of_section = relation_;
    // `2: 1 3 1` says the relation of one line.
    if (words_[0].text.ends_with(':') && words_[0].text.size() > 1) {
      relation_ = words_[0].text.substr(0, words_[0].text.size() - 1);
      words_.erase(words_.begin());
    }
    if (words_.size() < 2) refuse("a line joins two vertices");
    put_ends(end_of_line(words_[0].text), end_of_line(words_[1].text), section_ == Section::arcs);
    std::size_t at = 2;
    if (at < words_.size() && is_number_text(words_[at].text)) put_weight(words_[at++].text);
    parameters(tables_.edges(), at);
    tables_.edges().end_row();
    relation_ = of_section;
  }
  void take_list() {
    const std::string from = end_of_line(words_[0].text);
    for (std::size_t i = 1; i < words_.size(); ++i) {
      put_ends(from, end_of_line(words_[i].text), section_ == Section::arcs_list);
      tables_.edges().end_row();
    }
  }
  void take_matrix_row() {
    const std::uint64_t columns =
        first_mode_ > 0 ? vertex_count_ - std::min(first_mode_, vertex_count_) : vertex_count_;
    for (const QuotedWord& word : words_) {
      if (!is_number_text(word.text)) refuse(fmt::format("\"{}\" is no number", word.text.substr(0, 80)));
      const std::uint64_t to = matrix_column_ + 1 + (first_mode_ > 0 ? first_mode_ : 0);
      const std::string weight = number_text(word.text).value_or("0");
      if (weight != "0" && weight != "-0") {
        put_ends(end_of_line(std::to_string(matrix_row_ + 1)), end_of_line(std::to_string(to)), true);
        put_weight(weight);
        tables_.edges().end_row();
      }
      if (++matrix_column_ >= columns) {
        matrix_column_ = 0;
        ++matrix_row_;
      }
    }
  }

  void tell() {
    if (bare_quotes_ > 0) set_.remarks.push_back(bare_quotes_remark(bare_quotes_, first_bare_quote_));
    if (times_ > 0)
      set_.remarks.push_back(fmt::format(
          "{} times such as [1-5] are kept as the attribute time; they count steps and are no dates", times_));
    if (first_mode_ > 0)
      set_.remarks.emplace_back("a network of two modes: the attribute mode says which a vertex is of");
    left_out_.tell(set_);
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  GraphTables tables_;
  Section section_ = Section::none;
  std::vector<QuotedWord> words_;
  std::uint64_t line_ = 1, vertex_count_ = 0, first_mode_ = 0, matrix_row_ = 0, matrix_column_ = 0;
  std::uint64_t times_ = 0, networks_ = 0;
  std::uint64_t bare_quotes_ = 0, first_bare_quote_ = 0;  ///< texts that hold quotes as they are, and a line of them
  bool has_vertices_ = false;
  bool values_come_ = false;  ///< behind *Partition or *Vector
  std::vector<Values> values_;
  std::string relation_;
  std::vector<bool> seen_;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_pajek(const FileHead& head) {
  std::string_view text = head.text;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), text.size()));
    if (!text.starts_with('%')) break;
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
  const std::string begin = lower_ascii(text.substr(0, 12));
  for (const std::string_view section : {"*vertices", "*network", "*arcs", "*edges"})
    if (begin.starts_with(section)) return fmt::format("it begins with {}", section);
  return std::nullopt;
}

void read_pajek(InputFile& file, const ReadContext& context, TableSet& tables) {
  PajekReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
