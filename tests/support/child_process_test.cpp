#include "support/child_process.hpp"

#include "chokepoint/support/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
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

// The shell holds a text of twice the length again and again, until it may not.
TEST(RunFilter, BoundsTheMemoryOfAProgram) {
  std::string output;
  const ProgramEnd end = filter("sh", {"-c", "x=aaaaaaaa; while :; do x=$x$x; done"}, "",
                                {std::chrono::seconds(120), std::uint64_t{256} << 20U, 0}, output);
  EXPECT_FALSE(end.timed_out);
  EXPECT_NE(end.status, 0);
}

TEST(RunFilter, BoundsTheOutputOfAProgram) {
  std::string output;
  const ProgramEnd end = filter("sh", {"-c", "while :; do echo aaaaaaaa; done"}, "",
                                {std::chrono::seconds(120), 0, std::uint64_t{1} << 16U}, output);
  EXPECT_FALSE(end.timed_out);
  EXPECT_EQ(end.status, 128 + 25);  // SIGXFSZ
}

}  // namespace
}  // namespace chokepoint::detail
