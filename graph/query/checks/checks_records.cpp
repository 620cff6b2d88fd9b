#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/checks/checks.hpp"
#include "store/all_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace chokepoint::detail {

namespace {

constexpr std::uint64_t records_between_progress = 8192;

/// What an edge's attribute `replaces` names: a text, or a list of texts.
std::vector<std::string> replaced_by(const Edge& edge) {
  if (edge.attributes.find("replaces") == std::string::npos) return {};
  const Json attributes = parse_json(edge.attributes);
  const Json* value = attributes.is_object() ? attributes.find("replaces") : nullptr;
  if (value == nullptr) return {};
  std::vector<std::string> names;
  if (value->is_string()) names.push_back(value->as_string());
  if (value->is_array())
    for (const Json& each : value->as_array())
      if (each.is_string()) names.push_back(each.as_string());
  return names;
}

/// The one source that all citations name; empty where there are several, or none.
std::string_view only_source(const std::vector<Citation>& citations) {
  if (citations.empty()) return {};
  const std::string& first = citations.front().source;
  const bool is_only = std::all_of(citations.begin(), citations.end(),
                                   [&](const Citation& citation) { return citation.source == first; });
  return is_only ? std::string_view(first) : std::string_view();
}

/// Where findings about an edge stand: edges come in the order in which they are stored.
struct EdgeFinding {
  std::string type, from, to;
  CheckFinding finding;
  [[nodiscard]] auto place() const { return std::tie(type, from, to, finding.ids.front()); }
};

/// Looks at records for the checks that are wanted. A record is described only where something is found.
class RecordLook {
 public:
  RecordLook(Session& session, const std::array<bool, 4>& wanted, bool lists_notes, std::array<CheckFindings, 4>& found)
      : session_(session), wanted_(wanted), lists_notes_(lists_notes), found_(found) {
    for (const Source& source : session.reader().sources()) sources_.insert(source.id);
  }

  void node(const Node& node) {
    const auto add = [&](RecordCheck check, std::string message) {
      of(check).add({describe(node), {node.id}, std::move(message)});
    };
    look_at_sources(node.sources, add);
  }
  void observation(const Observation& figure) {
    const auto add = [&](RecordCheck check, std::string message) {
      of(check).add({describe(figure), {figure.id}, std::move(message)});
    };
    look_at_sources(figure.sources, add);
    look_at_fact(figure, add);
  }
  void edge(const Edge& edge) {
    const auto add = [&](RecordCheck check, std::string message) {
      edges_[static_cast<std::size_t>(check)].push_back(
          {edge.type, edge.from, edge.to, {describe(edge), {edge.id}, std::move(message)}});
    };
    look_at_sources(edge.sources, add);
    look_at_fact(edge, add);
    if (!wants(RecordCheck::dangling)) return;
    for (const std::string& item : replaced_by(edge)) {
      const Snapshot& snapshot = *session_.snapshot();
      if (!snapshot.find(item) && snapshot.named(fold(item)).size() != 1)
        add(RecordCheck::dangling, fmt::format("replaces \"{}\", which is no node", item));
    }
  }
  /// Puts what was found about edges in order.
  void end_edges() {
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      std::stable_sort(edges_[i].begin(), edges_[i].end(),
                       [](const EdgeFinding& a, const EdgeFinding& b) { return a.place() < b.place(); });
      for (EdgeFinding& found : edges_[i]) found_[i].add(std::move(found.finding));
      edges_[i].clear();
    }
  }

 private:
  [[nodiscard]] bool wants(RecordCheck check) const { return wanted_[static_cast<std::size_t>(check)]; }
  CheckFindings& of(RecordCheck check) { return found_[static_cast<std::size_t>(check)]; }

  /// What names a node that is not there, or is of no source that is there, cannot be read as a record at all.
  void look_at_sources(const std::vector<Citation>& citations, const auto& add) {
    if (wants(RecordCheck::unsourced) && citations.empty()) add(RecordCheck::unsourced, "cites no source");
    if (!wants(RecordCheck::dangling)) return;
    for (const Citation& citation : citations) {
      if (citation.source == known_) continue;
      if (sources_.contains(citation.source))
        known_ = citation.source;
      else
        add(RecordCheck::dangling, fmt::format("cites \"{}\", which is no source", citation.source));
    }
  }
  void look_at_fact(const auto& fact, const auto& add) {
    if (wants(RecordCheck::unknown_units) && !fact.unit.empty() && session_.ontology().unit(fact.unit) == nullptr)
      add(RecordCheck::unknown_units, fmt::format("unit \"{}\" is not in the ontology", fact.unit));
    if (!wants(RecordCheck::sole_source)) return;
    const std::string_view source = only_source(fact.sources);
    if (source.empty()) return;
    if (lists_notes_)
      add(RecordCheck::sole_source, fmt::format("rests on {} alone", source));
    else
      ++of(RecordCheck::sole_source).count;
  }

  Session& session_;
  const std::array<bool, 4>& wanted_;
  bool lists_notes_;
  std::array<CheckFindings, 4>& found_;
  std::unordered_set<std::string> sources_;
  std::string known_;  ///< the last source that was found to be there
  std::array<std::vector<EdgeFinding>, 4> edges_;
};

}  // namespace

void CheckRun::look_at_records() {
  const auto snapshot = session_.snapshot();
  std::uint64_t done = 0, total = std::uint64_t{snapshot->vertex_count()} + snapshot->edge_count();
  const auto count = [&] {
    if (++done % records_between_progress == 0 && progress_) progress_(std::min(done, total), total);
  };
  RecordLook look(session_, wanted_, lists_notes_, found_);
  visit_all_nodes(session_.database(), [&](Node& node) {
    look.node(node);
    count();
  });
  visit_all_edges(session_.database(), [&](const Edge& edge) {
    look.edge(edge);
    count();
  });
  look.end_edges();
  session_.reader().for_each_observation("", [&](const Observation& figure) { look.observation(figure); });
}

CheckFindings CheckRun::of_records(RecordCheck check) {
  if (!looked_) look_at_records();
  looked_ = true;
  return std::move(found_[static_cast<std::size_t>(check)]);
}

CheckFindings find_unsourced(CheckRun& run) { return run.of_records(RecordCheck::unsourced); }
CheckFindings find_dangling(CheckRun& run) { return run.of_records(RecordCheck::dangling); }
CheckFindings find_unknown_units(CheckRun& run) { return run.of_records(RecordCheck::unknown_units); }
CheckFindings find_sole_sources(CheckRun& run) { return run.of_records(RecordCheck::sole_source); }

}  // namespace chokepoint::detail
