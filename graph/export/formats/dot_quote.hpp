#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Fonts that have Latin and Chinese, tried in this order.
inline constexpr std::string_view dot_fonts =
    "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Micro Hei,Microsoft YaHei,PingFang SC,sans-serif";

/// A quoted DOT ID. Inside quotes only `\"` is an escape, so quotes get a backslash; a backslash before a quote or at
/// the end cannot be said in an ID and becomes `/`. Ids of nodes have neither.
std::string dot_id(std::string_view text);

/// A quoted text for `label` and the like, which Graphviz shows as it is: quotes and backslashes escaped (so that
/// `\N` stays `\N`), line breaks as `\n`, `&` that would begin a character entity as `&amp;`. What SVG, which is XML,
/// cannot hold becomes U+FFFD. Never an HTML-like label, since those stand in angle brackets and not in quotes.
/// @param replaced  counts the characters that became U+FFFD
std::string dot_label(std::string_view text, std::uint64_t& replaced);

}  // namespace chokepoint::detail
