#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"
#include "support/child_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <set>
#include <unordered_map>

namespace chokepoint::detail {

// DOT, the language of Graphviz. Its own parser reads it, in a process of its own: gvpr walks through a graph without
// drawing it, opens no file that the graph names, and prints what this program asks for. A line is a record of fields
// with tabs between: G directed name label; C name label, a cluster, and M node for each in it; N name and E tail head
// key, each followed by the names and values of its attributes. What would break a line is written as %09.

namespace {

constexpr const char* walk_program = R"gvpr(
BEGIN {
  graph_t todo[int];
  graph_t s;
  node_t n;
  int count;
  string q(string t) { return gsub(gsub(gsub(gsub(t, "%", "%25"), "\n", "%0A"), "\r", "%0D"), "\t", "%09"); }
  void fields(graph_t g, string kind, obj_t o) {
    string a = fstAttr(g, kind);
    while (a != "") {
      if (aget(o, a) != "") printf("\t%s\t%s", q(a), q(aget(o, a)));
      a = nxtAttr(g, kind, a);
    }
    printf("\n");
  }
}
BEG_G {
  printf("G\t%d\t%s\t%s\n", isDirect($G), q($G.name), hasAttr($G, "label") ? q(aget($G, "label")) : "");
  count = 1;
  todo[0] = $G;
  while (count > 0) {
    count = count - 1;
    for (s = fstsubg(todo[count]); s; s = nxtsubg(s)) {
      todo[count] = s;
      count = count + 1;
      if (index(s.name, "cluster") == 0) {
        printf("C\t%s\t%s\n", q(s.name), hasAttr(s, "label") ? q(aget(s, "label")) : "");
        for (n = fstnode(s); n; n = nxtnode_sg(s, n)) printf("M\t%s\n", q(n.name));
      }
    }
  }
}
N { printf("N\t%s", q($.name)); fields($G, "N", $); }
E { printf("E\t%s\t%s\t%s", q($.tail.name), q($.head.name), q($.name)); fields($G, "E", $); }
)gvpr";

constexpr std::chrono::seconds longest_walk{900};
constexpr std::uint64_t most_walk_output = std::uint64_t{64} << 30U;

/// What Graphviz may take for a file: it holds some 60 times its bytes (data/FORMATS.md), and 80 in the worst case
/// tried.
std::uint64_t most_walk_memory(std::uint64_t file_bytes) {
  constexpr std::uint64_t least = std::uint64_t{1} << 30U, most = std::uint64_t{16} << 30U, times = 256;
  return file_bytes > most / times ? most : std::max(least, times * file_bytes);
}

/// Attributes that say how to draw (graphviz.org, attributes); in order.
constexpr std::array<std::string_view, 78> drawn_attributes{"area",
                                                            "arrowhead",
                                                            "arrowsize",
                                                            "arrowtail",
                                                            "bb",
                                                            "color",
                                                            "colorscheme",
                                                            "constraint",
                                                            "decorate",
                                                            "distortion",
                                                            "edgehref",
                                                            "edgetarget",
                                                            "edgetooltip",
                                                            "fillcolor",
                                                            "fixedsize",
                                                            "fontcolor",
                                                            "fontname",
                                                            "fontsize",
                                                            "gradientangle",
                                                            "head_lp",
                                                            "headclip",
                                                            "headhref",
                                                            "headlabel",
                                                            "headport",
                                                            "headtarget",
                                                            "headtooltip",
                                                            "headURL",
                                                            "height",
                                                            "image",
                                                            "imagepos",
                                                            "imagescale",
                                                            "labelangle",
                                                            "labeldistance",
                                                            "labelfloat",
                                                            "labelfontcolor",
                                                            "labelfontname",
                                                            "labelfontsize",
                                                            "labelhref",
                                                            "labeljust",
                                                            "labelloc",
                                                            "labeltarget",
                                                            "labeltooltip",
                                                            "labelURL",
                                                            "layer",
                                                            "lhead",
                                                            "lp",
                                                            "ltail",
                                                            "margin",
                                                            "minlen",
                                                            "nojustify",
                                                            "ordering",
                                                            "orientation",
                                                            "penwidth",
                                                            "peripheries",
                                                            "pin",
                                                            "pos",
                                                            "radius",
                                                            "rects",
                                                            "regular",
                                                            "root",
                                                            "samehead",
                                                            "sametail",
                                                            "samplepoints",
                                                            "shape",
                                                            "shapefile",
                                                            "showboxes",
                                                            "sides",
                                                            "skew",
                                                            "sortv",
                                                            "style",
                                                            "tail_lp",
                                                            "tailclip",
                                                            "tailport",
                                                            "vertices",
                                                            "width",
                                                            "xlp",
                                                            "z",
                                                            "_draw_"};

std::string decoded(std::string_view field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    char c = field[i];
    if (c == '%' && i + 2 < field.size()) {
      int code = 0;
      std::from_chars(field.data() + i + 1, field.data() + i + 3, code, 16);
      c = static_cast<char>(code);
      i += 2;
    }
    if (c == list_mark || c == '\0')
      text += "\xEF\xBF\xBD";
    else
      text.push_back(c);
  }
  return text;
}

