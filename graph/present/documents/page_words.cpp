#include "present/documents/page_words.hpp"

namespace chokepoint::detail {

PageWords::PageWords(const Session& session) {
  for (const char* language : {"en", "zh"}) sessions_.emplace_back(session.database(), session.as_of(), language);
  for (const Session& each : sessions_) names_.emplace_back(each);
}

std::string first_labels(Names& names, const std::vector<std::string>& ids, std::size_t most) {
  std::vector<std::string> labels;
  for (const std::string& id : ids) labels.push_back(names.label(id));
  return first_texts(names.session(), labels, most);
}

}  // namespace chokepoint::detail
