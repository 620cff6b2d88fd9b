#pragma once

#include "ingest/formats/format.hpp"

#include <string>
#include <string_view>

namespace chokepoint::detail {

// What files are that are not read, and what to do instead: with the command, where a program can do it. Each gives an
// empty text for a file that is none of its kind.

/// The head of a file as commands tell of it: its name may have what a shell understands.
FileHead for_commands(FileHead head);
/// Texts that readers would take for something else: dumps of SQL, LEDA, lock files of packages, SPDX 3.
std::string remedy_for_text(const FileHead& head);
/// Triples, in any of their notations.
std::string remedy_for_rdf(const FileHead& head);
/// What to do with a text that no format takes; empty where nothing is known of it.
std::string remedy_for_words(const FileHead& head);
/// XML of any kind but GraphML and GEXF. Never empty.
std::string remedy_for_xml(const FileHead& head);
/// Columns that blanks alone part.
std::string remedy_for_fixed_width(const FileHead& head);
/// Documents, pictures, archives, by their first bytes.
std::string remedy_by_first_bytes(std::string_view text);

}  // namespace chokepoint::detail
