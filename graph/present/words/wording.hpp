#pragma once

#include "chokepoint/model/table.hpp"
#include "chokepoint/query/session.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A word of the program itself in the session's language; the English text is the key and the fallback.
std::string word(const Session& session, std::string_view english);

/// A column whose title is `word(session, english)`.
TableColumn column(const Session& session, std::string key, std::string_view english, bool wrap = false);

/// A table that programs read, without rows: each column is headed by its key.
/// @param title  its name among the tables of an answer; empty where it is the only one
Table data_table(std::string title, std::initializer_list<const char*> keys);

/// The pattern of a sentence of the program itself in the session's language; English is the key and the fallback.
std::string_view pattern(const Session& session, std::string_view english);

/// An English pattern with what follows a `{}` in the singular where its argument is the number 1: `{} more rows` as
/// `{} more row`, `{} nodes are` as `{} node is`. Nouns and verbs that a sentence counts with are listed there.
std::string in_singular(std::string_view english, fmt::format_args arguments);

/// What `say` says.
std::string said(const Session& session, std::string_view english, fmt::format_args arguments);

/// A sentence: `english` is a pattern of fmt, with `{}` for every argument. Sentences read well with any number, also
/// with 1, see `in_singular`.
template <typename... Arguments>
std::string say(const Session& session, std::string_view english, const Arguments&... arguments) {
  return said(session, english, fmt::make_format_args(arguments...));
}

/// A sentence that was made in English elsewhere, in the session's language; as it is where nothing is known of it.
std::string told(const Session& session, std::string_view english);

/// What separates items of a list inside a cell: `; `, in Chinese `；`.
std::string_view separator(const Session& session);

/// What separates names that follow each other in a sentence: `, `, in Chinese `、`.
std::string_view list_comma(const Session& session);
/// What separates parts of a sentence: `, `, in Chinese `，`.
std::string_view comma(const Session& session);

/// `A, B, C +12`: the first texts, the others counted.
std::string first_texts(const Session& session, const std::vector<std::string>& texts, std::size_t most);

/// Appends `part` to `text`, separated.
void append_part(const Session& session, std::string& text, std::string_view part);

}  // namespace chokepoint::detail
