#include "present/documents/page_words.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

PageWords::PageWords(const Session& session) {
  for (const char* language : {"en", "zh"}) sessions_.emplace_back(session.database(), session.as_of(), language);
  for (const Session& each : sessions_) names_.emplace_back(each);
}

std::string first_labels(Names& names, const std::vector<std::string>& ids, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i)
    text += std::string(i > 0 ? list_comma(names.session()) : "") + names.label(ids[i]);
  if (ids.size() > most) text += fmt::format(" +{}", ids.size() - most);
  return text;
}

}  // namespace chokepoint::detail
