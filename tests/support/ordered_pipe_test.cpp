#include "support/ordered_pipe.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace chokepoint::detail {
namespace {

using Pipe = OrderedPipe<int, std::string>;

/// Tasks from 0 on, as many as `end`.
auto up_to(int end) {
  return [at = 0, end](int& task) mutable {
    task = at++;
    return task < end;
  };
}

void write_slowly(int& task, std::string& result) {
  std::this_thread::sleep_for(std::chrono::microseconds(task % 7 * 50));
  result = std::to_string(task);
}

TEST(OrderedPipe, HandsOverResultsInTheOrderOfTheTasks) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    Pipe pipe(threads, up_to(500), write_slowly);
    std::string result;
    for (int i = 0; i < 500; ++i) {
      ASSERT_TRUE(pipe.take(result));
      ASSERT_EQ(result, std::to_string(i));
    }
    EXPECT_FALSE(pipe.take(result));
    EXPECT_FALSE(pipe.take(result));
  }
}

TEST(OrderedPipe, ThrowsWhatWasThrownBehindWhatCameBefore) {
  const auto read = [](int& task) {
    static_cast<void>(task);
    throw std::runtime_error("no more");
    return true;
  };
  std::string result;
  Pipe unread(3, read, write_slowly);
  EXPECT_THROW(unread.take(result), std::runtime_error);

  Pipe pipe(3, up_to(1000), [](int& task, std::string& text) {
    write_slowly(task, text);
    if (task >= 20) throw std::runtime_error(text);
  });
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(pipe.take(result));
  EXPECT_EQ(result, "19");
  try {
    pipe.take(result);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "20");
  }
}

TEST(OrderedPipe, WorksAheadAFewTasksOnly) {
  std::atomic<int> begun = 0;
  Pipe pipe(2, up_to(1000), [&](int& task, std::string& text) {
    ++begun;
    text = std::to_string(task);
  });
  std::string result;
  ASSERT_TRUE(pipe.take(result));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LE(begun, 5) << "one was taken; four may wait";
}

TEST(OrderedPipe, MayBeLeftBeforeItsEnd) {
  std::string result;
  for (int i = 0; i < 50; ++i) {
    Pipe pipe(3, up_to(1000), write_slowly);
    for (int taken = 0; taken < i; ++taken) ASSERT_TRUE(pipe.take(result));
  }
}

}  // namespace
}  // namespace chokepoint::detail
