#pragma once

#include "ingest/formats/formats.hpp"

#include <functional>
#include <string>

namespace chokepoint::detail {

/// Has Graphviz's own parser read DOT, in a process of its own: gvpr walks through a graph without drawing it, opens no
/// file that the graph names, and prints a line for each of its parts. A line is a record of fields with tabs between:
/// G directed name label; C name label, a cluster, and M node for each in it; N name and E tail head key, each followed
/// by the names and values of its attributes. What would break a line is written as %09.
/// @throws IngestError where Graphviz cannot read it, takes more than fifteen minutes or more memory than 256 times the
/// file; IoError where it is not installed
void walk_dot(InputFile& file, const ReadContext& context, const std::function<void(const std::string& line)>& take);

}  // namespace chokepoint::detail
