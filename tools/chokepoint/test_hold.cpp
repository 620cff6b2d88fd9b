#include "test_hold.hpp"

#include "signals.hpp"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <sstream>
#include <string>

namespace chokepoint::cli {

namespace {

/// Whether RESUME can be read or was closed; waits for it a little.
bool may_resume(int descriptor) {
  constexpr int patience_in_milliseconds = 5;
  pollfd waited{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&waited, 1, patience_in_milliseconds) > 0;
}

}  // namespace

void hold_for_test(std::string_view place) {
  static std::atomic<bool> was_held{false};
  const char* wanted = std::getenv("CHOKEPOINT_TEST_HOLD");
  if (wanted == nullptr || was_held.load()) return;
  std::istringstream words(wanted);
  std::string name;
  int reached = -1, resume = -1;
  if (!(words >> name >> reached >> resume) || name != place || was_held.exchange(true)) return;
  if (::write(reached, "!", 1) != 1) return;
  while (!interrupted() && !may_resume(resume)) {
  }
}

}  // namespace chokepoint::cli
