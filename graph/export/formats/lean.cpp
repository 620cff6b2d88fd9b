// Whole graphs at the speed of a file: every record is a few texts copied into one buffer, those that depend on the
// type prepared once, so that a line costs no more than its bytes.
#include "chokepoint/export/lean.hpp"

#include "export/layout/picture.hpp"
#include "export/text/text_buffer.hpp"
#include "export/text/xml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace chokepoint {

namespace {

using detail::TextBuffer;
using detail::xml_escaped;

/// The texts between the values of a record, in one format.
struct Format {
  std::string_view head;  ///< up to the nodes
  std::string_view node_id, node_label, between, edge_number, edge_source, edge_target, share, no_share, edge_end, tail;
  bool label_is_attribute;
  std::string (*node_end)(std::string_view type);     ///< after the label
  std::string (*edge_middle)(std::string_view type);  ///< after the target
};

constexpr Format graphml = {
    .head = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="type" for="node" attr.name="type" attr.type="string"/>
  <key id="edge_type" for="edge" attr.name="type" attr.type="string"/>
  <key id="edge_share" for="edge" attr.name="share" attr.type="double"/>
  <graph id="G" edgedefault="directed">
)",
    .node_id = R"(    <node id=")",
    .node_label = R"("><data key="label">)",
    .between = "",
    .edge_number = "",
    .edge_source = R"(    <edge source=")",
    .edge_target = R"(" target=")",
    .share = R"(<data key="edge_share">)",
    .no_share = "</edge>\n",
    .edge_end = "</data></edge>\n",
    .tail = "  </graph>\n</graphml>\n",
    .label_is_attribute = false,
    .node_end = [](std::string_view type) { return fmt::format("</data><data key=\"type\">{}</data></node>\n", type); },
    .edge_middle =
        [](std::string_view type) { return fmt::format("\" label=\"{0}\"><data key=\"edge_type\">{0}</data>", type); }};

constexpr Format gexf = {.head = R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <meta>
    <creator>chokepoint</creator>
  </meta>
  <graph defaultedgetype="directed" idtype="string" mode="static">
    <attributes class="node" mode="static">
      <attribute id="type" title="type" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="share" title="share" type="double"/>
    </attributes>
    <nodes>
)",
                         .node_id = R"(      <node id=")",
                         .node_label = R"(" label=")",
                         .between = "    </nodes>\n    <edges>\n",
                         .edge_number = R"(      <edge id=")",
                         .edge_source = R"(" source=")",
                         .edge_target = R"(" target=")",
                         .share = R"(<attvalues><attvalue for="share" value=")",
                         .no_share = "</edge>\n",
                         .edge_end = "\"/></attvalues></edge>\n",
                         .tail = "    </edges>\n  </graph>\n</gexf>\n",
                         .label_is_attribute = true,
                         .node_end =
                             [](std::string_view type) {
                               return fmt::format(
                                   "\"><attvalues><attvalue for=\"type\" value=\"{}\"/></attvalues></node>\n", type);
                             },
                         .edge_middle = [](std::string_view type) { return fmt::format("\" kind=\"{}\">", type); }};

/// Ids are name characters; those of a file that somebody damaged may be anything.
void check_ids(const Snapshot& snapshot) {
  const auto is_special = [](char c) {
    return static_cast<unsigned char>(c) < '!' || c == '<' || c == '&' || c == '"' || c > '~';
  };
  const auto bytes = snapshot.columns().id_bytes;
  if (std::any_of(bytes.begin(), bytes.end(), is_special)) throw DamagedSnapshot("holds an id that is none");
}

