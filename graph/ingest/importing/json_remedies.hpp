#pragma once

#include "ingest/formats/format.hpp"

#include <string>
#include <string_view>

namespace chokepoint::detail {

inline constexpr std::string_view rdf_remedy =
    "RDF, which says no more of a node than triples do; save what is wanted as CSV, by SELECT ?from ?type ?to WHERE "
    "{?from "
    "?type ?to} with rdflib, Jena's arq or the portal that it is from, and import that with --map-type";

/// What JSON is that is not read, and what to do instead: drawings, rows of Neo4j's browser, GraphSON, JSON-LD,
/// statements of ownership, lock files of packages, SPDX 3; empty for what is none of these.
/// @param head  with the name as commands tell it
std::string remedy_for_json(const FileHead& head);

}  // namespace chokepoint::detail
