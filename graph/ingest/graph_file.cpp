#include "ingest/graph_file.hpp"

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_value = std::size_t{1} << 20U;
constexpr std::size_t npos = static_cast<std::size_t>(-1);

FlatType type_of(std::string_view type) {
  constexpr std::string_view numbers[] = {"int", "integer", "long", "short", "byte", "float", "double"};
  if (std::find(std::begin(numbers), std::end(numbers), type) != std::end(numbers)) return FlatType::number;
  return type == "boolean" ? FlatType::truth : FlatType::text;
}

/// The columns of one kind of element: its own attributes first, then what the file declares.
struct Shape {
  std::vector<std::string_view> own;  ///< attributes of the element itself
  std::vector<std::string> names;     ///< of all columns
  std::vector<std::string> keys;      ///< of what the file declares, by column
  std::size_t guess = 0;              ///< where the next key of an element probably is
  std::vector<FlatType> types;
  std::vector<std::string> defaults;
  std::map<std::string, std::size_t, std::less<>> by_key;
  std::vector<FlatColumn> columns;
  std::vector<std::pair<std::size_t, std::size_t>> rivals;  ///< columns of one field; an element may fill one of them
  std::vector<std::string> values;
  std::vector<bool> given;  ///< by column: the element has a value of its own
  std::uint64_t number = 0;

  void declare(std::string_view key, std::string_view name, FlatType type) {
    by_key.emplace(key, names.size());
    names.emplace_back(name);
    keys.emplace_back(key);
    types.push_back(type);
    defaults.emplace_back();
  }
  /// The column of a key, npos where nobody declared it. Programs write the keys of each element in one order.
  std::size_t column_of(std::string_view key) {
    for (std::size_t i = 0; i < 3 && guess + i < keys.size(); ++i)
      if (guess + i >= own.size() && keys[guess + i] == key) {
        guess += i + 1;
        return guess - 1;
      }
    const auto column = by_key.find(key);
    if (column == by_key.end()) return npos;
    guess = column->second + 1;
    return column->second;
  }
};

/// The day after, for an end that includes its day.
std::string day_after(std::string_view text) {
  const auto date = parse_partial_date(text);
  if (!date || date->precision != PartialDate::Precision::day) return std::string(text);
  return to_string(date->next);
}

