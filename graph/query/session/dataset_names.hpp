#pragma once

#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint::detail {

/// The dataset of that id. @throws NotFoundError naming near ids
DatasetInfo require_dataset(const Session& session, const std::string& id);

}  // namespace chokepoint::detail
