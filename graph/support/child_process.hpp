#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

struct CloseStream {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using StreamFile = std::unique_ptr<std::FILE, CloseStream>;

/// A nameless temporary file that no other program inherits. @throws IoError
StreamFile temporary_stream();

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

/// What a program may take; 0 is no bound.
struct ProgramBounds {
  std::chrono::seconds time{0};
  std::uint64_t memory_bytes = 0;
  std::uint64_t output_bytes = 0;
};

/// How a program that reads and writes files ended.
struct ProgramEnd {
  int status = 0;  ///< exit code; 128 + n when signal n ended it
  bool timed_out = false;
  std::string errors;  ///< the first 64 KiB of its standard error
};

/// Like `run_program`, from and to open files; `in` is read from where its descriptor stands.
ProgramEnd run_filter(const std::string& program, const std::vector<std::string>& arguments, std::FILE* in,
                      std::FILE* out, const ProgramBounds& bounds);

}  // namespace chokepoint::detail
