#include "query/facts/list_filter.hpp"

#include "chokepoint/query/resolve.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

ListFilter::ListFilter(const Session& session, const ListParams& params) {
  for (const std::string& type : params.types) {
    bool is_known = false;
    try {
      node_types_.insert(session.ontology().node_types()[require_node_type(session, type)].id);
      is_known = true;
    } catch (const UsageError&) {  // it may be one of edges
    }
    try {
      edge_types_.insert(session.ontology().edge_types()[require_edge_type(session, type)].id);
    } catch (const UsageError&) {
      if (!is_known) throw;
    }
  }
  for (const std::string& text : params.statuses) {
    const auto status = parse_status(text);
    if (!status)
      throw UsageError(
          fmt::format("--status: \"{}\" is none of reported, estimated, forecast, planned, recommended, "
                      "derived",
                      text));
    statuses_.insert(*status);
  }
}

bool ListFilter::has(NodeRefs& nodes, const Edge& edge, const std::string& other) const {
  if (!has_status(edge.status)) return false;
  return !has_types() || names_edge_type(edge.type) || names_node_type(nodes.ref(other).type);
}

}  // namespace chokepoint::detail
