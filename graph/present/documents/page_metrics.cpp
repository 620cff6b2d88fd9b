#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/query/rank.hpp"
#include "present/documents/page_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chokepoint {

namespace {

/// What the columns of answers' subgraphs are called; those of `rank` have the names of their measures.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> metric_headings{{
    {"capacity_high", "Left, at most"},
    {"capacity_low", "Left, at least"},
    {"hhi_high", "HHI, at most"},
    {"hhi_low", "HHI, at least"},
    {"impossible_all", "Impossible if all variants are needed"},
    {"impossible_any", "Impossible"},
    {"result", "Result"},
    {"share_high", "Share, at most"},
    {"share_low", "Share, at least"},
    {"smallest_cut_set", "Size of its smallest cut set"},
    {"soft", "Soft"},
    {"tier", "Tier"},
}};

/// The heading in English; empty for a column that nobody named.
std::string_view metric_heading(const std::string& name) {
  const auto found =
      std::ranges::find(metric_headings, std::string_view(name), &decltype(metric_headings)::value_type::first);
  if (found != metric_headings.end()) return found->second;
  const auto measures = rank_measures();
  if (std::ranges::find(measures, name) == measures.end()) return {};
  return rank_measure_text(name).heading;
}

}  // namespace

std::map<std::string, Labels> metric_labels(const Session& session, const Columns& columns) {
  detail::PageWords words(session);
  std::map<std::string, Labels> labels;
  for (const auto& [name, values] : columns.by_name)
    if (const std::string_view heading = metric_heading(name); !heading.empty())
      labels.emplace(name, words.in_each([&](detail::Names& names) { return detail::word(names.session(), heading); }));
  return labels;
}

}  // namespace chokepoint
