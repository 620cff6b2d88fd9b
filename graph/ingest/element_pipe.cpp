#include "ingest/element_pipe.hpp"

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
      in_order = begin.find('\0') == std::string_view::npos && !begin.starts_with("\xFE\xFF") && !begin.starts_with("\xFF\xFE");
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

ElementPipe::ElementPipe(InputFile& file, GraphFileFormat format, const ColumnMap& map)
    : thread_([this, &file, format, &map] { parse(file, format, map); }) {}

ElementPipe::~ElementPipe() { channel_.leave(); }

void ElementPipe::parse(InputFile& file, GraphFileFormat format, const ColumnMap& map) {
  const auto read = [&] {
    const std::function<void(const GraphElement&)> take = [this](const GraphElement& element) { add(element); };
    read_graph_file(file, format, map, take, [this](std::uint64_t bytes) { filled_.bytes = bytes; });
  };
  feed(channel_, read, [this] { give(); });
}

/// Columns hardly ever change inside a file: each set is kept once.
const std::vector<FlatColumn>* ElementPipe::columns_of(const GraphElement& element) {
  auto& last = last_columns_[element.kind == FlatKind::nodes ? 0 : 1];
  if (last == nullptr || last->size() != element.columns.size()) last = &column_sets_.emplace_back(element.columns);
  return last;
}

void ElementPipe::add(const GraphElement& element) {
  packer_.clear();
  for (std::size_t i = 0; i < element.values.size(); ++i) {
    if (element.values[i].empty()) continue;
    packer_.number(i);
    packer_.text(element.values[i]);
  }
  filled_.packed += packer_.bytes();
  filled_.elements.push_back({element.kind, columns_of(element), element.number, element.line, filled_.packed.size()});
  if (filled_.elements.size() == elements_in_batch) give();
}

void ElementPipe::give() {
  const std::uint64_t bytes = filled_.bytes;
  if (!channel_.give(filled_)) throw NotWanted();
  filled_.elements.clear();
  filled_.packed.clear();
  filled_.bytes = bytes;
}

bool ElementPipe::next() {
  while (at_ == batch_.elements.size()) {
    if (!channel_.take(batch_)) return false;
    at_ = begin_ = 0;
  }
  now_ = &batch_.elements[at_++];
  packed_ = std::string_view(batch_.packed).substr(begin_, now_->end - begin_);
  unpack_values(packed_, now_->columns->size(), values_);
  begin_ = now_->end;
  return true;
}

}  // namespace chokepoint::detail
