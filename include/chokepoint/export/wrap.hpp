#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// `text` in lines of at most `width` terminal columns, broken at spaces and beside wide (East Asian) characters; a
/// word that is longer than a line is broken where the line ends. A number and its `%` stay together. Nothing is lost
/// but the spaces at which lines are broken.
/// @param width  0: one line, however long
/// @return at least one line
std::vector<std::string> wrap_text(std::string_view text, std::size_t width);

/// A line of a drawing or a sentence: what follows its first line stands below the text, with the branches of the tree
/// (`├─ `, `│  `) drawn on. 24 columns are for the text: on a screen of 60 columns or more the
/// branches of deeper lines lose their first levels, and `⋯2 ` in front says how many; on a narrower one 16 are,
/// however wide that gets.
std::vector<std::string> wrap_drawing(std::string_view line, std::size_t width);

/// Terminal columns of the longest piece of `text` that wrap_text leaves whole when it can.
std::size_t longest_word(std::string_view text);

}  // namespace chokepoint
