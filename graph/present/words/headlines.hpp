#pragma once

#include "chokepoint/model/json.hpp"
#include "present/words/names.hpp"

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What an answer found, as one sentence without a full stop, such as `Nvidia controls 3 nodes: Mellanox 100 %, …`: the
/// first line of its text, of Markdown, and of its page in both languages, so that these cannot differ.
/// @param command  chokepoints, restrictions, concentration, paths, cut, ownership, timeline or compare; of others
/// nothing is said
/// @param result   the answer's JSON; what is missing of it is not told
/// @note O(size of the result · log)
std::string headline(Names& names, std::string_view command, const Json& result);

/// The parts of `headline` by command.
std::string restrictions_headline(Names& names, const Json& result);
std::string concentration_headline(Names& names, const Json& result);
std::string timeline_headline(Names& names, const Json& result);
std::string compare_headline(Names& names, const Json& result);

/// `× 12`, `× 1.2`, `× 0.083`: two digits that count; three near 1, where two would hide the difference: `× 1.05`.
std::string ratio_text(double value);
/// `4680 – 5128`: an index of concentration in as many digits as shares can bear.
std::string index_text(double low, double high);

}  // namespace chokepoint::detail
