#pragma once

#include "chokepoint/model/table.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// A word of the program itself in the session's language; the English text is the key and the fallback.
std::string word(const Session& session, std::string_view english);

/// A column whose title is `word(session, english)`.
TableColumn column(const Session& session, std::string key, std::string_view english, bool wrap = false);

/// `1 node`, `3 nodes`; in Chinese the number and the word.
std::string count_of(const Session& session, std::size_t count, std::string_view singular, std::string_view plural);

/// What separates items of a list inside a cell: `; `, in Chinese `；`.
std::string_view separator(const Session& session);

/// Appends `part` to `text`, separated.
void append_part(const Session& session, std::string& text, std::string_view part);

}  // namespace chokepoint::detail
