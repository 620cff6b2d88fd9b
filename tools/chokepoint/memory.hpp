#pragma once

namespace chokepoint::cli {

/// Has the heap keep what is given back until the program ends: graphs are searched with lists that grow, and every
/// page that the system hands out anew costs as much as reading hundreds of edges. Called once, first.
void keep_freed_memory();

/// Has the system hand out what any question takes of the heap at once, and not page by page as each is touched first.
/// Called after keep_freed_memory.
void take_first_memory();

}  // namespace chokepoint::cli
