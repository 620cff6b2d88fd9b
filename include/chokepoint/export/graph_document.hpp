#pragma once

#include "chokepoint/export/mark.hpp"
#include "chokepoint/export/picture_frame.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/model/table.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint {

/// How the nodes of a picture are placed.
enum class LayoutKind : std::uint8_t {
  automatic,  ///< layered where the graph is small and its edges are mostly dependencies, else by forces in 0.2 s
  layered,    ///< by dependency tier: what depends stands left of what it depends on
  force,      ///< by forces, with time to settle (seconds for 100,000 edges)
};

std::optional<LayoutKind> parse_layout_kind(std::string_view text);  ///< `auto`, `layered`, `force`

/// What rests on what by the requirement rules, on every day and with or without what is only planned, for a page that
/// is walked: nodes, and deliveries of one to a customer. What it says are rows of the document.
struct RequirementGraph {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct State {
    std::uint32_t node = none;  ///< row of the node, or of the item of the delivery
    bool is_delivery = false;
    bool is_place = false;  ///< ends a walk that it did not begin
  };
  /// Whether the rules read a step, or it is only listed with soft dependencies, on the way to what is depended on or
  /// on the way back. A step between places is read and handed on by places that end the walk.
  enum class Kind : std::uint8_t { read, soft_ahead, soft_back, lies_in };
  struct Step {
    std::uint32_t from = 0, to = 0;  ///< states: `from` rests on `to`
    std::uint32_t edge = none;       ///< row of the edge that says so; none: none of its own does
    Kind kind = Kind::read;
    friend auto operator<=>(const Step&, const Step&) = default;
  };
  /// A requirement group as `depends` says it: how many of which edges are needed.
  struct Gate {
    std::uint32_t of = none;  ///< row of the node that needs it
    std::string item{};       ///< id of what is delivered; else empty
    std::string rule{};       ///< all, any, k-of-n, choice, soft
    std::uint32_t k = 0, n = 0;
    std::vector<std::uint32_t> edges{};  ///< rows, sorted
    friend auto operator<=>(const Gate&, const Gate&) = default;
  };
  /// Periods, both ends inclusive: period i + 1 begins on `changes[i]`, period 0 before all of them.
  struct Spell {
    std::size_t first = 0, last = 0;
    std::uint8_t worlds = 0;  ///< 1: among what is settled; 2: with forecasts, plans and recommendations; 3: both
  };
  std::vector<State> states;
  std::vector<std::pair<Step, Spell>> steps;
  std::vector<std::pair<Gate, Spell>> gates;
  std::vector<std::string> changes;  ///< ISO days, sorted
  bool has_every_day = false;        ///< false: one period, which is the day `as_of` alone
};

/// One line of what a page says first.
struct OpeningLine {
  std::vector<std::string> nodes;  ///< ids; the first one is named, a click shows them all
  std::string date;                ///< as written; empty where the line has none
  Labels reason;                   ///< why it stands there
};

/// Lines of one kind, the most important first.
struct OpeningList {
  Labels title;
  std::vector<OpeningLine> lines;
  Labels more;  ///< what is not listed, and what lists it; empty: nothing
};

/// What a page says before it draws anything, in every language that it can be switched to.
struct PageOpening {
  Labels headline;
  std::vector<OpeningList> lists;
};