std::string squeezed(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_space)
      plain.push_back(c);
    else if (!plain.empty() && plain.back() != ' ')
      plain.push_back(' ');
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

std::string without_tags(std::string_view label) {
  std::string text;
  while (!label.empty()) {
    const auto open = label.find('<');
    text += label.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = label.find('>', open);
    label.remove_prefix(close == std::string_view::npos ? label.size() : close + 1);
    text.push_back(' ');
  }
  return squeezed(text);
}

/// Of the fields of a record the texts, without ports and braces.
std::string without_fields(std::string_view label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] == '<') {
      i = std::min(label.find('>', i), label.size());
    } else if (label[i] == '|') {
      text += " | ";
    } else if (label[i] != '{' && label[i] != '}') {
      text.push_back(label[i]);
    }
  }
  return squeezed(text);
}

/// The text that a label shows of a node of that name; empty for the name itself.
std::string label_text(std::string_view label, bool is_record, std::string_view name) {
  if (label == "\\N") return {};
  const std::string lower = lower_ascii(label);
  const bool is_html = lower.find("</") != std::string::npos || lower.find("<br") != std::string::npos;
  std::string text = is_html ? without_tags(label) : is_record ? without_fields(label) : std::string(label);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain.push_back(text[i]);
    } else if (const char c = text[++i]; c == 'n' || c == 'l' || c == 'r') {
      plain.push_back(' ');
    } else if (c == 'N') {
      plain += name;
    } else {
      plain.push_back(c);
    }
  }
  return squeezed(without_entities(plain));
}

std::vector<std::string> split_fields(std::string_view line) {
  std::vector<std::string> fields;
  for (;;) {
    const auto tab = line.find('\t');
    fields.push_back(decoded(line.substr(0, tab)));
    if (tab == std::string_view::npos) return fields;
    line.remove_prefix(tab + 1);
  }
}

class DotReader {
 public:
  DotReader(InputFile& file, TableSet& set) : file_(file), set_(set), tables_(set) {}

  void take(const std::string& line) {
    if (line.size() < 2 || line[1] != '\t') return;
    check_plain_text(file_, 0, std::string_view(line).substr(0, plain_text_limit));
    const std::vector<std::string> fields = split_fields(line);
    switch (fields[0][0]) {
      case 'G': return graph(fields);
      case 'C': return cluster(fields);
      case 'M': clusters_of_[fields.at(1)].push_back(cluster_); return;
      case 'N': return node(fields);
      case 'E': return edge(fields);
      default: return;
    }
  }
  void finish() {
    if (graphs_ == 0) refuse_at(file_, 0, "it holds no graph");
    tables_.finish();
    if (graphs_ > 1)
      set_.remarks.push_back(fmt::format("{} graphs became one: nodes of one name are one node", graphs_));
    if (clusters_ > 0)
      set_.remarks.push_back(fmt::format("{} clusters are kept as the attribute cluster of their nodes", clusters_));
  }

 private:
  void graph(const std::vector<std::string>& fields) {
    ++graphs_;
    is_directed_ = fields.at(1) == "1";
    clusters_of_.clear();
    used_labels_ = {fields.size() > 3 ? fields[3] : ""};
  }
  /// A cluster without a label of its own has that of what it lies in.
  void cluster(const std::vector<std::string>& fields) {
    ++clusters_;
    const std::string& label = fields.at(2);
    if (used_labels_.insert(label).second) {
      cluster_ = label_text(label, false, fields[1]);
      return;
    }
    cluster_ = fields[1].substr(std::string_view("cluster").size());
    cluster_.erase(0, std::min(cluster_.find_first_not_of("_ "), cluster_.size()));
    if (cluster_.empty()) cluster_ = fields[1];
  }

