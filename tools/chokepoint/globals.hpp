#pragma once

#include <string>

namespace chokepoint::cli {

/// The options that every command understands, as they were typed.
struct Globals {
  std::string database;         ///< --db
  std::string as_of;            ///< --as-of
  std::string language = "en";  ///< --lang
  std::string format;           ///< --format, --json, --csv; empty: by the output's extension, else a table
  std::string colour = "auto";  ///< --color
  std::string output;           ///< -o; empty or "-": standard output
  std::string picture;          ///< --picture: which kind; empty: what fits the answer
  bool bom = false;             ///< a byte order mark before CSV and TSV
  bool exact_csv = false;       ///< no apostrophe before text that a spreadsheet would run
  bool force = false;           ///< replace an existing output
  bool quiet = false;           ///< no progress and no remarks on stderr
};

}  // namespace chokepoint::cli
