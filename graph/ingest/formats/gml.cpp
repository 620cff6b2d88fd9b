#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/formats/quoted_words.hpp"
#include "ingest/formats/xlsx_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::detail {

// Graph Modelling Language (M. Himsolt, 1997), as networkx, igraph, yEd and Gephi write it: keys and values, a value
// being a number, a text or a list of keys and values.

namespace {

constexpr int deepest_list = 64;
/// Lists that say how an element is drawn, in the language itself and in yEd's.
constexpr std::array<std::string_view, 4> drawn_lists{"graphics", "LabelGraphics", "edgeAnchor", "viz"};

struct GmlToken {
  enum class Kind : std::uint8_t { end, word, number, text, open, close } kind = Kind::end;
  std::string text;
};

class GmlLexer {
 public:
  GmlLexer(const InputFile& file, ByteStream& stream) : file_(file), stream_(stream) {}
  [[nodiscard]] std::uint64_t line() const { return stream_.line(); }

  /// Texts that hold quotes as they are, and the line of the first one.
  [[nodiscard]] std::uint64_t bare_quotes() const { return bare_quotes_; }
  [[nodiscard]] std::uint64_t first_bare_quote() const { return first_bare_quote_; }

  GmlToken next() {
    skip();
    if (at_end()) return {};
    const char c = peek();
    if (c == '[' || c == ']') {
      take();
      return {c == '[' ? GmlToken::Kind::open : GmlToken::Kind::close, {}};
    }
    if (c == '"') return {GmlToken::Kind::text, quoted()};
    std::string word;
    while (!at_end() && std::string_view(" \t\r\n[]\"").find(peek()) == std::string_view::npos) {
      word.push_back(take());
      if (word.size() > plain_text_limit) refuse_at(file_, line(), "a word of over a million bytes");
    }
    check_plain_text(file_, line(), word);
    return {is_number_text(word) ? GmlToken::Kind::number : GmlToken::Kind::word, without_entities(word)};
  }

 private:
  [[nodiscard]] bool at_end() const { return ahead_at_ == ahead_.size() && stream_.at_end(); }
  [[nodiscard]] char peek() const { return ahead_at_ < ahead_.size() ? ahead_[ahead_at_] : stream_.Peek(); }
  char take() {
    if (ahead_at_ == ahead_.size()) return stream_.Take();
    return ahead_[ahead_at_++];
  }
  /// What follows in the line, as much of it as tells whether it is a key with a value.
  std::string_view look_ahead() {
    constexpr std::size_t enough = 256;
    ahead_.erase(0, ahead_at_);
    ahead_at_ = 0;
    while (ahead_.size() < enough && !stream_.at_end() && stream_.Peek() != '\n') ahead_.push_back(stream_.Take());
    return ahead_;
  }
  /// A comment is a line that begins with #.
  void skip() {
    for (;;) {
      while (ahead_at_ < ahead_.size() && std::string_view(" \t\r").find(ahead_[ahead_at_]) != std::string_view::npos)
        ++ahead_at_;
      if (ahead_at_ == ahead_.size()) stream_.skip_space();
      if (at_end() || peek() != '#') return;
      ahead_at_ = ahead_.size();
      stream_.skip_line();
    }
  }
  /// A text up to the quote behind which the line goes on as GML. One that others stand in is of one line.
  std::string quoted() {
    const std::uint64_t begin = line();
    take();
    std::string text;
    std::size_t inner = 0, masked = 0;
    for (;;) {
      if (at_end()) refuse_at(file_, begin, "a text is opened and never closed");
      const char c = take();
      if (c == '"') {
        const char next = at_end() ? '\n' : peek();
        if (next == '\n' || next == '\r' || next == ']' || closes_gml_text(look_ahead())) break;
        ++inner;
        masked += text.ends_with('\\') ? 1U : 0U;
      }
      if (c == '\n' && inner > 0) refuse_behind_quote(begin, text);
      text.push_back(c);
      if (text.size() > plain_text_limit)
        refuse_at(file_, begin, "a text of over a million bytes; a quote may be missing");
    }
    check_plain_text(file_, begin, text);
    if (inner > 0 && masked == inner)
      text = without_masks(text);
    else if (inner > 0 && bare_quotes_++ == 0)
      first_bare_quote_ = begin;
    return without_entities(text);
  }
  [[noreturn]] void refuse_behind_quote(std::uint64_t begin, std::string_view text) const {
    refuse_at(file_, begin,
              fmt::format("text stands behind a closing quote: \"{}\"; a quote inside a text is written &quot;",
                          text.substr(0, std::min<std::size_t>(text.find('"'), 80))));
  }
  /// `\"` as a quote: some programs write quotes as C does.
  static std::string without_masks(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text.substr(i, 2) != "\\\"") plain.push_back(text[i]);
    return plain;
  }

