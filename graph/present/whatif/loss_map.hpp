#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/export/tile_map.hpp"
#include "present/words/names.hpp"

#include <string>

namespace chokepoint::detail {

/// Where the suppliers and makers of what becomes impossible have their seats, and to whom deliveries end: each thing
/// and each delivery counts once for a place. @param causes  `without Taiwan`
TileMap loss_map(Names& names, const View& view, const WhatIf& answer, const std::string& causes);

}  // namespace chokepoint::detail
