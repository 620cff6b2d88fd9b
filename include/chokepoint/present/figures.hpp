#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/list_style.hpp"
#include "chokepoint/query/figures.hpp"

namespace chokepoint {

/// `result`: [figure + "counts"…].
Answer figures_answer(Session& session, const FiguresResult& found, const ListStyle& style = {});

}  // namespace chokepoint