  const InputFile& file_;
  ByteStream& stream_;
  std::string ahead_;  ///< bytes that were read from the stream to look at them
  std::size_t ahead_at_ = 0;
  std::uint64_t bare_quotes_ = 0, first_bare_quote_ = 0;
};

class GmlReader {
 public:
  GmlReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), set_(set), stream_(file, context.on_bytes), lexer_(file, stream_), tables_(set) {
    stream_.skip_byte_order_mark();
  }

  void read() {
    for (GmlToken key = lexer_.next(); key.kind != GmlToken::Kind::end; key = lexer_.next()) {
      if (key.kind != GmlToken::Kind::word) refuse("a key stands in front of each value");
      const GmlToken value = lexer_.next();
      if (key.text == "graph" && value.kind == GmlToken::Kind::open)
        graph();
      else if (value.kind == GmlToken::Kind::open)
        skip_list(1);
    }
    if (graphs_ == 0) refuse("it holds no graph [ … ]");
    if (!tables_.graph_direction) tables_.graph_direction = Direction::undirected;  // as the language has it
    tables_.finish();
    if (graphs_ > 1) set_.remarks.push_back(fmt::format("{} graphs became one: nodes of one id are one node", graphs_));
    if (lexer_.bare_quotes() > 0)
      set_.remarks.push_back(bare_quotes_remark(lexer_.bare_quotes(), lexer_.first_bare_quote()));
    left_out_.tell(set_, " of the graph");
  }

 private:
  [[noreturn]] void refuse(const std::string& message) { refuse_at(file_, lexer_.line(), message); }

  GmlToken next_in_list() {
    GmlToken token = lexer_.next();
    if (token.kind == GmlToken::Kind::end) refuse("a [ is opened and never closed");
    return token;
  }
  /// The next key of a list; nullopt at its end.
  std::optional<std::string> next_key() {
    GmlToken token = next_in_list();
    if (token.kind == GmlToken::Kind::close) return std::nullopt;
    if (token.kind != GmlToken::Kind::word) refuse("a key stands in front of each value");
    return std::move(token.text);
  }
  void skip_list(int depth) {
    for (; depth > 0;) {
      const GmlToken token = next_in_list();
      if (token.kind == GmlToken::Kind::open) ++depth;
      if (token.kind == GmlToken::Kind::close) --depth;
    }
  }

  void graph() {
    if (++graphs_ > 1 && !tables_.graph_direction) tables_.graph_direction = Direction::undirected;
    while (const auto key = next_key()) {
      const GmlToken value = next_in_list();
      const bool is_list = value.kind == GmlToken::Kind::open;
      if (*key == "node" && is_list)
        element(tables_.nodes(), false);
      else if (*key == "edge" && is_list)
        element(tables_.edges(), true);
      else if (*key == "directed")
        tables_.graph_direction = value.text == "1" ? Direction::directed : Direction::undirected;
      else
        leave_out(*key, is_list);
    }
  }
  void leave_out(const std::string& key, bool is_list) {
    if (is_list) skip_list(1);
    for (const std::string_view known : {"hierarchic", "version", "Version", "Creator", "comment", "multigraph"})
      if (key == known) return;
    left_out_.add(key);
  }

  void element(SpooledTable& table, bool is_edge) {
    table.begin_row(lexer_.line());
    seen_ = 0;
    std::string path;
    fields(table, is_edge, path, false, 1);
    const unsigned wanted = is_edge ? 0x6 : 0x1;
    if ((seen_ & wanted) != wanted) refuse(is_edge ? "an edge has no source or no target" : "a node has no id");
    if (is_edge) tables_.set_direction(std::nullopt);
    table.end_row();
  }

  void fields(SpooledTable& table, bool is_edge, std::string& path, bool is_drawn, int depth) {
    if (depth > deepest_list) refuse(fmt::format("lists are nested more than {} deep", deepest_list));
    while (const auto key = next_key()) {
      GmlToken value = next_in_list();
      const std::size_t length = path.size();
      if (length > 0) path += '.';
      path += *key;
      if (value.kind == GmlToken::Kind::close) refuse(fmt::format("{} has no value", path));
      const bool is_drawing =
          is_drawn || (depth == 1 && std::find(drawn_lists.begin(), drawn_lists.end(), *key) != drawn_lists.end());
      if (value.kind == GmlToken::Kind::open)
        fields(table, is_edge, path, is_drawing, depth + 1);
      else
        put(table, path, value, role_of(path, is_edge, is_drawing));
      path.resize(length);
    }
  }
  std::optional<Target> role_of(std::string_view path, bool is_edge, bool is_drawing) {
    if (is_drawing) return Target::ignored;
    constexpr std::array<std::pair<std::string_view, Target>, 3> roles{
        {{"id", Target::id}, {"source", Target::from}, {"target", Target::to}}};
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (path != roles[i].first || (i > 0 && !is_edge)) continue;
      if ((seen_ & (1U << i)) != 0) refuse(fmt::format("{} occurs twice", path));
      seen_ |= 1U << i;
      return roles[i].second;
    }
    return path == "label" ? std::optional(Target::label) : std::nullopt;
  }
  void put(SpooledTable& table, const std::string& path, const GmlToken& value, std::optional<Target> role) {
    // networkx marks a list of one, and an empty one, so.
    if (value.text == "_networkx_list_start") return;
    const auto number = value.kind == GmlToken::Kind::number ? number_text(value.text) : std::nullopt;
    try {
      table.set(table.column(path, number ? FlatType::number : FlatType::text, role), number ? *number : value.text);
    } catch (const UsageError& error) {
      refuse(error.what());
    }
  }

  InputFile& file_;
  TableSet& set_;
  ByteStream stream_;
  GmlLexer lexer_;
  GraphTables tables_;
  unsigned seen_ = 0;  ///< bits: id, source, target
  std::uint64_t graphs_ = 0;
  LeftOut left_out_;
};

