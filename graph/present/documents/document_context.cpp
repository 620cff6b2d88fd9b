#include "present/documents/document_context.hpp"

#include "chokepoint/query/later.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/wording.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace chokepoint::detail {

namespace {

/// So many sources are named below a picture; of more it is said which datasets they are of.
constexpr std::size_t most_named_sources = 8;

/// Day and source line of a picture.
void add_frame(const Session& session, bool on_day, GraphDocument& document) {
  PictureFrame& frame = document.frame;
  frame.date = on_day ? say(session, "as of {}", to_string(session.as_of())) : say(session, "facts of every day");
  std::set<std::string_view> cited;  // by what is drawn: figures are not
  for (const Edge& edge : document.edges) {
    for (const Citation& citation : edge.sources) cited.insert(citation.source);
    if (cited.size() > most_named_sources) break;
  }
  if (cited.empty() || cited.size() > most_named_sources) return set_computed_source(session, frame);
  frame.sources_title = word(session, "Sources");
  for (const Source& source : document.sources)
    if (cited.contains(source.id)) frame.sources.push_back(source_text(session, source));
}

std::unordered_set<std::string_view> ids_of(const std::vector<Node>& nodes) {
  std::unordered_set<std::string_view> ids;
  for (const Node& node : nodes) ids.insert(node.id);
  return ids;
}

/// Ids that edges and figures name, besides ends of edges, and that are no nodes of the document; sorted.
std::set<std::string> named_outside(const GraphDocument& document, bool by_figures) {
  const std::unordered_set<std::string_view> ids = ids_of(document.nodes);
  std::set<std::string> outside;
  const auto name = [&](const std::string& id) {
    if (!id.empty() && !ids.contains(id)) outside.insert(id);
  };
  for (const Edge& edge : document.edges) name(edge.item), name(edge.market), name(edge.origin);
  if (!by_figures) return outside;
  for (const Observation& figure : document.observations)
    name(figure.subject), name(figure.item), name(figure.market), name(figure.relative_to);
  return outside;
}

}  // namespace

void add_figures(const Session& session, const DocumentParams& params, bool brings_subjects, GraphDocument& document) {
  const std::unordered_set<std::string_view> ids = ids_of(document.nodes);
  Later later(session);
  session.reader().for_each_observation(params.dataset, [&](const Observation& figure) {
    if (!brings_subjects && !ids.contains(figure.subject)) return;
    if (!(params.on_day && later.is_later(figure))) document.observations.push_back(figure);
  });
}

void add_companions(const Session& session, bool by_figures, GraphDocument& document) {
  const Reader reader = session.reader();
  for (const std::string& id : named_outside(document, by_figures))
    if (auto node = reader.node(id)) {
      document.nodes.push_back(*std::move(node));
      ++document.companions;
    }
  std::ranges::sort(document.nodes, {}, &Node::id);
}

void add_context(const Session& session, bool on_day, GraphDocument& document) {
  const Reader reader = session.reader();
  std::set<std::string, std::less<>> cited;
  const auto cite = [&](const auto& records) {
    std::string_view last;  // long runs of records rest on one source
    for (const auto& record : records)
      for (const Citation& citation : record.sources) {
        if (citation.source == last) continue;
        cited.insert(citation.source);
        last = citation.source;
      }
  };
  cite(document.nodes);
  cite(document.edges);
  cite(document.observations);
  for (Source& source : reader.sources())
    if (cited.contains(source.id)) document.sources.push_back(std::move(source));
  for (const std::string& id : named_outside(document, true))
    if (const auto ref = reader.ref(id)) document.names.emplace(id, ref->labels);
  add_frame(session, on_day, document);
}

}  // namespace chokepoint::detail
