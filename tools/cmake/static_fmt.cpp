// {fmt}'s header-only form, compiled once: Debian has no static archive of it. Everyone else includes the headers as if
// the code were in a library; naming its functions here is what puts them, and what they stand on, into this object.
#define FMT_HEADER_ONLY 1
#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace {

[[gnu::used]] std::string (*const vformat)(fmt::string_view, fmt::format_args) = &fmt::vformat;
[[gnu::used]] void (*const throw_format_error)(const char*) = &fmt::detail::throw_format_error;
[[gnu::used]] bool (*const is_printable)(std::uint32_t) = &fmt::detail::is_printable;

}  // namespace
