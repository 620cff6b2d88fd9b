#pragma once

#include <functional>
#include <map>
#include <string>

namespace chokepoint {

/// How tables and graph files of other programs are read.
struct TableOptions {
  std::map<std::string, std::string, std::less<>> columns;  ///< `--map COLUMN=FIELD`; `-` for none
  std::map<std::string, std::string, std::less<>> types;    ///< `--map-type THEIRS=OURS`, of nodes and edges
  std::string node_type, edge_type;                         ///< where a record names none
  bool global_ids = false;  ///< `--ids global`: ids mean the same thing in every dataset; else they are the file's own
};

}  // namespace chokepoint
