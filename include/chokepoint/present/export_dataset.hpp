#pragma once

#include "chokepoint/export/dataset_writer.hpp"
#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/query/session.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint {

/// Writes the dataset of that id, or everything when it is empty: sources, nodes, edges, observations, each in the
/// reader's order. Equal databases give equal bytes; importing the output into an empty database gives the same
/// records. Of a record that several datasets hold, each is written with what it says itself. One dataset takes along
/// the nodes and sources of others that it names; several are written so that each finds what it names in itself or
/// before it.
/// @return what must be known of records that came along, a line each
/// @throws NotFoundError naming the datasets there are; whatever the stream throws
std::vector<std::string> write_dataset(Session& session, const std::string& dataset, DatasetForm form,
                                       std::ostream& out);

/// Writes the records of a document with the figures about its nodes, and with the nodes and sources that they name
/// beside, so that the dataset can be imported.
void write_records(Session& session, const GraphDocument& document, DatasetForm form, std::ostream& out);

}  // namespace chokepoint
