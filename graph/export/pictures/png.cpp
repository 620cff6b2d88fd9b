#include "export/pictures/png.hpp"

#include "chokepoint/support/error.hpp"
#include "support/child_process.hpp"

#include <fmt/format.h>

#include <ostream>

namespace chokepoint::detail {

void write_png_of(const std::string& svg, std::ostream& out) {
  ProgramResult result;
  try {
    result = run_program("rsvg-convert", {"--format=png", "--zoom=2", "--background-color=white"}, svg);
  } catch (const NotFoundError&) {
    throw IoError(
        "PNG is made by librsvg, whose program `rsvg-convert` is not on PATH; install it (Debian, Ubuntu: apt install "
        "librsvg2-bin) or write SVG or HTML instead");
  }
  if (result.status != 0 || result.output.empty())
    throw IoError(fmt::format("rsvg-convert failed (exit code {}): {}", result.status,
                              result.errors.substr(0, result.errors.find('\n'))));
  out.write(result.output.data(), static_cast<std::streamsize>(result.output.size()));
}

}  // namespace chokepoint::detail
