#pragma once

#include "chokepoint/support/error.hpp"

#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

/// What the refusal of an input that can be read in several ways asks for: an option, with a value that may be right.
struct Doubt {
  std::string option;  ///< `--decimal`
  std::string guess;   ///< `comma`
};

/// Values of an input that can be read in two ways.
class DoubtfulValue : public UsageError {
 public:
  DoubtfulValue(const std::string& message, Doubt about) : UsageError(message), doubt(std::move(about)) {}
  Doubt doubt;
};

/// A text whose encoding nobody named and that is no UTF-8.
class DoubtfulText : public IngestError {
 public:
  DoubtfulText(const std::string& message, std::vector<Problem> found, Doubt about)
      : IngestError(message, std::move(found), 1), doubt(std::move(about)) {}
  Doubt doubt;
};

}  // namespace chokepoint
