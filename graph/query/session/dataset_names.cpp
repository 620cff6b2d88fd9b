#include "query/session/dataset_names.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "query/session/types.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

DatasetInfo require_dataset(const Session& session, const std::string& id) {
  std::vector<std::string> ids;
  for (const DatasetInfo& dataset : session.reader().dataset_infos()) {
    if (dataset.id == id) return dataset;
    ids.push_back(dataset.id);
  }
  auto near = suggest(id, ids);
  if (near.empty()) near = ids;
  throw NotFoundError(fmt::format("no dataset has the id \"{}\"{}", id, did_you_mean(near)), near);
}

}  // namespace chokepoint::detail