class GraphHandler : public XmlHandler {
 public:
  GraphHandler(GraphFileFormat format, const ColumnMap& map, const std::function<void(const GraphElement&)>& on_element)
      : gexf_(format == GraphFileFormat::gexf), map_(map), on_element_(on_element) {
    for (Shape* shape : {&nodes_, &edges_})
      for (const std::string_view name : shape == &nodes_ ? std::span<const std::string_view>(node_own)
                                                          : std::span<const std::string_view>(edge_own)) {
        shape->own.push_back(name);
        shape->declare("", name, name == "weight" ? FlatType::number : FlatType::text);
      }
    nodes_.by_key.clear();
    edges_.by_key.clear();
  }
  void attach(const XmlReader& reader) { reader_ = &reader; }
  /// How often the file has said so far what its elements may have.
  [[nodiscard]] std::size_t declarations() const { return declarations_; }

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "node" || name == "edge") return begin(name == "node" ? nodes_ : edges_, attributes);
    if (name == "graph") {
      flush();
      nesting_.push_back(nullptr);
    }
    if (name == "hyperedge") reader_->refuse("", "edges of more than two ends have no form here");
    if (gexf_)
      start_gexf(name, attributes);
    else
      start_graphml(name, attributes);
  }

  void end(std::string_view name) override {
    if (name == "node" || name == "edge") flush();
    if (name == "node" || name == "edge" || name == "graph") nesting_.pop_back();
    if (name == "default" && target_ != nullptr)
      for (const auto& [shape, column] : declared_)
        if (&shape->defaults[column] != target_) shape->defaults[column] = *target_;
    if (target_ != nullptr && (name == "data" || name == "default" || name == "NodeLabel" || name == "EdgeLabel"))
      target_ = nullptr;
    if (name == "data") drawn_ = npos;
  }

  void text(std::string_view text) override {
    if (target_ == nullptr) return;
    if (target_->size() + text.size() > longest_value)
      reader_->refuse("", fmt::format("a text of over {} bytes", longest_value));
    *target_ += text;
  }

 private:
  static constexpr std::array<std::string_view, 4> node_own = {"id", "label", "start", "end"};
  static constexpr std::array<std::string_view, 8> edge_own = {"id",    "source", "target", "kind",
                                                               "label", "weight", "start",  "end"};

  void start_graphml(std::string_view name, const XmlAttributes& attributes) {
    if (name == "key") {
      const std::string_view domain = attributes["for"];
      std::string_view title = attributes["attr.name"];
      const bool drawn = title.empty() && !attributes["yfiles.type"].empty();
      if (title.empty()) title = drawn ? "drawing" : attributes["id"];
      declared_.clear();
      if (domain == "node" || domain == "all" || domain.empty()) declare(nodes_, attributes, title, drawn);
      if (domain == "edge" || domain == "all" || domain.empty()) declare(edges_, attributes, title, drawn);
    } else if (name == "default") {
      if (!declared_.empty()) {
        auto& [shape, column] = declared_.back();
        target_ = &shape->defaults[column];
        ++declarations_;
      }
    } else if (name == "data") {
      take_data(attributes["key"]);
    } else if (drawn_ != npos && (name == "NodeLabel" || name == "EdgeLabel") && open_ != nullptr) {
      // yEd keeps the label inside the drawing.
      const auto label = std::find(open_->own.begin(), open_->own.end(), "label");
      std::string& value = open_->values[static_cast<std::size_t>(label - open_->own.begin())];
      if (value.empty()) target_ = &value;
    }
  }

  void declare(Shape& shape, const XmlAttributes& attributes, std::string_view title, bool drawn) {
    ++declarations_;
    declared_.emplace_back(&shape, shape.names.size());
    shape.declare(attributes["id"], drawn ? std::string_view("x") : title, type_of(attributes["attr.type"]));
    if (drawn) drawings_.push_back(std::string(attributes["id"]));
  }

  /// Whether values stand behind the graph inside an element: then it has been handed over already.
  [[nodiscard]] bool comes_late() const { return open_ == nullptr && !nesting_.empty() && nesting_.back() != nullptr; }

  void take_data(std::string_view key) {
    if (comes_late())
      reader_->refuse("", fmt::format("data of the key {} behind the graph inside its element; put it in front", key));
    if (open_ == nullptr) return;
    const std::size_t column = open_->column_of(key);
    if (column == npos) reader_->refuse("", fmt::format("data of the key {}, which the file does not declare", key));
    if (!drawings_.empty() && std::find(drawings_.begin(), drawings_.end(), key) != drawings_.end()) {
      drawn_ = column;
      return;
    }
    if (open_->given[column]) reader_->refuse("", fmt::format("two values of the key {} in one element", key));
    open_->given[column] = true;
    target_ = &open_->values[column];
    target_->clear();
  }

  void start_gexf(std::string_view name, const XmlAttributes& attributes) {
    if (name == "attributes") {
      declaring_ = attributes["class"] == "edge" ? &edges_ : &nodes_;
    } else if (name == "attribute" && declaring_ != nullptr) {
      declared_.assign(1, {declaring_, declaring_->names.size()});
      const std::string_view title = attributes["title"];
      declaring_->declare(attributes["id"], title.empty() ? attributes["id"] : title, type_of(attributes["type"]));
    } else if (name == "default" && !declared_.empty()) {
      target_ = &declared_.back().first->defaults[declared_.back().second];
    } else if (name == "attvalue" && comes_late()) {
      reader_->refuse("", "a value behind the nodes inside its element; put it in front");
    } else if (name == "attvalue" && open_ != nullptr) {
      std::string_view key = attributes["for"];
      if (key.empty()) key = attributes["id"];
      const std::size_t column = open_->column_of(key);
      if (column == npos)
        reader_->refuse("", fmt::format("a value of the attribute {}, which the file does not declare", key));
      open_->values[column] = attributes["value"];
    }
  }

  void begin(Shape& shape, const XmlAttributes& attributes) {
    flush();
    nesting_.push_back(&shape);
    target_ = nullptr;
    const FlatKind kind = &shape == &nodes_ ? FlatKind::nodes : FlatKind::edges;
    if (shape.columns.size() != shape.names.size()) make_columns(shape, kind);
    ++shape.number;
    line_ = reader_->line();
    shape.guess = shape.own.size();
    for (std::size_t i = 0; i < shape.values.size(); ++i) shape.values[i] = shape.defaults[i];
    shape.given.assign(shape.values.size(), false);
    attributes.for_each([&](std::string_view name, std::string_view value) {
      const auto own = std::find(shape.own.begin(), shape.own.end(), name);
      if (own != shape.own.end() && !value.empty())
        shape.values[static_cast<std::size_t>(own - shape.own.begin())] = value;
    });
    open_ = &shape;
  }

  void make_columns(Shape& shape, FlatKind kind) {
    shape.columns = flat_columns(kind, shape.names, map_);
    shape.values.resize(shape.names.size());
    const auto declared = [&](std::string_view name) {
      return std::find(shape.names.begin() + static_cast<std::ptrdiff_t>(shape.own.size()), shape.names.end(), name) !=
             shape.names.end();
    };
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
      FlatColumn& column = shape.columns[i];
      if (column.target == Target::attribute) column.type = shape.types[i];
      // Elsewhere a node's label is called its name.
      if (kind == FlatKind::nodes && column.name == "name" && !gexf_ && !map_.contains("name") && !declared("label")) {
        column.target = Target::label;
        column.key = "en";
      }
      if (map_.contains(column.name)) continue;
      if (i >= shape.own.size()) {
        if (kind == FlatKind::edges && (column.name == "type" || column.name == "kind")) column.target = Target::type;
        continue;
      }
      // What the file declares says more than the element's own attributes, which are for drawing.
      const bool by_type = kind == FlatKind::edges && (declared("type") || declared("kind"));
      if (column.name == "kind") column.target = by_type ? Target::ignored : Target::type;
      if (column.name == "label" && kind == FlatKind::edges)
        column.target = by_type || gexf_ ? Target::ignored : Target::type;
      if (column.name == "label" && kind == FlatKind::nodes &&
          (declared("label_en") || declared("label_zh") || declared("label")))
        column.target = Target::ignored;
      if (column.name == "weight" && declared("share")) column.target = Target::ignored;
      if (column.name == "start" || column.name == "end")
        if (!gexf_ || declared("since") || declared("until")) column.target = Target::ignored;
    }
    if (const auto wrong = refuse_languages(shape.columns)) reader_->refuse("", *wrong);
    shape.rivals = rival_columns(shape.columns);
  }

  /// Of two columns of one field an element fills one, or both alike.
  void settle_rivals(Shape& shape) const {
    for (const auto& [earlier, later] : shape.rivals) {
      if (shape.values[earlier].empty() || shape.values[later].empty()) continue;
      if (shape.values[earlier] != shape.values[later])
        reader_->refuse("", refuse_rivals(shape.columns[earlier], shape.columns[later]));
      shape.values[later].clear();
    }
  }

  /// Hands over the element that is being read: at its end, or where a graph inside it begins.
  void flush() {
    if (open_ == nullptr) return;
    Shape& shape = *open_;
    const FlatKind kind = &shape == &nodes_ ? FlatKind::nodes : FlatKind::edges;
    for (std::size_t i = 0; gexf_ && i < shape.own.size(); ++i)
      if (shape.own[i] == "end" && !shape.values[i].empty()) shape.values[i] = day_after(shape.values[i]);
    settle_rivals(shape);
    on_element_({kind, shape.columns, shape.values, shape.number, line_});
    open_ = nullptr;
  }

  bool gexf_;
  const ColumnMap& map_;
  const std::function<void(const GraphElement&)>& on_element_;
  const XmlReader* reader_ = nullptr;
  Shape nodes_, edges_;
  Shape* open_ = nullptr;                                 ///< of the element that is being read
  std::vector<const Shape*> nesting_;                     ///< elements around what is being read; none for a graph
  Shape* declaring_ = nullptr;                            ///< GEXF: whose attributes are being declared
  std::vector<std::pair<Shape*, std::size_t>> declared_;  ///< by the last declaration
  std::size_t declarations_ = 0;                          ///< of GraphML
  std::vector<std::string> drawings_;                     ///< keys that hold yEd's drawings
  std::size_t drawn_ = npos;                              ///< inside such a drawing
  std::string* target_ = nullptr;                         ///< where text goes
  std::uint64_t line_ = 0;
};

}  // namespace

void read_graph_file(InputFile& file, GraphFileFormat format, const ColumnMap& map,
                     const std::function<void(const GraphElement&)>& on_element,
                     const std::function<void(std::uint64_t)>& on_bytes) {
  GraphHandler handler(format, map, on_element);
  XmlReader reader(file.name(), handler);
  handler.attach(reader);
  reader.read(file, on_bytes);
}

bool read_graphml_piece(std::string_view head, std::string_view text, const ColumnMap& map,
                        const std::function<void(const GraphElement&)>& on_element) {
  const auto lines_before = static_cast<std::uint64_t>(std::count(head.begin(), head.end(), '\n'));
  const std::function<void(const GraphElement&)> take = [&](const GraphElement& element) {
    on_element({element.kind, element.columns, element.values, element.number, element.line - lines_before});
  };
  GraphHandler handler(GraphFileFormat::graphml, map, take);
  XmlReader reader("", handler);
  handler.attach(reader);
  try {
    reader.feed(head, false);
    const std::size_t declarations = handler.declarations();
    reader.feed(text, true);  // the last part: so expat does not count its lines
    return handler.declarations() == declarations;
  } catch (const IngestError&) {
    return false;
  }
}

}  // namespace chokepoint::detail
