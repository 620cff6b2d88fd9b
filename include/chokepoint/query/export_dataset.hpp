#pragma once

#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>

namespace chokepoint {

/// How a dataset is written: one JSON text with one record a line, or JSON Lines.
enum class DatasetFormat : std::uint8_t { json, jsonl };

/// Writes the dataset of that id in the dataset format, or everything when it is empty: sources, nodes, edges,
/// observations, each in the reader's order. Equal databases give equal bytes; importing the output into an empty
/// database gives the same records. Streams: memory does not grow with the database.
/// @throws NotFoundError naming the datasets there are; whatever the stream throws
void write_dataset(Session& session, const std::string& dataset, DatasetFormat format, std::ostream& out);

}  // namespace chokepoint
