#include "ingest/graphs/graphml_handler.hpp"

#include "chokepoint/model/json.hpp"
#include "ingest/graphs/xml_value_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace chokepoint::detail {

namespace {

/// Keys of yEd's drawings have a type, those of yFiles an address of their own.
bool is_drawing_key(const XmlAttributes& attributes) {
  if (attributes["attr.name"].empty() && !attributes["yfiles.type"].empty()) return true;
  return attributes["attr.uri"].find("yworks.com") != std::string_view::npos && attributes["attr.name"] != "UserTags";
}

/// How Maltego draws its entities.
bool is_maltego_drawing(std::string_view name) { return name == "EntityRenderer" || name == "LinkRenderer"; }

}  // namespace

void GraphmlHandler::start(std::string_view name, const XmlAttributes& attributes) {
  if (data_ != Data::none) {
    ++depth_;
    return start_inside(name, attributes);
  }
  if (name == "node" || name == "edge") return begin(name == "node" ? nodes_ : edges_, attributes);
  if (name == "data") return start_data(attributes);
  if (name == "graph") return begin_graph(attributes["edgedefault"]);
  if (name == "key") return declare(attributes);
  if (name == "default" && !declared_.empty()) {
    ++declarations_;
    gather();
  } else if (name == "desc" && open_ != nullptr) {
    gather();
  } else if (name == "port") {
    if (ports_++ == 0) remarks_.note(GraphNote::ports);
  } else if (name == "hyperedge") {
    reader_->refuse("",
                    "edges of more than two ends have no form here; write an edge for each pair of ends, or a node "
                    "with an edge to each of them");
  }
}

void GraphmlHandler::end(std::string_view name) {
  if (depth_ > 0) {
    end_inside(name);
    --depth_;
    is_gathering_ = depth_ == wanted_depth_;
  } else if (name == "data") {
    end_data();
  } else if (name == "node" || name == "edge") {
    end_element();
  } else if (name == "graph") {
    end_graph();
  } else if (name == "default" && !declared_.empty()) {
    for (const auto& [shape, column] : declared_)
      shape->default_of(column) =
          shape->type(column) == FlatType::truth ? plain_truth(without_layout(text_)) : without_layout(text_);
    is_gathering_ = false;
  } else if (name == "key") {
    declared_.clear();
  } else if (name == "desc" && open_ != nullptr) {
    at(GraphSlot::description) = without_layout(text_);
    is_gathering_ = false;
  } else if (name == "port" && ports_ > 0) {
    --ports_;
  }
}

void GraphmlHandler::declare(const XmlAttributes& attributes) {
  const std::string_view domain = attributes["for"];
  const bool is_drawing = is_drawing_key(attributes);
  std::string_view title = attributes["attr.name"];
  if (title.empty()) title = is_drawing ? "drawing" : attributes["id"];
  declared_.clear();
  const bool is_any = domain == "all" || domain.empty();
  if (is_any || domain == "node") declare(nodes_, attributes, title, is_drawing);
  if (is_any || domain == "edge") declare(edges_, attributes, title, is_drawing);
  if ((is_any || domain == "graph") && attributes["yfiles.type"].empty()) graph_keys_.emplace(attributes["id"], title);
  // Our own exports alone have this name for what an edge is called in its drawing.
  if (domain == "edge" && title == "edgelabel") is_ours_ = true;
}

void GraphmlHandler::declare(GraphShape& shape, const XmlAttributes& attributes, std::string_view title,
                             bool is_drawing) {
  ++declarations_;
  declared_.emplace_back(&shape,
                         shape.declare(attributes["id"], title, xml_value_type(attributes["attr.type"]), is_drawing));
}

void GraphmlHandler::take_attribute(std::string_view name, std::string_view value) {
  if (name == "directed" && open_ == &edges_)
    at(GraphSlot::direction) = plain_truth(value) == "false" ? "undirected" : "";
  else if (name == "sourceport" || name == "targetport")
    remarks_.note(GraphNote::ports);
  else
    put_attribute(name, value);
}

void GraphmlHandler::start_data(const XmlAttributes& attributes) {
  const std::string_view key = attributes["key"];
  refuse_late(fmt::format("data of the key {} behind the graph inside its element", key));
  depth_ = 0;
  has_elements_ = false;
  is_preserved_ = attributes["space"] == "preserve";
  wanted_depth_ = npos;
  if (open_ == nullptr) {
    const auto known = graph_keys_.find(key);
    data_ = known == graph_keys_.end() ? Data::left_out : Data::of_graph;
    if (known != graph_keys_.end()) of_graph_ = known->second;
  } else if (ports_ > 0) {
    data_ = Data::left_out;
  } else {
    column_ = require_column(key);
    data_ = open_->is_drawing(column_) ? Data::drawing : Data::value;
    if (data_ == Data::value && !open_->give(column_))
      reader_->refuse("", fmt::format("two values of the key {} in one element", key));
  }
  if (data_ == Data::value || data_ == Data::of_graph) gather_here();
}

