#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

// Two formats of a line an element: the Trivial Graph Format, as yEd writes it (`id label`, a line `#`, then `from to
// label`), and Cytoscape's simple interaction format (`from interaction to …`).

namespace {

class TrivialGraphReader {
 public:
  TrivialGraphReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), stream_(file, context.on_bytes), tables_(set) {
    stream_.skip_byte_order_mark();
    tables_.graph_direction = Direction::directed;
  }

  void read() {
    std::string given;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, given); line_ = stream_.line()) {
      check_plain_text(file_, line_, given);
      std::string_view line = without_outer_blanks(given);
      if (line.empty()) continue;
      if (line == "#") {
        if (std::exchange(is_behind_, true))
          refuse_at(file_, line_, "a second line of # alone; give each graph a file");
      } else if (is_behind_) {
        take_edge(line);
      } else {
        take_node(line);
      }
    }
    if (!is_behind_) refuse_at(file_, line_, "there is no line of # alone, which stands between nodes and edges");
    tables_.finish();
  }

 private:
  void take_node(std::string_view line) {
    const std::string_view id = take_blank_word(line);
    if (!ids_.insert(std::string(id)).second) refuse_at(file_, line_, fmt::format("node {} occurs twice", id));
    SpooledTable& table = tables_.nodes();
    table.begin_row(line_);
    put_role_text(table, "id", Target::id, without_entities(id));
    if (!line.empty()) put_role_text(table, "label", Target::label, without_entities(line));
    table.end_row();
  }
  void take_edge(std::string_view line) {
    const std::string_view from = take_blank_word(line), to = take_blank_word(line);
    for (const std::string_view end : {from, to})
      if (!ids_.contains(std::string(end)))
        refuse_at(file_, line_,
                  end.empty() ? fmt::format("an edge has two ends, and there is only \"{}\"", from)
                              : fmt::format("no node above the # has the id \"{}\"", end));
    SpooledTable& table = tables_.edges();
    table.begin_row(line_);
    put_role_text(table, "from", Target::from, without_entities(from));
    put_role_text(table, "to", Target::to, without_entities(to));
    if (!line.empty()) put_role_text(table, "label", Target::label, without_entities(line));
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  InputFile& file_;
  ByteStream stream_;
  GraphTables tables_;
  std::unordered_set<std::string> ids_;
  std::uint64_t line_ = 1;
  bool is_behind_ = false;  ///< the line between nodes and edges
};

class SimpleInteractionReader {
 public:
  SimpleInteractionReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), stream_(file, context.on_bytes), tables_(set) {
    stream_.skip_byte_order_mark();
    tables_.graph_direction = Direction::directed;
  }

  /// @param has_tabs  a tab anywhere parts the words everywhere, so that names may have blanks
  void read(bool has_tabs) {
    const std::string_view marks = has_tabs ? "\t" : " ";
    std::string given;
    for (line_ = stream_.line(); read_plain_line(file_, stream_, given); line_ = stream_.line()) {
      check_plain_text(file_, line_, given);
      std::string_view line = without_outer_blanks(given);
      if (line.empty()) continue;
      if (!has_tabs && line.find('\t') != std::string_view::npos)
        refuse_at(file_, line_, "blanks stand between the words above, and tabs here; write tabs everywhere");
      const std::string_view from = take_blank_word(line, marks), interaction = take_blank_word(line, marks);
      note_node(from);
      if (interaction.empty()) continue;  // a node without edges
      if (line.empty())
        refuse_at(file_, line_,
                  fmt::format("\"{} {}\": a line is a node, or a node, an interaction and nodes", from, interaction));
      while (!line.empty()) take_edge(from, interaction, take_blank_word(line, marks));
    }
    tables_.finish();
  }

 private:
  void note_node(std::string_view name) {
    if (!names_.insert(std::string(name)).second) return;
    SpooledTable& table = tables_.nodes();
    table.begin_row(line_);
    put_role_text(table, "id", Target::id, without_entities(name));
    table.end_row();
  }
  void take_edge(std::string_view from, std::string_view interaction, std::string_view to) {
    note_node(to);
    SpooledTable& table = tables_.edges();
    table.begin_row(line_);
    put_role_text(table, "from", Target::from, without_entities(from));
    put_role_text(table, "interaction", Target::type, without_entities(interaction));
    put_role_text(table, "to", Target::to, without_entities(to));
    tables_.set_direction(std::nullopt);
    table.end_row();
  }

  InputFile& file_;
  ByteStream stream_;
  GraphTables tables_;
  std::unordered_set<std::string> names_;
  std::uint64_t line_ = 1;
};

}  // namespace

std::optional<std::string> looks_like_tgf(const FileHead& head) {
  std::string_view text = head.text;
  if (head.extension == ".tgf" && text.find('\0') == std::string_view::npos) return "its name ends in .tgf";
  std::unordered_set<std::string_view> ids;
  bool is_behind = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos && !head.is_whole) break;
    std::string_view line = without_outer_blanks(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.find('\0') != std::string_view::npos) return std::nullopt;
    if (line.empty()) continue;
    if (line == "#") {
      if (is_behind || ids.empty()) return std::nullopt;
      is_behind = true;
      continue;
    }
    const std::string_view first = take_blank_word(line);
    if (!is_behind && !ids.insert(first).second) return std::nullopt;
    if (is_behind && (!ids.contains(first) || !ids.contains(take_blank_word(line)))) return std::nullopt;
  }
  if (!is_behind) return std::nullopt;
  return "its nodes stand above a line of # alone, and its edges below";
}

void read_tgf(InputFile& file, const ReadContext& context, TableSet& tables) {
  TrivialGraphReader(file, context, tables).read();
}

std::optional<std::string> looks_like_sif(const FileHead& head) {
  // Containers of Singularity have the same ending.
  if (head.extension != ".sif" || head.text.find('\0') != std::string_view::npos) return std::nullopt;
  return "its name ends in .sif, as Cytoscape's simple interactions do";
}

void read_sif(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const bool has_tabs = read_head(file, text).text.find('\t') != std::string_view::npos;
  SimpleInteractionReader(file, context, tables).read(has_tabs);
}

}  // namespace chokepoint::detail
