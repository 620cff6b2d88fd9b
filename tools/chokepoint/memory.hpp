#pragma once

namespace chokepoint::cli {

/// Has the heap keep what is given back until the program ends: graphs are searched with lists that grow, and every
/// page that the system hands out anew costs as much as reading hundreds of edges. Called once, first.
void keep_freed_memory();

}  // namespace chokepoint::cli
