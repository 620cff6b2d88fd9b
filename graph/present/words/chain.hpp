#pragma once

#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/model/table.hpp"
#include "present/words/names.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A node or flow for people: `AI chip (ai-chip) → China (cn)`.
std::string subject_name(Names& names, const Snapshot& snapshot, const Subject& subject);

/// `35 %`, `35 – 97 %`: what is left, for people.
std::string percent_text(double low, double high);

/// The chain as JSON, one object a link: `node`, `group` (its kind, `removed` where there is none), `owner`,
/// `group_name`, `needed`, `of`, `low`, `starved`, `members` [{`id`, `cut`}], `failed` (their ids) and `edges`, the
/// evidence as edges of a dataset.
Json chain_json(Session& session, const Snapshot& snapshot, const NodeFate& fate);

/// Links of a chain that people are shown; of a longer one the beginning and the end.
inline constexpr std::size_t most_links_shown = 200;

/// The chain for people: step, sentence, where it was read.
Table chain_table(Names& names, const Snapshot& snapshot, const NodeFate& fate, std::string title);

/// The chain as a tree: a title, then the effect above its causes, each with where it was read. Appended to `lines`.
void append_chain_tree(Names& names, const Snapshot& snapshot, const NodeFate& fate, std::string title,
                       std::vector<std::string>& lines);

}  // namespace chokepoint::detail
