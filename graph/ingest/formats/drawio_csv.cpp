#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/tables/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

// CSV as draw.io imports it: lines behind # say what the columns are. `# connect: {"from": "supplies", "to": "id"}`
// draws a line from each row to those that its column `supplies` names by their `id`, the other way round where
// `invert` says so.

namespace {

struct Connection {
  std::string from, to, label;
  bool is_inverted = false;
};

struct Drawing {
  std::vector<Connection> connections;
  std::string label;                  ///< the column that shapes are called by
  std::vector<std::string> ignored;   ///< columns that only say how shapes look
  std::uint64_t begin = 0, line = 1;  ///< of the table
};

/// What stands behind `# key:`; nullopt for another line.
std::optional<std::string_view> setting(std::string_view line, std::string_view key) {
  line.remove_prefix(1);
  line = without_outer_blanks(line);
  if (!line.starts_with(key) || line.substr(key.size(), 1) != ":") return std::nullopt;
  return without_outer_blanks(line.substr(key.size() + 1));
}

std::optional<Connection> connection_in(std::string_view text) {
  try {
    const Json json = parse_json(text);
    const Json *from = text_in(&json, "from"), *to = text_in(&json, "to"), *label = text_in(&json, "label");
    if (from == nullptr || to == nullptr) return std::nullopt;
    const Json* invert = member_in(&json, "invert");
    const bool is_inverted = invert != nullptr && scalar_text(*invert) == "true";
    return Connection{from->as_string(), to->as_string(), label == nullptr ? from->as_string() : label->as_string(),
                      is_inverted};
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// What the lines above the table say.
Drawing drawing_in(std::string_view text) {
  Drawing drawing;
  while (text.starts_with('#') || text.starts_with('\n') || text.starts_with('\r')) {
    const auto end = std::min(text.find('\n'), text.size() - 1);
    std::string_view line = text.substr(0, end + 1);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    line = without_outer_blanks(line);
    text.remove_prefix(end + 1);
    drawing.begin += end + 1;
    ++drawing.line;
    if (line.empty() || line.starts_with("##")) continue;
    if (const auto connect = setting(line, "connect"))
      if (auto connection = connection_in(*connect)) drawing.connections.push_back(*std::move(connection));
    if (const auto label = setting(line, "label"))
      if (const auto open = label->find('%'); open != std::string_view::npos)
        drawing.label = label->substr(open + 1, label->find('%', open + 1) - open - 1);
    if (const auto ignored = setting(line, "ignore"))
      for (std::string_view rest = *ignored; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        drawing.ignored.emplace_back(without_outer_blanks(rest.substr(0, comma)));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
      }
  }
  return drawing;
}

class DrawioReader {
 public:
  DrawioReader(InputFile& file, const ReadContext& context, TableSet& set, Drawing drawing)
      : drawing_(std::move(drawing)), tables_(set) {
    tables_.graph_direction = Direction::directed;
    CsvRules rules;
    rules.begin = drawing_.begin;
    rules.line = drawing_.line;
    CsvReader reader(file, ',', context.on_bytes, rules);
    header_ = reader.header();
    // The first line says by what rows are referred to.
    id_ = drawing_.connections.front().to;
    for (const Connection& connection : drawing_.connections)
      if (place_of(connection.from) == header_.size() || connection.to != id_)
        left_out_.add("connect: " + connection.from);
    if (place_of(id_) == header_.size())
      refuse_at(file, drawing_.line, fmt::format("connect names the column {}, which the table has not", id_));
    for (CsvRow row; reader.next(row);) take(row);
    tables_.finish();
    left_out_.tell(set);
  }

 private:
  [[nodiscard]] std::size_t place_of(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(header_, name) - header_.begin());
  }

  [[nodiscard]] bool is_drawn(const std::string& name) const {
    const bool connects = std::ranges::any_of(
        drawing_.connections, [&](const Connection& each) { return each.from == name && each.to == id_; });
    constexpr std::string_view looks[] = {"fill",  "stroke", "image", "width", "height",
                                          "style", "parent", "left",  "top"};
    const bool is_look = std::ranges::find(drawing_.ignored, name) != drawing_.ignored.end() &&
                         std::ranges::find(looks, name) != std::end(looks);
    return connects || is_look;
  }

  void take(const CsvRow& row) {
    const std::string_view id = without_outer_blanks(row.fields[place_of(id_)]);
    SpooledTable& nodes = tables_.nodes();
    nodes.begin_row(row.line, row.number);
    for (std::size_t i = 0; i < header_.size(); ++i) {
      const std::string_view value = without_outer_blanks(row.fields[i]);
      if (value.empty()) continue;
      if (header_[i] == id_)
        put_role_text(nodes, header_[i], Target::id, value);
      else if (header_[i] == drawing_.label)
        put_role_text(nodes, header_[i], Target::label, value);
      else if (!is_drawn(header_[i]))
        nodes.set(nodes.column(header_[i], FlatType::text, Target::attribute, header_[i]), value);
    }
    nodes.end_row();
    for (const Connection& connection : drawing_.connections) {
      const std::size_t at = place_of(connection.from);
      if (at == header_.size() || connection.to != id_) continue;
      for (std::string_view rest = row.fields[at]; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        put_line(id, without_outer_blanks(rest.substr(0, comma)), connection, row.line);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
      }
    }
  }

  void put_line(std::string_view id, std::string_view other, const Connection& connection, std::uint64_t line) {
    if (other.empty()) return;
    SpooledTable& edges = tables_.edges();
    edges.begin_row(line);
    put_role_text(edges, "from", Target::from, connection.is_inverted ? other : id);
    put_role_text(edges, "to", Target::to, connection.is_inverted ? id : other);
    put_role_text(edges, "label", Target::label, connection.label);
    tables_.set_direction(std::nullopt);
    edges.end_row();
  }

  Drawing drawing_;
  GraphTables tables_;
  std::vector<std::string> header_;
  std::string id_;
  LeftOut left_out_;
};

}  // namespace

std::optional<std::string> looks_like_drawio_csv(const FileHead& head) {
  if (!head.text.starts_with('#') || drawing_in(head.text).connections.empty()) return std::nullopt;
  return "its lines behind # say how draw.io connects its rows";
}

void read_drawio_csv(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  Drawing drawing = drawing_in(read_head(file, text).text);
  if (drawing.connections.empty())
    refuse_at(file, 1, "no line above the table says how its rows are connected, # connect: {\"from\": …, \"to\": …}");
  DrawioReader(file, context, tables, std::move(drawing));
}

}  // namespace chokepoint::detail
