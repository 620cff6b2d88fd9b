#include "present/words/wording.hpp"

#include "chokepoint/model/words.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

namespace {

using Forms = std::pair<std::string_view, std::string_view>;

/// What sentences count, and what is said of it: many, and one.
constexpr std::array nouns{Forms{"actors", "actor"},
                           Forms{"changes", "change"},
                           Forms{"claims", "claim"},
                           Forms{"datasets", "dataset"},
                           Forms{"deliveries", "delivery"},
                           Forms{"edges", "edge"},
                           Forms{"entries", "entry"},
                           Forms{"facts", "fact"},
                           Forms{"figures", "figure"},
                           Forms{"groups", "group"},
                           Forms{"hops", "hop"},
                           Forms{"measures", "measure"},
                           Forms{"members", "member"},
                           Forms{"needs", "need"},
                           Forms{"nodes", "node"},
                           Forms{"relations", "relation"},
                           Forms{"rows", "row"},
                           Forms{"sets", "set"},
                           Forms{"sources", "source"},
                           Forms{"suppliers", "supplier"},
                           Forms{"supplies", "supply"},
                           Forms{"things", "thing"},
                           Forms{"variants", "variant"}};
constexpr std::array verbs{Forms{"are", "is"},       Forms{"become", "becomes"}, Forms{"depend", "depends"},
                           Forms{"hang", "hangs"},   Forms{"have", "has"},       Forms{"lose", "loses"},
                           Forms{"make", "makes"},   Forms{"need", "needs"},     Forms{"rest", "rests"},
                           Forms{"stand", "stands"}, Forms{"stop", "stops"},     Forms{"were", "was"}};
/// That stand between the number and these.
constexpr std::array between{std::string_view("more"),      std::string_view("other"), std::string_view("further"),
                             std::string_view("certainly"), std::string_view("of"),    std::string_view("places")};

template <std::size_t n>
const Forms* form_of(const std::array<Forms, n>& forms, std::string_view word) {
  const auto found = std::ranges::find(forms, word, &Forms::first);
  return found == forms.end() ? nullptr : &*found;
}

bool is_one(fmt::basic_format_arg<fmt::format_context> argument) {
  return fmt::visit_format_arg(
      [](const auto& value) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool> && !std::is_same_v<Value, char>)
          return value == 1;
        else
          return false;
      },
      argument);
}

/// Appends the words behind a number 1, one noun and one verb of them in the singular. @return what was read
std::size_t append_singular(std::string_view words, std::string& out) {
  std::size_t done = 0;
  bool has_noun = false;
  while (done < words.size() && words[done] == ' ') {
    const std::size_t first = done + 1, last = std::min(words.find_first_of(" ,;:.({", first), words.size());
    const std::string_view word = words.substr(first, last - first);
    const Forms* const noun = has_noun ? nullptr : form_of(nouns, word);
    const Forms* const verb = noun == nullptr ? form_of(verbs, word) : nullptr;
    if (noun == nullptr && verb == nullptr && std::ranges::find(between, word) == between.end()) break;
    out += ' ';
    out += noun != nullptr ? noun->second : verb != nullptr ? verb->second : word;
    has_noun = has_noun || noun != nullptr;
    done = last;
    if (verb != nullptr) break;
  }
  return done;
}

}  // namespace

std::string in_singular(std::string_view english, fmt::format_args arguments) {
  std::string out;
  int number = 0;
  for (std::size_t at = 0; at < english.size();) {
    const std::size_t place = english.find("{}", at);
    out += english.substr(at, place == std::string_view::npos ? place : place + 2 - at);
    if (place == std::string_view::npos) break;
    at = place + 2;
    if (is_one(arguments.get(number++))) at += append_singular(english.substr(at), out);
  }
  return out;
}

std::string said(const Session& session, std::string_view english, fmt::format_args arguments) {
  const std::string_view known = pattern(session, english);
  return fmt::vformat(known == english ? in_singular(english, arguments) : std::string(known), arguments);
}

std::string word(const Session& session, std::string_view english) { return std::string(pattern(session, english)); }

TableColumn column(const Session& session, std::string key, std::string_view english, bool wrap) {
  return {std::move(key), word(session, english), wrap};
}

Table data_table(std::string title, std::initializer_list<const char*> keys) {
  Table table;
  table.title = std::move(title);
  for (const char* key : keys) table.columns.push_back({key, key});
  return table;
}

std::string_view pattern(const Session& session, std::string_view english) {
  return Words::of(session.language()).find(english).value_or(english);
}

std::string told(const Session& session, std::string_view english) {
  return Words::of(session.language()).translated(english);
}

std::string_view separator(const Session& session) { return session.language() == "zh" ? "；" : "; "; }

std::string_view list_comma(const Session& session) { return session.language() == "zh" ? "、" : ", "; }

std::string_view comma(const Session& session) { return session.language() == "zh" ? "，" : ", "; }

std::string first_texts(const Session& session, const std::vector<std::string>& texts, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < texts.size() && i < most; ++i)
    text += std::string(i > 0 ? list_comma(session) : "") + texts[i];
  if (texts.size() > most) text += fmt::format(" +{}", texts.size() - most);
  return text;
}

void append_part(const Session& session, std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += separator(session);
  text += part;
}

}  // namespace chokepoint::detail
