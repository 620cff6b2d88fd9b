#include "ingest/graphml_pieces.hpp"

#include "ingest/xml_reader.hpp"

#include "chokepoint/model/error.hpp"

#include <algorithm>
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

GraphmlPieces::GraphmlPieces(InputFile& file, std::size_t piece_bytes) : file_(file), piece_bytes_(piece_bytes) {
  file.rewind();
  std::size_t begin = 0;
  while (begin == rest_.size() && begin < longest_head && read_on(rest_))
    begin = find_element(rest_, begin - std::min(begin, name_bytes));
  if (begin == rest_.size() || begin > longest_head) return;
  const std::string head = rest_.substr(0, begin);
  OpenElements open;
  try {
    XmlReader("", open).feed(head, false);
  } catch (const IngestError&) {
    return;  // whoever reads the file as a whole tells what is wrong
  }
  tail_ = open.ends();
  if (tail_.empty()) return;
  head_ = head;
  rest_.erase(0, begin);
}

bool GraphmlPieces::read_on(std::string& text) {
  const std::size_t size = text.size();
  text.resize(size + piece_bytes_);
  const std::size_t got = file_.read(text.data() + size, piece_bytes_);
  text.resize(size + got);
  read_bytes_ += got;
  is_at_end_ = got == 0;
  return !is_at_end_;
}

bool GraphmlPieces::next(Piece& piece) {
  if (rest_.empty() && is_at_end_) return false;
  piece.text.swap(rest_);
  rest_.clear();
  // A name may go on in what has not been read yet.
  std::size_t from = piece_bytes_, cut = find_element(piece.text, from);
  while (cut == piece.text.size() && read_on(piece.text)) {
    from = std::max(from, cut - std::min(cut, name_bytes));
    cut = find_element(piece.text, from);
  }
  rest_.assign(piece.text, cut);
  piece.text.resize(cut);
  if (!rest_.empty()) piece.text += tail_;
  piece.end = read_bytes_ - rest_.size();
  return true;
}

}  // namespace chokepoint::detail
