#include "ingest/graphs/graphml_pieces.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/files/xml_reader.hpp"

#include <string_view>
#include <vector>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_head = std::size_t{1} << 18U;
constexpr std::size_t name_bytes = 5;  // of "<node" and "<edge"

/// Where a node or an edge begins at `from` or behind it; the end of the text if none does.
std::size_t find_element(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view name = text.substr(at, name_bytes);
    if ((name == "<node" || name == "<edge") && at + name_bytes < text.size() &&
        std::string_view(" \t\r\n/>").find(text[at + name_bytes]) != std::string_view::npos)
      return at;
  }
  return text.size();
}

/// Remembers which elements are open.
class OpenElements : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes&) override { names_.emplace_back(name); }
  void end(std::string_view) override { names_.pop_back(); }
  void text(std::string_view) override {}
  [[nodiscard]] std::string ends() const {
    std::string all;
    for (auto name = names_.rbegin(); name != names_.rend(); ++name) all += "</" + *name + ">";
    return all;
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

GraphmlPieces::GraphmlPieces(InputFile& file) : pieces_(file, find_element, name_bytes) {
  pieces_.next(head_, 0, longest_head);
  if (head_.text.size() >= longest_head || pieces_.at_end()) return;
  OpenElements open;
  try {
    XmlReader("", open).feed(head_.text, false);
  } catch (const IngestError&) {
    return;  // whoever reads the file as a whole tells what is wrong
  }
  tail_ = open.ends();
}

bool GraphmlPieces::next(FilePieces::Piece& piece, std::size_t bytes) {
  if (!pieces_.next(piece, bytes)) return false;
  if (!pieces_.at_end()) piece.text += tail_;
  return true;
}

}  // namespace chokepoint::detail
