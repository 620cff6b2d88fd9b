#include "support/child_process.hpp"

#include "chokepoint/support/error.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace chokepoint::detail {
namespace {

ProgramEnd filter(const std::string& program, const std::vector<std::string>& arguments, const std::string& input,
                  const ProgramBounds& bounds, std::string& output) {
  const StreamFile in = temporary_stream(), out = temporary_stream();
  std::fputs(input.c_str(), in.get());
  std::fflush(in.get());
  std::rewind(in.get());
  ProgramEnd end = run_filter(program, arguments, in.get(), out.get(), bounds);
  std::rewind(out.get());
  output.resize(1000);
  output.resize(std::fread(output.data(), 1, output.size(), out.get()));
  return end;
}

TEST(RunFilter, ReadsAndWritesFiles) {
  std::string output;
  const ProgramEnd end = filter("tr", {"a", "b"}, "abc", {std::chrono::seconds(60), 0, 0}, output);
  EXPECT_EQ(end.status, 0);
  EXPECT_FALSE(end.timed_out);
  EXPECT_EQ(output, "bbc");
}

TEST(RunFilter, SaysWhatAProgramSaid) {
  std::string output;
  const ProgramEnd end = filter("sh", {"-c", "echo no >&2; exit 3"}, "", {}, output);
  EXPECT_EQ(end.status, 3);
  EXPECT_EQ(end.errors, "no\n");
  EXPECT_THROW(filter("no-such-program-here", {}, "", {}, output), NotFoundError);
}

TEST(RunFilter, EndsAProgramThatTakesTooLong) {
  std::string output;
  const ProgramEnd end = filter("sleep", {"3600"}, "", {std::chrono::seconds(1), 0, 0}, output);
  EXPECT_TRUE(end.timed_out);
  EXPECT_EQ(end.status, 128 + 9);
}

}  // namespace
}  // namespace chokepoint::detail
