#include "present/pictures/picture_sources.hpp"

#include "chokepoint/store/reader.hpp"
#include "present/words/wording.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::vector<std::size_t> PictureSources::numbers_of(std::span<const Citation> citations) {
  std::vector<std::size_t> found;
  for (const Citation& citation : citations) {
    const auto [entry, is_new] = numbers_.emplace(citation.source, ids_.size() + 1);
    if (is_new) ids_.push_back(citation.source);
    if (std::ranges::find(found, entry->second) == found.end()) found.push_back(entry->second);
  }
  std::ranges::sort(found);
  return found;
}

void PictureSources::set(PictureFrame& frame) const {
  if (ids_.empty()) return set_computed_source(*session_, frame);
  std::map<std::string, Source> known;
  for (const std::string& id : ids_)
    if (auto source = session_->reader().source(id)) known.emplace(id, *std::move(source));
  frame.sources_title = word(*session_, "Sources");
  frame.sources_are_numbered = true;
  for (const std::string& id : ids_) {
    std::string text = id;
    if (const auto found = known.find(id); found != known.end()) text = source_text(*session_, found->second);
    frame.sources.push_back(std::move(text));
  }
}

std::string source_text(const Session& session, const Source& source) {
  std::string text = source.title.empty() ? source.id : source.title;
  for (const std::string* part : {&source.publisher, &source.date})
    if (!part->empty()) append_part(session, text, *part);
  return text;
}

PictureFrame picture_frame(const Session& session, std::string title) {
  PictureFrame frame;
  frame.title = std::move(title);
  frame.date = say(session, "as of {}", to_string(session.as_of()));
  return frame;
}

void set_computed_source(const Session& session, PictureFrame& frame) {
  std::string datasets;
  for (const DatasetInfo& dataset : session.reader().dataset_infos())
    append_part(session, datasets, dataset.title.empty() ? dataset.id : word(session, dataset.title));
  frame.sources_title = word(session, "Source");
  frame.sources = {datasets.empty() ? say(session, "computed from the database")
                                    : say(session, "computed from {}", datasets)};
}

}  // namespace chokepoint::detail