  void node(const std::vector<std::string>& fields) {
    SpooledTable& table = tables_.nodes();
    const std::string& name = fields.at(1);
    table.begin_row(0);
    put_role_text(table, "(node)", Target::id, name);
    bool is_record = false;
    for (std::size_t i = 2; i + 1 < fields.size(); i += 2)
      is_record = is_record || (fields[i] == "shape" && fields[i + 1].ends_with("record"));
    attributes(table, fields, 2, is_record);
    if (const auto found = clusters_of_.find(name); found != clusters_of_.end())
      for (const std::string& cluster : found->second)
        table.set(table.column("(cluster)", FlatType::text, Target::attribute, "cluster"), cluster);
    table.end_row();
  }

  void edge(const std::vector<std::string>& fields) {
    SpooledTable& table = tables_.edges();
    std::string direction;
    for (std::size_t i = 4; i + 1 < fields.size(); i += 2)
      if (fields[i] == "dir") direction = fields[i + 1];
    const bool is_back = direction == "back";
    table.begin_row(0);
    put_role_text(table, "(tail)", Target::from, fields.at(is_back ? 2 : 1));
    put_role_text(table, "(head)", Target::to, fields.at(is_back ? 1 : 2));
    if (!fields.at(3).empty()) table.set(table.column("(key)"), fields[3]);
    attributes(table, fields, 4, false);
    tables_.set_direction(direction_of(direction));
    table.end_row();
  }
  [[nodiscard]] Direction direction_of(std::string_view dir) const {
    if (dir == "both") return Direction::mutual;
    if (dir == "none") return Direction::undirected;
    if (dir == "back" || dir == "forward") return Direction::directed;
    return is_directed_ ? Direction::directed : Direction::undirected;
  }

  static void attributes(SpooledTable& table, const std::vector<std::string>& fields, std::size_t at, bool is_record) {
    for (; at + 1 < fields.size(); at += 2) {
      const std::string &name = fields[at], &value = fields[at + 1];
      if (name == "dir") continue;
      if (name == "label") {
        if (const std::string text = label_text(value, is_record, fields[1]); !text.empty())
          put_role_text(table, name, Target::label, text);
        continue;
      }
      // An attribute of such a name is none of what the language itself says.
      const bool is_misleading = name == "id" || name == "source" || name == "target" || name == "from" || name == "to";
      const bool is_drawn = std::find(drawn_attributes.begin(), drawn_attributes.end(), name) != drawn_attributes.end();
      table.set(table.column(name, is_number_text(value) ? FlatType::number : FlatType::text,
                             is_drawn        ? std::optional(Target::ignored)
                             : is_misleading ? std::optional(Target::attribute)
                                             : std::nullopt,
                             is_misleading ? std::string_view(name) : std::string_view()),
                value);
    }
  }

  InputFile& file_;
  TableSet& set_;
  GraphTables tables_;
  std::uint64_t graphs_ = 0, clusters_ = 0;
  bool is_directed_ = false;
  std::string cluster_;
  std::set<std::string> used_labels_;
  std::unordered_map<std::string, std::vector<std::string>> clusters_of_;
};

StreamFile copy_to_file(InputFile& file, const ReadContext& context) {
  StreamFile copy = temporary_stream();
  std::string part(std::size_t{1} << 18U, '\0');
  std::uint64_t bytes = 0;
  file.rewind();
  for (std::size_t got = 0; (got = file.read(part.data(), part.size())) > 0;) {
    const std::size_t mark = bytes == 0 && std::string_view(part).starts_with("\xEF\xBB\xBF") ? 3 : 0;
    bytes += got;
    if (std::fwrite(part.data() + mark, 1, got - mark, copy.get()) != got - mark)
      throw IoError(fmt::format("{}: writing a temporary copy: {}", file.name(), std::strerror(errno)));
    if (context.on_bytes) context.on_bytes(bytes);
  }
  if (std::fflush(copy.get()) != 0)
    throw IoError(fmt::format("{}: writing a temporary copy: {}", file.name(), std::strerror(errno)));
  std::rewind(copy.get());
  return copy;
}

