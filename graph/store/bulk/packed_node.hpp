#pragma once

#include "chokepoint/model/record.hpp"
#include "support/packed.hpp"

namespace chokepoint::detail {

/// Packs all of a node but its sources.
void pack_node(Packer& out, const Node& node);
/// Reads into `node` what `pack_node` wrote; its sources stay as they are.
void unpack_node(Unpacker& in, Node& node);

}  // namespace chokepoint::detail
