#pragma once

#include <signal.h>

#include <exception>
#include <filesystem>

namespace chokepoint::cli {

/// Work was stopped by Ctrl-C at a safe point; exit code 130.
struct Interrupted : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// From now on Ctrl-C (and TERM, HUP) removes the unfinished output file and ends the process with 128 + signal, and a
/// closed pipe is an error of the write that meets it, not a signal.
void install_signal_handlers();

/// While one lives, the first Ctrl-C only sets a flag, so that a transaction can be rolled back; the second ends the
/// process as usual.
class HoldInterrupts {
 public:
  HoldInterrupts();
  ~HoldInterrupts();
  HoldInterrupts(const HoldInterrupts&) = delete;
  HoldInterrupts& operator=(const HoldInterrupts&) = delete;
};

/// Whether Ctrl-C was pressed while interrupts were held.
bool interrupted() noexcept;
/// What was asked for is done: a Ctrl-C that came too late to stop it says nothing about it.
void forget_interrupt() noexcept;
/// The file that was asked for is in its place: Ctrl-C, TERM and HUP come too late from now on, and are passed over.
/// @pre a DelaySignals lives, so that none came since
void pass_over_signals() noexcept;
/// @throws Interrupted when it was
void throw_if_interrupted();

/// While one lives, Ctrl-C, TERM and HUP wait: for a file that is made and must be known to the handler before one
/// comes.
class DelaySignals {
 public:
  DelaySignals();
  ~DelaySignals();
  DelaySignals(const DelaySignals&) = delete;
  DelaySignals& operator=(const DelaySignals&) = delete;

 private:
  sigset_t before_;
};

/// The file to remove should the process be ended; an empty path for none. One at a time.
void remove_on_signal(const std::filesystem::path& unfinished);

}  // namespace chokepoint::cli