/// gvpr ends well even of a text that it could not read; only its messages tell.
void check_end(const InputFile& file, const ProgramEnd& end) {
  if (end.timed_out) refuse_at(file, 0, "Graphviz takes too long to read it; give a smaller graph, or GraphML");
  const bool lacks_memory = end.status > 128 || end.errors.find("out of memory") != std::string::npos ||
                            end.errors.find("annot allocate") != std::string::npos;
  if (lacks_memory)
    refuse_at(file, 0,
              fmt::format(
                  "Graphviz, which reads DOT, ended for want of memory (it may take {} MiB); have the graph written as "
                  "GraphML, GML or CSV, which need none of it, or split it",
                  most_walk_memory(file.size()) >> 20U));
  const auto at = end.errors.find("Error: ");
  if (at == std::string::npos && end.status == 0) return;
  std::string why = at == std::string::npos ? end.errors : end.errors.substr(at + std::string_view("Error: ").size());
  why = why.substr(0, why.find('\n'));
  constexpr std::string_view name = "<stdin>: ";
  if (why.starts_with(name)) why.erase(0, name.size());
  std::uint64_t line = 0;
  if (const auto digits = why.find("line "); digits != std::string::npos)
    std::from_chars(why.data() + digits + 5, why.data() + why.size(), line);
  refuse_at(file, line, fmt::format("Graphviz cannot read it: {}", why.empty() ? "no reason given" : why));
}

std::string_view behind_dot_comments(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), text.size()));
    std::size_t end = 0;
    if (text.starts_with("//") || text.starts_with('#')) {
      end = text.find('\n');
    } else if (text.starts_with("/*")) {
      end = text.find("*/", 2);
      if (end != std::string_view::npos) end += 2;
    } else {
      return text;
    }
    text.remove_prefix(std::min(end, text.size()));
  }
}

bool take_keyword(std::string_view& text, std::string_view word) {
  if (lower_ascii(text.substr(0, word.size())) != word) return false;
  const std::string_view rest = text.substr(word.size());
  if (!rest.empty() && std::string_view(" \t\r\n{\"/").find(rest[0]) == std::string_view::npos) return false;
  text = behind_dot_comments(rest);
  return true;
}

}  // namespace

std::optional<std::string> looks_like_dot(const FileHead& head) {
  std::string_view text = behind_dot_comments(head.text);
  take_keyword(text, "strict");
  const bool is_directed = take_keyword(text, "digraph");
  if (!is_directed && !take_keyword(text, "graph")) return std::nullopt;
  if (text.starts_with('"')) {
    std::size_t end = 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
    text.remove_prefix(std::min(end + 1, text.size()));
  } else {
    text.remove_prefix(std::min(text.find_first_of(" \t\r\n{["), text.size()));
  }
  if (!behind_dot_comments(text).starts_with('{')) return std::nullopt;
  return fmt::format("it begins with \"{} {{\"", is_directed ? "digraph" : "graph");
}

void read_dot(InputFile& file, const ReadContext& context, TableSet& tables) {
  const StreamFile in = copy_to_file(file, context), out = temporary_stream();
  ProgramEnd end;
  try {
    end = run_filter("gvpr", {walk_program}, in.get(), out.get(),
                     {longest_walk, most_walk_memory(file.size()), most_walk_output});
  } catch (const NotFoundError&) {
    throw IoError(
        fmt::format("{}: DOT is read by Graphviz, whose program gvpr is not on PATH; install it (Debian, "
                    "Ubuntu: apt install graphviz) or save the graph as GraphML",
                    file.name()));
  }
  check_end(file, end);
  DotReader reader(file, tables);
  std::rewind(out.get());
  std::string line, part(std::size_t{1} << 18U, '\0');
  try {
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), out.get())) > 0;) {
      std::string_view rest = std::string_view(part).substr(0, got);
      for (auto at = rest.find('\n'); at != std::string_view::npos; at = rest.find('\n')) {
        line += rest.substr(0, at);
        reader.take(line);
        line.clear();
        rest.remove_prefix(at + 1);
      }
      line += rest;
    }
  } catch (const UsageError& error) {
    refuse_at(file, 0, error.what());
  }
  reader.finish();
}

}  // namespace chokepoint::detail
