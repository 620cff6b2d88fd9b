#pragma once

#include "chokepoint/present/answer.hpp"

#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace chokepoint::cli {

/// The language of what the program says itself on its way out: help, messages, what `import` answers. Set once, before
/// anything is said; English until then.
void speak(std::string_view language);

/// The language that `--lang` names among the arguments, before they are read: what is wrong with them is said in it.
/// English where they name none that there is.
std::string_view language_named(std::span<char* const> words);

/// A finished message in the language spoken. @see Words::translated
std::string in_language(std::string_view english);

/// Descriptions, groups and footers of a command line and its commands in the language spoken.
void translate_help(CLI::App& app);

/// Headings, titles and sentences of an answer that was made in English, for people.
void translate(Answer& answer);

}  // namespace chokepoint::cli
