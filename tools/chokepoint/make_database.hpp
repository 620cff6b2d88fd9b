#pragma once

#include "chokepoint/model/ontology.hpp"

#include <filesystem>

namespace chokepoint::cli {

/// Makes an empty database. It is made under another name and renamed, so that a file of that name is whole whenever it
/// is there.
/// @throws UsageError when it exists and `force` is false; IoError, StoreError
void make_database(const std::filesystem::path& named, const Ontology& ontology, bool force);

}  // namespace chokepoint::cli