/// A graph on its way out: records and metrics, already chosen and in order. Every exporter writes one of these.
struct GraphDocument {
  const Ontology* ontology = nullptr;  ///< labels and colours of types; without one types show their ids, in grey
  std::string title;
  std::string language = "en";
  std::vector<Node> nodes;    ///< sorted by id
  std::vector<Edge> edges;    ///< sorted by (type, from, to, id); both ends are in `nodes`
  Columns node_columns;       ///< metrics, aligned with `nodes`
  Columns edge_columns;       ///< metrics, aligned with `edges`
  std::vector<Mark> marks{};  ///< aligned with `nodes`, or empty; where there are marks, pictures are coloured by them
  std::vector<Observation> observations{};         ///< figures about `nodes`, in the reader's order
  std::vector<Source> sources{};                   ///< that the records cite, sorted by id; for readers who want titles
  std::map<std::string, Labels> names{};           ///< labels of nodes that edges and figures name but `nodes` lacks
  std::optional<RequirementGraph> requirements{};  ///< for the explorer alone
  bool is_one_day = false;                         ///< holds only what counts on `as_of`
  std::size_t companions = 0;                      ///< of `nodes`: those that come along as something names them
  bool is_part = false;                            ///< there is more in the database than it holds
  std::optional<PageOpening> opening{};            ///< for the explorer alone, like the next three
  Labels titles{};                                 ///< of the page, where `title` is in one language only
  std::map<std::string, Labels> metric_labels{};   ///< names of `node_columns`
  std::vector<std::uint32_t> importance{};         ///< rows of nodes, in the order in which a page shows them; or empty
  std::string as_of{};                             ///< ISO day on which the reader's look begins; empty: undated
  LayoutKind layout = LayoutKind::automatic;
  PictureFrame
      frame{};  ///< around a drawing; without a title that of the document; its legend follows from what is drawn
};

/// What an exporter had to change or could not say, a sentence each; goes to stderr. Text that came from data is not
/// yet escaped for a terminal.
using ExportWarnings = std::vector<std::string>;

/// Which program a GraphML file is for; the graph and its data are the same in all of them.
enum class GraphmlDialect : std::uint8_t {
  gephi,      ///< edge type in the XML attribute `label` of `<edge>`; visuals under the key names that Gephi reads
  strict,     ///< valid against the GraphML 1.0 schema: ids are name tokens (`/` becomes `_`), the true ids stand in
              ///< the key `id`, the edge type in the key `type` alone
  yed,        ///< shapes, colours, positions and labels as yEd's node and edge graphics
  cytoscape,  ///< `name` and `interaction` columns, colours as `color`
};

std::optional<GraphmlDialect> parse_graphml_dialect(std::string_view text);

/// GraphML. In every dialect: one record a line in the order of the document; key types boolean, int, long, float,
/// double and string, each key for nodes or for edges; `label` in the document's language, `label_en`, `label_zh` …,
/// `type`, the record's own keys, `codes.<scheme>`, `attributes.<key>` (`attributes.<key>:json` for columns of
/// lists, objects or several types), `sources` as model/cell_list.hpp has them, then the metrics (prefixed `metric_`
/// where their name is taken or is a visual); colours by type, sizes by degree, positions from a seeded layout: of more
/// than 50,000 nodes only when `layout` asks for one (else a warning says so), except for yEd. Absent values are left
/// out, except `status`. Edge ids are unique. All edges are directed, since readers refuse a mixture; `symmetric` marks
/// the others. Characters that XML cannot hold become U+FFFD, with a warning. Equal documents give equal bytes.
///
/// Gephi's dialect: the visuals stand in the keys `label` `r` `g` `b` `size` `x` `y` (nodes) and `edgelabel` `r` `g`
/// `b` (edges). `weight` is not written: a share that is unknown would count as 1. Edges of one type on one
/// pair, which Gephi would merge, say a finer type in `label` (`restricts: ai-chip`), and a warning counts them.
/// @throws std::invalid_argument when an edge's end is no node of the document
/// @note O(size) and the layout's bounded work
/// @see U. Brandes et al., GraphML primer; Gephi's GraphML importer
ExportWarnings write_graphml(const GraphDocument& document, GraphmlDialect dialect, std::ostream& out);
inline ExportWarnings write_graphml(const GraphDocument& document, std::ostream& out) {
  return write_graphml(document, GraphmlDialect::gephi, out);
}

/// Versions of GEXF.
enum class GexfVersion : std::uint8_t { v1_2, v1_3 };

