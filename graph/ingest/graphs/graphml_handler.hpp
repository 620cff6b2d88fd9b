#pragma once

#include "ingest/graphs/graph_handler.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// GraphML: that of its paper, and what yEd, Maltego, Cytoscape, Gephi, igraph, networkx, TinkerPop and Neo4j make of
/// it.
class GraphmlHandler : public GraphHandler {
 public:
  GraphmlHandler(const GraphContext& context, const OnElement& on_element)
      : GraphHandler(GraphFileFormat::graphml, context, on_element) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;

 protected:
  void take_attribute(std::string_view name, std::string_view value) override;
  void complete() override;

 private:
  /// What the `data` that is being read holds.
  enum class Data : std::uint8_t { none, value, drawing, maltego, of_graph, left_out };

  void declare(const XmlAttributes& attributes);
  void declare(GraphShape& shape, const XmlAttributes& attributes, std::string_view title, bool is_drawing);
  void start_data(const XmlAttributes& attributes);
  void end_data();
  void start_inside(std::string_view name, const XmlAttributes& attributes);
  void end_inside(std::string_view name);
  void take_arrows(std::string_view source, std::string_view target);
  void start_maltego(std::string_view name, const XmlAttributes& attributes);
  void take_property(std::string_view value);
  void take_label(std::string_view label);
  /// Gathers the text of the element that begins, without what is inside it.
  void gather_here() {
    gather();
    wanted_depth_ = depth_;
  }

  std::vector<std::pair<GraphShape*, std::size_t>> declared_;  ///< by the key that is being read
  std::map<std::string, std::string, std::less<>> graph_keys_;
  Data data_ = Data::none;
  std::size_t column_ = npos;        ///< of the data
  std::string of_graph_;             ///< what data of the graph are called
  std::size_t depth_ = 0;            ///< inside the data
  std::size_t wanted_depth_ = npos;  ///< where text is gathered
  bool is_preserved_ = false;        ///< white space is no layout
  bool has_elements_ = false;
  std::size_t ports_ = 0;  ///< open ones
  std::string property_;   ///< of Maltego
  std::vector<std::string> further_labels_;
};

}  // namespace chokepoint::detail
