#pragma once

#include "ingest/profiles/profiled_table.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace chokepoint::detail {

/// The rows of a part, one record after the other. @param table  outlives them
std::unique_ptr<FlatRows> profiled_rows(const ProfiledTable& table, std::function<void(std::uint64_t)> on_bytes);

}  // namespace chokepoint::detail