char* append(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

/// A share as it was stated, to seven digits: `0.0454`, `1`.
char* append_share(char* at, float share) {
  constexpr std::uint32_t one = 10'000'000;
  // Shares outside of [0, 1] are in damaged files only; they must not overrun the digits.
  const auto all = static_cast<std::uint32_t>(std::lround(std::clamp(static_cast<double>(share), 0.0, 99.0) * one));
  at = std::to_chars(at, at + 10, all / one).ptr;
  std::uint32_t rest = all % one;
  if (rest == 0) return at;
  *at++ = '.';
  for (std::uint32_t digit = one / 10; rest > 0; digit /= 10) {
    *at++ = static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
  return at;
}

class LeanWriter {
 public:
  LeanWriter(const LeanGraph& graph, const Format& format, std::ostream& out)
      : graph_(graph), snapshot_(*graph.snapshot), format_(format), buffer_(out) {
    for (const NodeType& type : snapshot_.ontology().node_types())
      node_ends_.push_back(format.node_end(xml_escaped(type.id, true, replaced_)));
    for (const EdgeType& type : snapshot_.ontology().edge_types())
      edge_middles_.push_back(format.edge_middle(xml_escaped(type.id, true, replaced_)));
  }

  ExportWarnings write() {
    check_ids(snapshot_);
    buffer_.put(format_.head);
    for (Vertex v = 0; v < snapshot_.vertex_count(); ++v)
      if (graph_.nodes.empty() || graph_.nodes[v] != 0) write_node(v);
    buffer_.put(format_.between);
    for (Vertex v = 0; v < snapshot_.vertex_count(); ++v) write_edges(v);
    buffer_.put(format_.tail);
    buffer_.flush();
    ExportWarnings warnings;
    for (std::string warning : {detail::merged_edges_warning(merged_, false), detail::replaced_warning(replaced_)})
      if (!warning.empty()) warnings.push_back(std::move(warning));
    return warnings;
  }

 private:
  void write_node(Vertex v) {
    const std::string_view label = snapshot_.has_names() ? snapshot_.label(v, graph_.language) : snapshot_.id(v);
    buffer_.put(format_.node_id);
    buffer_.put(snapshot_.id(v));
    buffer_.put(format_.node_label);
    buffer_.put(xml_escaped(label, format_.label_is_attribute, replaced_));
    static_cast<void>(snapshot_.type(v));  // looks whether there is one
    buffer_.put(node_ends_[snapshot_.columns().node_type[v]]);
  }

  /// The edges that leave `v`. One check of the room serves a whole line.
  void write_edges(Vertex v) {
    const SnapshotColumns& columns = snapshot_.columns();
    const auto [first, last] = snapshot_.out_edges(v);
    if (first == last) return;
    const std::string_view source = snapshot_.id(v);
    constexpr std::size_t fixed = 256;  // more than the texts of any format and two numbers
    Arc before = no_arc;
    for (Arc e = first; e < last; ++e) {
      if (!graph_.edges.empty() && graph_.edges[e] == 0) continue;
      const Vertex to = columns.to[e];
      if (to >= snapshot_.vertex_count()) throw DamagedSnapshot("names a node that is not there");
      const std::string_view target = snapshot_.id(to);
      static_cast<void>(snapshot_.type_of_edge(e));
      const std::string_view middle = edge_middles_[columns.edge_type[e]];
      char* at = buffer_.room(fixed + source.size() + target.size() + middle.size());
      if (!format_.edge_number.empty()) {
        at = append(at, format_.edge_number);
        at = std::to_chars(at, at + 20, number_++).ptr;
      }
      at = append(at, format_.edge_source);
      at = append(at, source);
      at = append(at, format_.edge_target);
      at = append(at, target);
      at = append(at, middle);
      const float share = columns.share[e];
      if (std::isnan(share)) {
        at = append(at, format_.no_share);
      } else {
        at = append(at, format_.share);
        at = append_share(at, share);
        at = append(at, format_.edge_end);
      }
      buffer_.used(at);
      if (before != no_arc && columns.to[before] == to && columns.edge_type[before] == columns.edge_type[e]) ++merged_;
      before = e;
    }
  }

  const LeanGraph& graph_;
  const Snapshot& snapshot_;
  const Format& format_;
  TextBuffer buffer_;
  std::vector<std::string> node_ends_, edge_middles_;
  std::uint64_t replaced_ = 0, merged_ = 0, number_ = 0;
};

}  // namespace

ExportWarnings write_lean_graphml(const LeanGraph& graph, std::ostream& out) {
  return LeanWriter(graph, graphml, out).write();
}

ExportWarnings write_lean_gexf(const LeanGraph& graph, std::ostream& out) {
  return LeanWriter(graph, gexf, out).write();
}

}  // namespace chokepoint
