#pragma once

#include "chokepoint/export/render.hpp"
#include "chokepoint/query/answer.hpp"
#include "chokepoint/query/session.hpp"
#include "globals.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::cli {

/// How an answer is written. The last ones write its subgraph.
enum class Format : std::uint8_t { table, json, jsonl, csv, tsv, markdown, graphml };

/// Names for --format, in the order of the enumeration, without those of subgraphs.
const std::vector<std::string>& format_names();

/// --format wins, then the extension of -o, then a table.
/// @throws UsageError for an extension that says nothing
Format choose_format(const Globals& globals);

/// Writes an answer. Text from data is escaped as the format demands.
/// @return what the exporter had to change
/// @throws UsageError when a subgraph is asked for and the answer has none
std::vector<std::string> write_answer(Session& session, const Answer& answer, Format format, const TextStyle& style,
                                      std::ostream& out);

}  // namespace chokepoint::cli
