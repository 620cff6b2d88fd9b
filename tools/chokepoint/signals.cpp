#include "signals.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <climits>
#include <csignal>
#include <string>

namespace chokepoint::cli {

namespace {

// A signal handler may touch lock-free atomics and nothing else, so these are the program's only globals.
std::atomic<int> holders{0};
std::atomic<bool> pressed{false};
std::atomic<bool> has_unfinished{false};
std::array<char, PATH_MAX> unfinished_file{};

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

extern "C" void end_process(int signal) {
  if (signal == SIGINT && holders.load() > 0 && !pressed.exchange(true)) return;
  if (has_unfinished.load()) ::unlink(unfinished_file.data());
  ::_exit(128 + signal);
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = end_process;
  sigemptyset(&action.sa_mask);
  // A signal that was ignored from the start (nohup, a job in the background) stays ignored.
  for (const int signal : ending_signals) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

HoldInterrupts::HoldInterrupts() { holders.fetch_add(1); }
HoldInterrupts::~HoldInterrupts() { holders.fetch_sub(1); }

DelaySignals::DelaySignals() : before_{} {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : ending_signals) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, &before_);
}
DelaySignals::~DelaySignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool interrupted() noexcept { return pressed.load(); }

void forget_interrupt() noexcept { pressed.store(false); }

void pass_over_signals() noexcept {
  for (const int signal : ending_signals) std::signal(signal, SIG_IGN);  // those that wait are dropped
  forget_interrupt();
}

void throw_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

void remove_on_signal(const std::filesystem::path& unfinished) {
  has_unfinished.store(false);
  const std::string& name = unfinished.native();
  if (name.empty() || name.size() >= unfinished_file.size()) return;
  std::copy(name.begin(), name.end(), unfinished_file.begin());
  unfinished_file[name.size()] = '\0';
  has_unfinished.store(true);
}

}  // namespace chokepoint::cli
