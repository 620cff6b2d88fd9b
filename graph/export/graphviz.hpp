#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// What a program said.
struct ProgramResult {
  int status = 0;  ///< exit code; 128 + n when signal n ended it
  std::string output, errors;
};

/// Runs a program found on PATH, without a shell, with `input` as its standard input.
/// @param arguments  without the program's own name
/// @throws IoError when it cannot be started or talked to; NotFoundError when it is not there
ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          std::string_view input);

}  // namespace chokepoint::detail
