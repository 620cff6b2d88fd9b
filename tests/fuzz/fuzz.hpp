#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What libFuzzer and the corpus replay call. It must return for every input and never throw; `require` says what
/// must hold besides.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace chokepoint::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the process where a promise is broken; unlike assert, in every build.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace chokepoint::fuzz
