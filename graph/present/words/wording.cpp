#include "present/words/wording.hpp"

#include "chokepoint/model/words.hpp"

#include <utility>

namespace chokepoint::detail {

std::string word(const Session& session, std::string_view english) { return std::string(pattern(session, english)); }

TableColumn column(const Session& session, std::string key, std::string_view english, bool wrap) {
  return {std::move(key), word(session, english), wrap};
}

std::string_view pattern(const Session& session, std::string_view english) {
  return Words::of(session.language()).find(english).value_or(english);
}

std::string told(const Session& session, std::string_view english) {
  return Words::of(session.language()).translated(english);
}

std::string_view separator(const Session& session) { return session.language() == "zh" ? "；" : "; "; }

void append_part(const Session& session, std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += separator(session);
  text += part;
}

}  // namespace chokepoint::detail
