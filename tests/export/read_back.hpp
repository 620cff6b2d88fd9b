#pragma once

#include "chokepoint/model/json_reader.hpp"
#include "tests/support/python.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::test {

/// A graph file as another library understood it: every value as text.
struct ReadGraph {
  using Attributes = std::map<std::string, std::string>;
  std::map<std::string, Attributes> nodes;
  std::vector<Attributes> edges;  ///< `source` and `target` among them
};

inline ReadGraph::Attributes attributes_of(const Json& object) {
  ReadGraph::Attributes result;
  for (const auto& [key, value] : object.as_object())
    result[key] = value.is_string() ? value.as_string() : to_text(value);
  return result;
}

/// Reads `content` with a Python library (`networkx`, `igraph` or `lxml`).
/// @return nullopt when the library is not installed; a failing read is a test failure and an empty graph
inline std::optional<ReadGraph> read_back(const std::string& library, const std::string& format,
                                          const std::string& content) {
  const ScratchFile file("graph." + format, content);
  const PythonResult result = run_python("tests/export/read_graph.py", {library, format, file.path()});
  if (result.status == 77) return std::nullopt;
  ReadGraph graph;
  if (result.status != 0) {
    ADD_FAILURE() << library << " cannot read the " << format << ": " << result.output;
    return graph;
  }
  const Json read = parse_json(result.output);
  for (const auto& [id, attributes] : read.find("nodes")->as_object()) graph.nodes[id] = attributes_of(attributes);
  for (const Json& edge : read.find("edges")->as_array()) graph.edges.push_back(attributes_of(edge));
  return graph;
}

}  // namespace chokepoint::test
