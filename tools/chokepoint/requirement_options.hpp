#pragma once

#include "options.hpp"

namespace chokepoint::cli {

/// --threshold, --cycles and --keep-minor of a question that reads requirement groups.
/// @param params  a question with those fields; lives until the command has run
template <class Params>
void add_requirement_options(Options& options, Params& params) {
  options.number("--threshold", params.threshold, "A supply fails when less than this share is left", "SHARE");
  options.value("--cycles", params.cycles, "Whether cycles hold themselves up (default) or not", "hold|unsupported");
  options.flag("--keep-minor", params.keep_minor, "Minor suppliers count wholly");
}

}  // namespace chokepoint::cli
