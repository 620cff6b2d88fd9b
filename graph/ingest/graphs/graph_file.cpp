#include "ingest/graphs/graph_file.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/files/xml_reader.hpp"
#include "ingest/graphs/gexf_handler.hpp"
#include "ingest/graphs/graphml_handler.hpp"

#include <algorithm>
#include <memory>

namespace chokepoint::detail {

void read_graph_file(InputFile& file, GraphFileFormat format, const GraphContext& context,
                     const std::function<void(const GraphElement&)>& on_element,
                     const std::function<void(std::uint64_t, const GraphRemarks&)>& on_bytes) {
  std::unique_ptr<GraphHandler> handler;
  if (format == GraphFileFormat::gexf)
    handler = std::make_unique<GexfHandler>(context, on_element);
  else
    handler = std::make_unique<GraphmlHandler>(context, on_element);
  XmlReader reader(file.name(), *handler);
  handler->attach(reader);
  reader.read(file, [&](std::uint64_t bytes) {
    if (on_bytes) on_bytes(bytes, handler->remarks());
  });
}

bool read_graphml_piece(std::string_view head, std::string_view text, const GraphContext& context,
                        const std::function<void(const GraphElement&)>& on_element, bool is_first,
                        GraphRemarks& remarks) {
  const auto lines_before = static_cast<std::uint64_t>(std::count(head.begin(), head.end(), '\n'));
  const std::function<void(const GraphElement&)> take = [&](const GraphElement& element) {
    on_element({element.kind, element.columns, element.values, element.number, element.line - lines_before});
  };
  GraphmlHandler handler(context, take);
  XmlReader reader("", handler);
  handler.attach(reader);
  try {
    reader.feed(head, false);
    const std::size_t declarations = handler.declarations();
    if (!is_first) handler.forget_remarks();
    reader.feed(text, true);  // the last part: so expat does not count its lines
    remarks.add(handler.remarks());
    return handler.declarations() == declarations;
  } catch (const IngestError&) {
    return false;
  }
}

}  // namespace chokepoint::detail
