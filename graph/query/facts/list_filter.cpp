#include "query/facts/list_filter.hpp"

#include "chokepoint/support/error.hpp"
#include "query/facts/facts.hpp"
#include "query/session/types.hpp"

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

bool ListFilter::has(Names& names, const Edge& edge, const std::string& other) const {
  if (!has_status(edge.status)) return false;
  return !has_types() || names_edge_type(edge.type) || names_node_type(names.ref(other).type);
}

std::string note_of(std::string_view attributes) { return text_attribute(attributes, "note").value_or(std::string()); }

std::size_t shorten(Table& table, std::size_t limit) {
  if (limit == 0 || table.rows.size() <= limit) return 0;
  const std::size_t left_out = table.rows.size() - limit;
  table.rows.resize(limit);
  return left_out;
}

}  // namespace chokepoint::detail
