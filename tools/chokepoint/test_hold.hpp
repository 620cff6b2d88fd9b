#pragma once

#include <string_view>

namespace chokepoint::cli {

/// Lets a test hold the program at a named place, so that no test has to make work long in order to meet it there.
/// Where the environment variable CHOKEPOINT_TEST_HOLD is "PLACE REACHED RESUME", two descriptors, the first call with
/// that place writes a byte to REACHED and returns once RESUME can be read or is closed, or Ctrl-C was pressed while
/// interrupts were held. Otherwise it does nothing. Places: `import` (records are being read), `output` (an output file
/// is open and unfinished), `search` (sets of one member are found, larger ones are looked for), `work` (a question
/// whose end is not known is being answered).
void hold_for_test(std::string_view place);

}  // namespace chokepoint::cli