/// What stands behind white space and comments.
std::string_view behind_comments(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), text.size()));
    if (!text.starts_with('#')) return text;
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
}

/// A word, number or quoted text at the beginning, which is taken away.
std::string_view take_word(std::string_view& text) {
  std::size_t end = text.starts_with('"') ? text.find('"', 1) : text.find_first_of(" \t\r\n[]\"#");
  end = end == std::string_view::npos ? text.size() : end + (text.starts_with('"') ? 1U : 0U);
  const std::string_view word = text.substr(0, end);
  text = behind_comments(text.substr(end));
  return word;
}

}  // namespace

std::optional<std::string> looks_like_gml(const FileHead& head) {
  std::string_view text = behind_comments(head.text);
  for (int i = 0; i < 20 && !text.empty(); ++i) {
    const std::string_view key = take_word(text);
    if (key.empty() || key.find_first_of("<{}(),;:=") != std::string_view::npos) return std::nullopt;
    if (key == "graph" && text.starts_with('[')) return "it begins with \"graph [\"";
    if (text.starts_with('[') || key.starts_with('"')) return std::nullopt;
    // `digraph {` and below it `graph [` are DOT, as Graphviz writes it.
    if (take_word(text).find_first_of("{}") != std::string_view::npos) return std::nullopt;
  }
  return std::nullopt;
}

void read_gml(InputFile& file, const ReadContext& context, TableSet& tables) {
  GmlReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
