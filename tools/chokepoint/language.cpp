#include "language.hpp"

#include "chokepoint/model/words.hpp"

#include <CLI/CLI.hpp>

namespace chokepoint::cli {

namespace {

const Words*& spoken() {
  static const Words* words = &Words::of("en");
  return words;
}

void translate_options(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    option->description(in_language(option->get_description()));
    if (!option->get_group().empty()) option->group(in_language(option->get_group()));
  }
}

bool is_ours(std::string_view text, CellText cells) {
  return cells == CellText::ours || (cells == CellText::names && text.find(' ') != std::string_view::npos);
}

}  // namespace

void speak(std::string_view language) { spoken() = &Words::of(language); }

std::string_view language_named(std::span<char* const> words) {
  constexpr std::string_view option = "--lang";
  std::string_view language = "en";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == option && i + 1 < words.size()) language = words[i + 1];
    if (word.starts_with(option) && word.size() > option.size() && word[option.size()] == '=')
      language = word.substr(option.size() + 1);
  }
  return language;
}

std::string in_language(std::string_view english) { return spoken()->translated(english); }

void translate_help(CLI::App& app) {
  if (spoken()->all().empty()) return;
  const auto texts = [](CLI::App& each) {
    each.description(in_language(each.get_description()));
    each.footer(in_language(each.get_footer()));
    each.group(in_language(each.get_group()));
    translate_options(each);
  };
  texts(app);
  for (CLI::App* command : app.get_subcommands({})) texts(*command);
}

void translate(Answer& answer) {
  if (spoken()->all().empty()) return;
  for (auto* lines : {&answer.heading, &answer.drawing, &answer.remarks})
    for (std::string& line : *lines) line = in_language(line);
  for (Table& table : answer.tables) {
    table.title = in_language(table.title);
    for (TableColumn& column : table.columns) column.title = in_language(column.title);
    for (auto& row : table.rows)
      for (std::size_t i = 0; i < row.size(); ++i)
        if (auto* text = std::get_if<std::string>(&row[i]); text != nullptr && is_ours(*text, table.columns[i].text))
          *text = in_language(*text);
  }
}

}  // namespace chokepoint::cli
