#pragma once

#include "chokepoint/ingest/import.hpp"
#include "ingest/importing/recognise.hpp"

#include <vector>

namespace chokepoint::detail {

/// Imports files of other programs as one dataset. It begins anew, with nothing changed, where a value shows that whole
/// columns must be looked at first, or an edge names a node by its name.
ImportReport import_foreign(Database& database, const std::vector<RecognisedInput*>& inputs, const TableOptions& tables,
                            const ImportOptions& options);

}  // namespace chokepoint::detail
