#include "ingest/graphs/element_pipe.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t elements_in_batch = 4096;  // waking the other thread costs as much as a hundred
constexpr std::size_t block_bytes = std::size_t{1} << 18U;

/// Whether a word stands in the text as the name of an element, with a prefix or without.
bool names_element(std::string_view text, std::string_view word) {
  std::size_t from = 0;
  while (const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size())) {
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (at > 0 && (text[at - 1] == '<' || text[at - 1] == ':')) return true;
    from = at + 1;
  }
  return false;
}

}  // namespace

bool nodes_come_first(InputFile& file) {
  constexpr std::size_t kept_bytes = 8;  // of the block before, so that no name is cut
  file.rewind();
  std::string block(block_bytes, '\0');
  std::size_t kept = 0;
  bool is_first = true, edge_seen = false, in_order = true;
  while (in_order) {
    const std::size_t got = file.read(block.data() + kept, block.size() - kept);
    if (got == 0) break;
    const std::string_view text(block.data(), kept + got);
    if (std::exchange(is_first, false)) {
      // Two bytes a character hide the names.
      const std::string_view begin = text.substr(0, 4);
      in_order = begin.find('\0') == std::string_view::npos && !begin.starts_with("\xFE\xFF") &&
                 !begin.starts_with("\xFF\xFE");
    }
    if (!edge_seen) {
      const std::size_t edge = std::min(text.find("<edge"), text.find(":edge"));
      edge_seen = edge != std::string_view::npos;
      if (edge_seen) in_order = in_order && !names_element(text.substr(edge), "node");
    } else {
      in_order = in_order && !names_element(text, "node");
    }
    kept = std::min(text.size(), kept_bytes);
    std::memmove(block.data(), text.data() + text.size() - kept, kept);
  }
  file.rewind();
  return in_order;
}

void unpack_values(std::string_view packed, std::size_t columns, std::vector<std::string_view>& values) {
  values.assign(columns, {});
  Unpacker fields(packed);
  while (!fields.at_end()) {
    std::string_view& value = values[fields.number()];
    value = fields.text();
  }
}

void ElementBatch::clear() {
  elements_.clear();
  column_sets_.clear();
  last_sets_ = {};
  packed_.clear();
  lines_before = 0;
  is_sound = true;
  remarks.clear();
}

void ElementBatch::add(const GraphElement& element) {
  packer_.clear();
  for (std::size_t i = 0; i < element.values.size(); ++i) {
    if (element.values[i].empty()) continue;
    packer_.number(i);
    packer_.text(element.values[i]);
  }
  packed_ += packer_.bytes();
  // Columns hardly ever change inside a file, and only by becoming more.
  std::uint32_t& last = last_sets_[element.kind == FlatKind::nodes ? 0 : 1];
  if (last == 0 || column_sets_[last - 1].size() != element.columns.size()) {
    column_sets_.push_back(element.columns);
    last = static_cast<std::uint32_t>(column_sets_.size());
  }
  elements_.push_back({element.kind, last - 1, element.number, element.line, packed_.size()});
}

ElementPipe::ElementPipe(InputFile& file, GraphFileFormat format, const GraphContext& context, Pieces pieces)
    : file_(file), format_(format), context_(context) {
  if (format == GraphFileFormat::graphml && file.size() / 2 >= pieces.bytes) pieces_.emplace(file);
  if (pieces_ && pieces_->has_head())
    read_pieces(pieces);
  else
    read_as_a_whole();
}

ElementPipe::~ElementPipe() { channel_.leave(); }

void ElementPipe::read_pieces(Pieces how) {
  const auto parse = [this](const FilePieces::Piece& piece, ElementBatch& batch) {
    batch.clear();
    const std::function<void(const GraphElement&)> take = [&](const GraphElement& element) { batch.add(element); };
    const bool is_first = piece.begin == pieces_->head().size();
    batch.is_sound = read_graphml_piece(pieces_->head(), piece.text, context_, take, is_first, batch.remarks);
    batch.lines_before = piece.line - 1;
    batch.bytes = piece.end;
  };
  const auto next = [this, how](FilePieces::Piece& piece) { return pieces_->next(piece, how.bytes); };
  parsed_pieces_.emplace(how.threads, next, parse);
}

/// Goes on behind the elements that were taken from pieces.
void ElementPipe::read_as_a_whole() {
  parsed_pieces_.reset();
  passed_over_ = taken_;
  numbers_before_ = {};
  remarks_.clear();
  thread_ = std::jthread([this] {
    const std::function<void(const GraphElement&)> take = [this](const GraphElement& element) {
      if (passed_over_ > 0) {
        --passed_over_;
        return;
      }
      filled_.add(element);
      if (filled_.elements().size() == elements_in_batch) give();
    };
    const auto read = [&] {
      read_graph_file(file_, format_, context_, take, [this](std::uint64_t bytes, const GraphRemarks& remarks) {
        filled_.bytes = bytes;
        filled_.remarks = remarks;
      });
    };
    feed(channel_, read, [this] { give(); });
  });
}

void ElementPipe::give() {
  const std::uint64_t bytes = filled_.bytes;
  GraphRemarks remarks = filled_.remarks;
  if (!channel_.give(filled_)) throw ConsumerGone();
  filled_.clear();
  filled_.bytes = bytes;
  filled_.remarks = std::move(remarks);
}

/// @return false behind the last piece, and at one that does not stand by itself
bool ElementPipe::next_piece() {
  std::array<std::uint64_t, 2> numbers{};
  for (const ElementBatch::Head& head : batch_.elements()) numbers[index_of(head.kind)] = head.number;
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers_before_[i] += numbers[i];
  batch_.clear();
  return parsed_pieces_->take(batch_) && batch_.is_sound;
}

bool ElementPipe::next_batch() {
  taken_ += batch_.elements().size();
  if (parsed_pieces_ && !next_piece()) {
    if (batch_.is_sound) return false;
    batch_.clear();
    read_as_a_whole();
  }
  const bool is_whole = !parsed_pieces_;
  if (is_whole && !channel_.take(batch_)) return false;
  if (is_whole) remarks_.clear();  // a batch tells all that came before it, too
  remarks_.add(batch_.remarks);
  at_ = begin_ = 0;
  columns_.clear();
  for (const std::vector<FlatColumn>& set : batch_.column_sets()) {
    auto known = std::find(column_sets_.begin(), column_sets_.end(), set);
    if (known == column_sets_.end()) known = column_sets_.insert(column_sets_.end(), set);
    columns_.push_back(&*known);
  }
  return true;
}

bool ElementPipe::next() {
  while (at_ == batch_.elements().size())
    if (!next_batch()) return false;
  now_ = &batch_.elements()[at_++];
  packed_ = batch_.packed().substr(begin_, now_->end - begin_);
  unpack_values(packed_, columns().size(), values_);
  begin_ = now_->end;
  return true;
}

}  // namespace chokepoint::detail
