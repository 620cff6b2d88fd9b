#include "ingest/graphs/graph_remarks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// By note: for one and for several; {0} is how many, {1} the words.
struct NoteText {
  const char* one;
  const char* several;
};
constexpr NoteText note_texts[] = {
    {"{0} node lies inside another; the attribute {1} names that one",
     "{0} nodes lie inside others; the attribute {1} names those"},
    {"{0} element has several labels; the first is its label, the others are the attribute further_labels",
     "{0} elements have several labels; the first is the label, the others are the attribute further_labels"},
    {"{0} value holds XML elements ({1}), which are left out",
     "{0} values hold XML elements ({1}), which are left out"},
    {"{0} port or end at a port is left out; the edge goes from node to node",
     "{0} ports and ends at ports are left out; the edges go from node to node"},
    {"{0} value has a key that the file does not declare ({1}); it is kept under that name",
     "{0} values have keys that the file does not declare ({1}); they are kept under these names"},
    {"{0} value about the graph as a whole ({1}) is left out",
     "{0} values about the graph as a whole ({1}) are left out"},
    {"how things look ({1}) is left out; --map NAME=attributes.NAME keeps one",
     "how things look ({1}) is left out; --map NAME=attributes.NAME keeps one"},
    {"{0} node has a type that is none here ({1}); it has the type of --node-type and its own as an attribute",
     "{0} nodes have types that are none here ({1}); they have the type of --node-type and their own as an attribute; "
     "--map-type THEIRS=OURS takes them"},
    {"{0} edge has a type that is none here ({1}); it has the type of --edge-type and its own as an attribute",
     "{0} edges have types that are none here ({1}); they have the type of --edge-type and their own as an attribute; "
     "--map-type THEIRS=OURS takes them"},
    {"{0} edge has a label that is no type here ({1}); it is kept as an attribute",
     "{0} edges have labels that are no types here ({1}); they are kept as an attribute"},
    {"{0} edge has an id that is a type here ({1}), as networkx writes keys; it is read as its type",
     "{0} edges have ids that are types here ({1}), as networkx writes keys; they are read as their types"},
    {"{0} edge holds in several spells; it became an edge for each",
     "{0} edges hold in several spells; each became an edge for every one of them"},
    {"{0} node is there in several spells; it counts from the first to the end of the last",
     "{0} nodes are there in several spells; they count from the first to the end of the last"},
    {"{0} edge is there at moments (timestamps); the last is its as_of, several are kept as the attribute timestamps",
     "{0} edges are there at moments (timestamps); the last is as_of, several are kept as the attribute timestamps"},
    {"{0} node is there at moments (timestamps), which are kept as an attribute; it has no since and until",
     "{0} nodes are there at moments (timestamps), which are kept as an attribute; they have no since and until"},
    {"{0} time of day was left out: its day counts ({1})", "{0} times of day were left out: their days count ({1})"},
    {"{0} element has times that are no dates or years ({1}); they are kept as attributes and bound nothing",
     "{0} elements have times that are no dates or years ({1}); they are kept as attributes and bound nothing"},
    {"{0} value that changes with time ({1}) is kept as a figure of its node, with its dates",
     "{0} values that change with time ({1}) are kept as figures of their nodes, with their dates"},
    {"{0} edge has values that change with time ({1}); it became an edge for each date",
     "{0} edges have values that change with time ({1}); each became an edge for every date"},
    {"{0} value that changes with time ({1}) is kept with its dates, as a list in the attribute",
     "{0} values that change with time ({1}) are kept with their dates, as lists in the attributes"},
    {"{0} value that changes with time ({1}): the last one counts, all are kept as the attribute NAME_over_time",
     "{0} values that change with time ({1}): the last ones count, all are kept as the attributes NAME_over_time"},
    {"{0} Maltego property comes twice ({1}); the first value is kept",
     "{0} Maltego properties come twice ({1}); the first values are kept"},
};
static_assert(std::size(note_texts) == static_cast<std::size_t>(GraphNote::maltego) + 1);

/// `a, b, …`, each cut to a length that fits a line.
std::string words_of(const std::vector<std::string>& words, std::size_t shown) {
  constexpr std::size_t longest = 60;
  std::string all;
  for (std::size_t i = 0; i < words.size() && i < shown; ++i) {
    std::string word = words[i];
    if (word.size() > longest) {
      std::size_t end = longest - 3;
      while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) --end;
      word = word.substr(0, end) + "...";
    }
    std::replace(word.begin(), word.end(), '\n', ' ');
    all += (i == 0 ? "" : ", ") + word;
  }
  return words.size() > shown ? all + ", ..." : all;
}

}  // namespace

void GraphRemarks::note(GraphNote what, std::string_view word, std::uint64_t times) {
  Seen& seen = seen_[static_cast<std::size_t>(what)];
  seen.count += times;
  if (word.empty() || seen.words.size() > shown) return;
  if (std::find(seen.words.begin(), seen.words.end(), word) == seen.words.end()) seen.words.emplace_back(word);
}

void GraphRemarks::add(const GraphRemarks& later) {
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const Seen& seen = later.seen_[i];
    if (seen.count == 0) continue;
    note(static_cast<GraphNote>(i), {}, seen.count);
    for (const std::string& word : seen.words) note(static_cast<GraphNote>(i), word, 0);
  }
}

std::vector<std::string> GraphRemarks::lines() const {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const Seen& seen = seen_[i];
    if (seen.count == 0) continue;
    const NoteText& text = note_texts[i];
    lines.push_back(
        fmt::format(fmt::runtime(seen.count == 1 ? text.one : text.several), seen.count, words_of(seen.words, shown)));
  }
  return lines;
}

}  // namespace chokepoint::detail