std::optional<GexfVersion> parse_gexf_version(std::string_view text);

/// GEXF with the attributes of `write_graphml`. Validity becomes spells with full dates, both ends inclusive;
/// colours, sizes and positions use the viz module. 1.3 says the edge type in `kind`; 1.2 has no kinds, so the type is
/// an attribute only, with a warning where Gephi would merge edges.
/// @throws std::invalid_argument when an edge's end is no node of the document
/// @see GEXF 1.3 primer
/// @param figures  whether dated numbers of `observations` become dynamic attributes `figure.<indicator>…`, of
/// overlapping
///                 claims the first. They stand in a second list of node attributes, which Gephi reads and
///                 graphology-gexf refuses.
ExportWarnings write_gexf(const GraphDocument& document, GexfVersion version, std::ostream& out, bool figures = false);

/// Graphviz: quoted ids, labels in the document's language, colours by type, a font that has Chinese, positions for
/// `neato -n2`. Labels are text, never HTML. @see Graphviz, "DOT Language"
ExportWarnings write_dot(const GraphDocument& document, std::ostream& out);

/// Formats of a drawn graph.
enum class PictureFormat : std::uint8_t { svg, png };

/// Draws the graph on a sheet that fits A4, with title, day, legend and source line (`frame`). Up to 400 nodes and
/// edges that is by Graphviz, whose program `dot` is looked for on PATH and started without a shell: layered boxes, as
/// long as they can be read on paper. What is larger is a map that we draw ourselves: discs at the places of our
/// layout, labels of what is marked first, then where they have room. PNG is made of the SVG by librsvg's
/// `rsvg-convert`.
/// @throws IoError saying how to install the program that is not there, or what it said when it failed
ExportWarnings write_picture(const GraphDocument& document, PictureFormat format, std::ostream& out);

/// How many nodes and edges together a page of `write_html` holds well, and how many of them it draws first.
inline constexpr std::size_t most_page_elements = 50'000, most_opened_elements = 700;

/// The explorer: one HTML page that works offline, with the document as data (records, marks, metrics, figures,
/// sources, places) and everything to search, filter, date and follow it. It opens with `opening` and with the most
/// important part of the graph; the rest is drawn where it is asked for. Text from the data is JSON with `<`, `>` and
/// `&` escaped, and the page's policy admits its own scripts only, by hash.
/// @throws IoError saying what to install when the page was not built in
/// @pre nodes and edges are at most `most_page_elements`, or the reader is patient
ExportWarnings write_html(const GraphDocument& document, std::ostream& out);

/// The two tables of Gephi's spreadsheet import: `Id,Label,…` and `Source,Target,Type,Kind,Id,Label,…`; `Type` is
/// Directed or Undirected, `Kind` the edge type. RFC 4180, LF.
ExportWarnings write_gephi_nodes(const GraphDocument& document, std::ostream& out);
ExportWarnings write_gephi_edges(const GraphDocument& document, std::ostream& out);

/// A workbook of Excel (ECMA-376) with the sheets `nodes`, `edges`, `figures` and `sources`, the columns as CSV and
/// GraphML have them. Numbers, truths and whole days are typed cells, addresses links, headers stay in sight. `import`
/// reads the file back: all but which dataset a record is of.
ExportWarnings write_xlsx(const GraphDocument& document, std::ostream& out);

/// The two files of `neo4j-admin database import`: `id:ID,:LABEL,…` and `:START_ID,:END_ID,:TYPE,id,…` with typed
/// headers; dots in names become underscores, colons two. Needs `--multiline-fields=true` when a warning says so.
/// @see Neo4j Operations Manual, import
ExportWarnings write_neo4j_nodes(const GraphDocument& document, std::ostream& out);
ExportWarnings write_neo4j_edges(const GraphDocument& document, std::ostream& out);

}  // namespace chokepoint
