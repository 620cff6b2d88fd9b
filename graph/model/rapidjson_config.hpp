#pragma once

// RapidJSON's assertions throw, so that a slip of ours is an error message and never undefined behaviour.
// This header is included before any RapidJSON header, everywhere.
#include <stdexcept>

#define RAPIDJSON_ASSERT_THROWS 1
#define RAPIDJSON_NOEXCEPT_ASSERT(x) static_cast<void>(0)
#define RAPIDJSON_ASSERT(x) \
  (static_cast<bool>(x) ? static_cast<void>(0) : throw std::logic_error("RapidJSON: assertion failed: " #x))
