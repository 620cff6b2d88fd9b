#include "ingest/files/file_pieces.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>

namespace chokepoint::detail {

void BlockHash::add(std::string_view block) { value_ = value_ * 0x9E3779B97F4A7C15ULL + hash_bytes(block); }

std::uint64_t lines_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

FilePieces::FilePieces(InputFile& file, FindCut find_cut, std::size_t unsure)
    : file_(file), find_cut_(find_cut), unsure_(unsure) {
  file.rewind();
}

bool FilePieces::read_on(std::string& text) {
  const std::size_t size = text.size();
  text.resize(size + BlockHash::block_bytes);
  const std::size_t got = file_.read(text.data() + size, BlockHash::block_bytes);
  text.resize(size + got);
  hash_.add(std::string_view(text).substr(size));
  is_read_ = got == 0;
  return !is_read_;
}

bool FilePieces::next(Piece& piece, std::size_t least, std::size_t most) {
  if (at_end()) return false;
  piece.text.swap(rest_);
  std::size_t from = least, cut = find_cut_(piece.text, from);
  while (cut == piece.text.size() && cut < most && read_on(piece.text)) {
    from = std::max(from, cut - std::min(cut, unsure_));
    cut = find_cut_(piece.text, from);
  }
  rest_.assign(piece.text, cut);
  piece.text.resize(cut);
  piece.begin = begin_;
  piece.line = line_;
  begin_ = piece.end = begin_ + cut;
  line_ += lines_in(piece.text);
  return cut > 0 || !at_end();
}

}  // namespace chokepoint::detail
