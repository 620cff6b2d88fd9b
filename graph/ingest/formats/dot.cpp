#include "chokepoint/support/error.hpp"
#include "ingest/formats/dot_labels.hpp"
#include "ingest/formats/dot_walk.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

namespace chokepoint::detail {

namespace {

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
      cluster_ = dot_label_text(label, false, fields[1]);
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
        if (const std::string text = dot_label_text(value, is_record, fields[1]); !text.empty())
          put_role_text(table, name, Target::label, text);
        continue;
      }
      // An attribute of such a name is none of what the language itself says.
      const bool is_misleading = name == "id" || name == "source" || name == "target" || name == "from" || name == "to";
      const bool is_drawn = is_drawing_attribute(name);
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
  DotReader reader(file, tables);
  walk_dot(file, context, [&](const std::string& line) { reader.take(line); });
  reader.finish();
}

}  // namespace chokepoint::detail
