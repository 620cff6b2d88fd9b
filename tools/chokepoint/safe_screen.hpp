#pragma once

#include <cstdint>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace chokepoint::cli {

/// What is done to text on its way to a terminal.
enum class Screen : std::uint8_t {
  none,  ///< nothing: no terminal, or text that is safe already
  json,  ///< unsafe characters become \uXXXX, which is the same JSON
  text,  ///< unsafe characters become \u{XXXX}, as in tables
};

/// Controls other than tab and line feed, bidi and other format characters, invalid bytes: replaced as `screen` says.
/// @pre json: such characters stand in strings only
std::string safe_for_screen(std::string_view text, Screen screen);

/// A stream buffer that makes text safe, line by line, and hands it on.
class SafeScreen final : public std::streambuf {
 public:
  SafeScreen(std::streambuf& next, Screen screen) : next_(&next), screen_(screen) {}

 protected:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  void pass_on(std::size_t size);
  std::streambuf* next_;
  Screen screen_;
  std::string pending_;
};

}  // namespace chokepoint::cli
