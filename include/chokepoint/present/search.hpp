#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/search.hpp"

namespace chokepoint {

/// `result`: [ref + "matched"…]. Negative when nothing is found; then the remarks name near ids.
Answer search_answer(Session& session, const SearchResult& found);

}  // namespace chokepoint
