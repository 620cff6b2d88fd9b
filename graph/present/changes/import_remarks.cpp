#include "chokepoint/present/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint {

namespace {

/// One line for every source that the file only names.
void tell_of_made_sources(const ImportReport& report, std::vector<std::string>& remarks) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < std::min(shown, report.made_sources.size()); ++i) {
    const auto& [id, cited_by] = report.made_sources[i];
    remarks.push_back(
        fmt::format("the source {}, cited by {} record{}, is defined nowhere; it was made with nothing but its id: "
                    "--source {} --source-title TEXT would define it",
                    id, cited_by, cited_by == 1 ? "" : "s", id));
  }
  if (report.made_sources.size() > shown)
    remarks.push_back(
        fmt::format("and {} more sources; --format json lists them all", report.made_sources.size() - shown));
}

/// Says that importing a dataset again replaces it, and what would not.
void tell_of_removed(const ImportReport& report, bool dry_run, std::vector<std::string>& remarks) {
  std::vector<std::string> gone;
  for (const auto& [counts, one, many] :
       {std::tuple(&report.nodes, "node", "nodes"), std::tuple(&report.edges, "edge", "edges"),
        std::tuple(&report.observations, "figure", "figures")})
    if (counts->removed > 0) gone.push_back(fmt::format("{} {}", counts->removed, counts->removed == 1 ? one : many));
  if (gone.empty()) return;
  remarks.push_back(
      fmt::format("the dataset {} was there, and {} of it that the input lacks {} removed; --keep-old keeps "
                  "what the input lacks, --update changes only what it states",
                  report.dataset.id, fmt::join(gone, " and "), dry_run ? "would be" : "were"));
}

}  // namespace

std::vector<std::string> import_remarks(const ImportReport& report, const ImportStyle& style) {
  std::vector<std::string> remarks;
  tell_of_made_sources(report, remarks);
  if (!report.taken_source.empty())
    remarks.push_back(fmt::format("no --source was given: records that cite none cite the file, as the source {}",
                                  report.taken_source));
  if (report.made_nodes > 0)
    remarks.push_back(fmt::format("{} node{} made of the ends of edges, since no table lists them", report.made_nodes,
                                  report.made_nodes == 1 ? " was" : "s were"));
  if (report.found_nodes > 0)
    remarks.push_back(fmt::format("{} end{} of edges {} by id or name among the nodes that are known already",
                                  report.found_nodes, report.found_nodes == 1 ? "" : "s",
                                  report.found_nodes == 1 ? "was found" : "were found"));
  if (report.repeated > 0)
    remarks.push_back(fmt::format(
        "{} row{} an earlier one and {} one with it; if each is a shipment, --parallel sum adds "
        "them up, and --parallel keep keeps each",
        report.repeated, report.repeated == 1 ? " repeats" : "s repeat", report.repeated == 1 ? "is" : "are"));
  remarks.insert(remarks.end(), report.remarks.begin(), report.remarks.end());
  tell_of_removed(report, style.dry_run, remarks);
  if (report.skipped_total == 0) return remarks;
  remarks.push_back(fmt::format("{} record{} wrong and left out{}", report.skipped_total,
                                report.skipped_total == 1 ? " was" : "s were",
                                !style.lists_skipped ? "; --problems FILE.csv lists them all" : ""));
  return remarks;
}

}  // namespace chokepoint
