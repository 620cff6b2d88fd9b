#pragma once

#include "chokepoint/export/page.hpp"
#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/brief.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

/// The page for people, without its pictures.
Page brief_page(Session& session, const BriefResult& result);
/// Draws the pictures into the page. @return what could not be drawn, a sentence each
std::vector<std::string> draw_brief(Session& session, const BriefResult& result, Page& page);

/// `result`: {"node","kind","identity","needs","stops","dependents","concentration","measure","restrictions","market",
/// "issued","seats","changes","figures","unknown","sources"}; parts of which nothing is known are absent.
/// @param width  columns of the screen; 0: no lines are drawn
Answer brief_answer(Session& session, const BriefResult& result, std::size_t width);

}  // namespace chokepoint
