#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace chokepoint {

/// In which order a date of three numbers, such as 03/04/2023, has them.
enum class DateOrder : std::uint8_t { unknown, day_first, month_first };

/// What becomes of edges that their file gives no direction.
enum class Undirected : std::uint8_t {
  as_is,   ///< they go as they are written, and the import says how many
  both,    ///< each becomes two edges, there and back
  refuse,  ///< the import is refused
};

/// What becomes of rows that state the same relation several times, as shipments do.
enum class Parallel : std::uint8_t {
  claims,  ///< equal rows are one; others are rival claims, kept side by side and never added up
  sum,     ///< their amounts are added up before they become records
  keep,    ///< each is a fact of its own, told apart by its row
};

/// How tables and graph files of other programs are read.
struct TableOptions {
  std::map<std::string, std::string, std::less<>> columns;  ///< `--map COLUMN=FIELD`; `-` for none
  std::map<std::string, std::string, std::less<>> types;    ///< `--map-type THEIRS=OURS`, of nodes and edges
  std::string node_type, edge_type;                         ///< where a record names none
  bool global_ids = false;  ///< `--ids global`: ids mean the same thing in every dataset; else they are the file's own
  bool make_nodes = false;  ///< ends that no table lists become nodes, also where there is a table of nodes
  DateOrder dates = DateOrder::unknown;
  char decimal = '\0';  ///< '.' or ',' where a number such as 1,234 is to be read so
  Undirected undirected = Undirected::as_is;
  Parallel parallel = Parallel::claims;
  std::string encoding;        ///< of text files; empty: told by their first bytes, else UTF-8
  std::string profile;         ///< name or file of the profile to read tables by; "none": none; empty: recognised
  bool updates = false;        ///< records change known ones: nodes need no type
  bool makes_profile = false;  ///< the report tells what was recognised, as a profile
};

}  // namespace chokepoint
