#include "ingest/tables/foreign_sources.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/identity/slug.hpp"

namespace chokepoint::detail {

std::string ForeignSources::id_of(std::string_view text) {
  if (is_valid_id(text) && !text.starts_with("http:") && !text.starts_with("https:")) return std::string(text);
  std::string id = made_source_id(text);
  const std::lock_guard lock(mutex_);
  texts_.emplace(id, text);
  return id;
}

void ForeignSources::add(Source source) {
  const std::lock_guard lock(mutex_);
  std::string id = source.id;
  described_.insert_or_assign(std::move(id), std::move(source));
}

void ForeignSources::describe(Source& source) const {
  const std::lock_guard lock(mutex_);
  if (const auto described = described_.find(source.id); described != described_.end()) source = described->second;
  const auto found = texts_.find(source.id);
  if (found == texts_.end()) return;
  source.title = found->second;
  if (found->second.starts_with("http:") || found->second.starts_with("https:")) source.url = found->second;
}

}  // namespace chokepoint::detail
