#pragma once

#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// The datasets with version, licence and how much each holds.
Answer list_datasets(Session& session);

}  // namespace chokepoint
