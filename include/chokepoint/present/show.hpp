#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/list_style.hpp"
#include "chokepoint/query/show.hpp"

namespace chokepoint {

/// `result`: {"node","datasets","edges","observations","sources"}, the sources being those of all of them.
Answer show_answer(Session& session, const ShowResult& found, const ListStyle& style = {});

/// `result`: {"edges","observations","sources"}. Negative when there are none.
Answer fact_list_answer(Session& session, const FactListResult& found, const ListStyle& style = {});

}  // namespace chokepoint
