#include "support/child_process.hpp"

#include "chokepoint/support/error.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

extern char** environ;

namespace chokepoint::detail {

namespace {

[[noreturn]] void fail_with_errno(const std::string& what) { throw IoError(what + ": " + std::strerror(errno)); }

std::string whole(std::FILE* file, std::size_t most = std::string::npos) {
  std::string text;
  std::rewind(file);
  std::array<char, 65536> piece;
  for (std::size_t got = 0; text.size() < most && (got = std::fread(piece.data(), 1, piece.size(), file)) > 0;)
    text.append(piece.data(), got);
  if (std::ferror(file) != 0) fail_with_errno("cannot read a temporary file");
  return text;
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  void redirect(std::FILE* file, int descriptor) {
    posix_spawn_file_actions_adddup2(&actions_, fileno(file), descriptor);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

pid_t start(const std::string& program, const std::vector<std::string>& arguments, const SpawnActions& actions) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  const int refused = posix_spawnp(&child, program.c_str(), actions.get(), nullptr, pointers.data(), environ);
  if (refused == ENOENT || refused == ENOTDIR) throw NotFoundError(program + " is not on PATH");
  if (refused != 0) throw IoError("cannot start " + program + ": " + std::strerror(refused));
  return child;
}

void bound(pid_t child, int resource, std::uint64_t most) {
  if (most == 0) return;
  const struct rlimit limit { most, most };
  // A child that has ended already needs no bound.
  prlimit(child, static_cast<__rlimit_resource>(resource), &limit, nullptr);
}

/// @return whether it ended by itself
bool wait_for(pid_t child, const std::string& program, std::chrono::seconds time, int& status) {
  using clock = std::chrono::steady_clock;
  const auto end = clock::now() + time;
  auto pause = std::chrono::milliseconds(1);
  bool in_time = true;
  for (;;) {
    const pid_t ended = waitpid(child, &status, time.count() > 0 && in_time ? WNOHANG : 0);
    if (ended == child) return in_time;
    if (ended < 0 && errno != EINTR) fail_with_errno("cannot wait for " + program);
    if (ended != 0) continue;
    if (clock::now() > end) {
      kill(child, SIGKILL);
      in_time = false;
      continue;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::milliseconds(50));
  }
}

int exit_status(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

StreamFile temporary_stream() {
  StreamFile file(std::tmpfile());
  if (file == nullptr) fail_with_errno("cannot make a temporary file");
  fcntl(fileno(file.get()), F_SETFD, FD_CLOEXEC);
  return file;
}

ProgramEnd run_filter(const std::string& program, const std::vector<std::string>& arguments, std::FILE* in,
                      std::FILE* out, const ProgramBounds& bounds) {
  constexpr std::size_t most_errors = std::size_t{1} << 16U;
  const StreamFile errors = temporary_stream();
  SpawnActions actions;
  actions.redirect(in, STDIN_FILENO);
  actions.redirect(out, STDOUT_FILENO);
  actions.redirect(errors.get(), STDERR_FILENO);
  const pid_t child = start(program, arguments, actions);
  bound(child, RLIMIT_AS, bounds.memory_bytes);
  bound(child, RLIMIT_FSIZE, bounds.output_bytes);
  ProgramEnd end;
  int status = 0;
  end.timed_out = !wait_for(child, program, bounds.time, status);
  end.status = exit_status(status);
  end.errors = whole(errors.get(), most_errors);
  return end;
}

// The program reads and writes files and not pipes, so that neither side can wait for the other, and a program that
// ends early raises no SIGPIPE here.
ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          std::string_view input) {
  const StreamFile in = temporary_stream(), out = temporary_stream();
  if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() || std::fflush(in.get()) != 0)
    fail_with_errno("cannot write a temporary file");
  std::rewind(in.get());
  ProgramEnd end = run_filter(program, arguments, in.get(), out.get(), {});
  return {end.status, whole(out.get()), std::move(end.errors)};
}

}  // namespace chokepoint::detail