void GraphmlHandler::end_data() {
  if (data_ == Data::value) {
    if (has_elements_) remarks_.note(GraphNote::elements_in_data, open_->name(column_));
    if (is_preserved_)
      open_->values()[column_].swap(text_);
    else
      put(column_, text_);
  }
  if (data_ == Data::of_graph && !without_layout(text_).empty()) remarks_.note(GraphNote::data_of_graph, of_graph_);
  data_ = Data::none;
  is_gathering_ = false;
}

void GraphmlHandler::start_inside(std::string_view name, const XmlAttributes& attributes) {
  is_gathering_ = false;
  if (data_ == Data::drawing) {
    if (name == "NodeLabel" || name == "EdgeLabel" || name == "Label.Text") gather_here();
    if (name == "Label" && !attributes["Text"].empty()) take_label(attributes["Text"]);
    if (name == "Arrows" && open_ == &edges_) take_arrows(attributes["source"], attributes["target"]);
    return;
  }
  if (data_ == Data::maltego) return start_maltego(name, attributes);
  if (data_ != Data::value) return;
  if (name == "MaltegoEntity" || name == "MaltegoLink") {
    data_ = Data::maltego;
    wanted_depth_ = npos;
    property_.clear();
    at(GraphSlot::maltego_type) = attributes["type"];
  } else if (is_maltego_drawing(name)) {
    data_ = Data::left_out;
  } else {
    has_elements_ = true;
  }
}

/// The arrows that yEd draws at the ends of an edge, which say more than the order of its ends.
void GraphmlHandler::take_arrows(std::string_view source, std::string_view target) {
  if (source.empty() || target.empty()) return;
  const bool at_source = source != "none", at_target = target != "none";
  if (at_source)
    at(GraphSlot::direction) = at_target ? "mutual" : "reverse";
  else if (!at_target)
    at(GraphSlot::direction) = "undirected";
}

void GraphmlHandler::end_inside(std::string_view name) {
  if (depth_ == wanted_depth_ && data_ != Data::value && data_ != Data::of_graph) {
    if (data_ == Data::drawing) take_label(without_layout(text_));
    if (data_ == Data::maltego) take_property(without_layout(text_));
    wanted_depth_ = npos;
  }
  if (data_ == Data::maltego && name == "Property") property_.clear();
}

void GraphmlHandler::take_label(std::string_view label) {
  if (label.empty() || open_ == nullptr) return;
  std::string& first = at(GraphSlot::drawn_label);
  if (first.empty())
    first = label;
  else if (first != label && std::find(further_labels_.begin(), further_labels_.end(), label) == further_labels_.end())
    further_labels_.emplace_back(label);
}

void GraphmlHandler::start_maltego(std::string_view name, const XmlAttributes& attributes) {
  if (name == "Property") property_ = attributes["name"];
  if (name == "Notes") property_ = "notes";
  if (name == "Notes" || (name == "Value" && !property_.empty())) gather_here();
  if (name == "DisplayElement") remarks_.note(GraphNote::elements_in_data, "DisplayInformation");
}

/// The title, or else the first property, is what Maltego shows.
void GraphmlHandler::take_property(std::string_view value) {
  if (value.empty() || property_.empty()) return;
  std::string& shown = at(GraphSlot::drawn_label);
  const bool is_title = property_ == "title" || property_ == "maltego.link.label";
  if (is_title || (shown.empty() && open_ == &nodes_ && property_ != "notes")) shown = value;
  if (!is_title) {
    const std::size_t column = property_column(property_, FlatType::text);
    std::string& place = open_->values()[column];
    if (place.empty())
      place = value;
    else if (place != value)
      remarks_.note(GraphNote::maltego, property_);
  }
  if (property_ == "notes") property_.clear();
}

void GraphmlHandler::complete() {
  if (further_labels_.empty()) return;
  Json list = Json::array();
  for (std::string& label : further_labels_) list.push(std::move(label));
  further_labels_.clear();
  at(GraphSlot::further_labels) = to_text(list);
  remarks_.note(GraphNote::further_labels);
}

}  // namespace chokepoint::detail
