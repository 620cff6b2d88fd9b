#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

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

/// What quotes in a table of text are.
enum class Quotes : std::uint8_t {
  as_found,  ///< they enclose fields; between tabs, one that closes none is text
  csv,       ///< they enclose fields, and stand nowhere else
  text,      ///< they are text like any other
};

/// How tables and graph files of other programs are read.
struct TableOptions {
  std::map<std::string, std::string, std::less<>> columns;  ///< `--map COLUMN=FIELD`; `-` for none
  std::map<std::string, std::string, std::less<>> types;    ///< `--map-type THEIRS=OURS`, of nodes and edges
  std::string node_type, edge_type;                         ///< where a record names none
  std::vector<std::string> end_types;  ///< what ends may be besides `node_type`: each is the first that its edge allows
  std::string from_type, to_type;      ///< of nodes that are made of one end of edges; empty: as `node_type`
  bool global_ids = false;  ///< `--ids global`: ids mean the same thing in every dataset; else they are the file's own
  bool make_nodes = false;  ///< ends that no table lists become nodes, also where there is a table of nodes
  DateOrder dates = DateOrder::unknown;
  char decimal = '\0';  ///< '.' or ',' where a number such as 1,234 is to be read so
  Undirected undirected = Undirected::as_is;
  Parallel parallel = Parallel::claims;
  Quotes quotes = Quotes::as_found;
  /// What lines of a table of text begin with that are no rows; "none": there are no such lines; empty: lines that
  /// begin with # and look like no row are none.
  std::string comments;
  /// What stands between the values of a cell that holds several, by column; "none": its cells hold one.
  std::map<std::string, std::string, std::less<>> splits;
  std::vector<std::string> only_tables;  ///< `--table NAME`: the sheets or tables that are read; empty: all
  std::vector<std::string> fill_down;    ///< columns of tables in which an empty cell repeats the one above
  std::vector<std::string> empty_words;  ///< `--empty WORD`: cells that hold it are empty
  /// What columns called like years hold: an indicator (`INDICATOR` or `INDICATOR:UNIT`) of nodes, `share`, `amount` or
  /// `performance` of edges. Empty: they are attributes.
  std::string years;
  std::string encoding;  ///< of text files; empty: told by their first bytes, else UTF-8
  std::map<std::string, std::string, std::less<>>
      profile_values;          ///< what a profile asks for and its file does not say
  std::string profile;         ///< name or file of the profile to read tables by; "none": none; empty: recognised
  bool updates = false;        ///< records change known ones: nodes need no type
  bool makes_profile = false;  ///< the report tells what was recognised, as a profile
};

}  // namespace chokepoint
