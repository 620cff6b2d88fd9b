#pragma once

#include "ingest/graphs/graph_file.hpp"
#include "ingest/graphs/graphml_pieces.hpp"
#include "support/channel.hpp"
#include "support/ordered_pipe.hpp"
#include "support/packed.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace chokepoint::detail {

/// Whether every node of a graph file stands before every edge, as far as its text tells: what is not sure is false.
/// O(bytes), a tenth of what parsing takes
bool nodes_come_first(InputFile& file);

/// The values of an element from their packed form: one for each of its columns, most of them empty. They live as long
/// as the packed ones.
void unpack_values(std::string_view packed, std::size_t columns, std::vector<std::string_view>& values);

/// Elements of a graph file, packed.
class ElementBatch {
 public:
  struct Head {
    FlatKind kind;
    std::uint32_t columns;  ///< which set of columns of the batch
    std::uint64_t number, line;
    std::size_t end;  ///< of its values in `packed`
  };

  void clear();
  void add(const GraphElement& element);
  [[nodiscard]] const std::vector<Head>& elements() const { return elements_; }
  [[nodiscard]] const std::vector<std::vector<FlatColumn>>& column_sets() const { return column_sets_; }
  [[nodiscard]] std::string_view packed() const { return packed_; }

  std::uint64_t bytes = 0;         ///< how many of the file were read, this batch included
  std::uint64_t lines_before = 0;  ///< in the file, where lines are counted from the beginning of a piece
  bool is_sound = true;            ///< false: a piece of the file that does not stand by itself
  GraphRemarks remarks;            ///< of a piece; of the file up to here where it is read in one go

 private:
  std::vector<Head> elements_;
  std::vector<std::vector<FlatColumn>> column_sets_;
  std::array<std::uint32_t, 2> last_sets_{};  ///< by kind, + 1
  std::string packed_;
  Packer packer_;
};

/// The elements of a graph file, parsed in threads of their own: a GraphML file of some size in pieces at the same
/// time, as long as they stand by themselves; from where they do not, and any other file, in one go. What comes out is
/// the same. Memory: some thousand elements, or some pieces for each thread.
class ElementPipe {
 public:
  /// How a file is read in pieces. Smaller files than two pieces are not.
  struct Pieces {
    std::size_t bytes = std::size_t{1} << 20U;
    unsigned threads = parsing_threads();
  };

  /// @param context  what it names lives as long as this, as the file does
  ElementPipe(InputFile& file, GraphFileFormat format, const GraphContext& context)
      : ElementPipe(file, format, context, Pieces()) {}
  ElementPipe(InputFile& file, GraphFileFormat format, const GraphContext& context, Pieces pieces);
  ~ElementPipe();
  ElementPipe(const ElementPipe&) = delete;
  ElementPipe& operator=(const ElementPipe&) = delete;

  /// Moves to the next element. @return false at the end. @throws what parsing threw, behind what came before
  bool next();
  // The element that next() moved to; valid until it is called again.
  [[nodiscard]] FlatKind kind() const { return now_->kind; }
  /// Lives as long as the pipe.
  [[nodiscard]] const std::vector<FlatColumn>& columns() const { return *columns_[now_->columns]; }
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }
  [[nodiscard]] std::string_view packed_values() const { return packed_; }
  [[nodiscard]] std::uint64_t number() const { return now_->number + numbers_before_[index_of(now_->kind)]; }
  [[nodiscard]] std::uint64_t line() const { return now_->line + batch_.lines_before; }
  /// How many bytes of the file were parsed.
  [[nodiscard]] std::uint64_t bytes() const { return batch_.bytes; }
  /// What is to be remarked of the file; complete when next() was false.
  [[nodiscard]] const GraphRemarks& remarks() const { return remarks_; }

 private:
  static std::size_t index_of(FlatKind kind) { return kind == FlatKind::nodes ? 0 : 1; }
  bool next_batch();
  bool next_piece();
  void read_pieces(Pieces how);
  void read_as_a_whole();
  void give();

  InputFile& file_;
  GraphFileFormat format_;
  const GraphContext context_;

  // The batch that is being taken.
  ElementBatch batch_;
  std::deque<std::vector<FlatColumn>> column_sets_;      ///< hardly ever more than two
  std::vector<const std::vector<FlatColumn>*> columns_;  ///< those of the batch
  std::array<std::uint64_t, 2> numbers_before_{};  ///< elements in front of the batch, where it counts from itself
  std::uint64_t taken_ = 0;                        ///< elements
  GraphRemarks remarks_;
  const ElementBatch::Head* now_ = nullptr;
  std::size_t at_ = 0, begin_ = 0;
  std::string_view packed_;
  std::vector<std::string_view> values_;

  // In pieces.
  std::optional<GraphmlPieces> pieces_;
  std::optional<OrderedPipe<FilePieces::Piece, ElementBatch>> parsed_pieces_;
  // As a whole.
  std::uint64_t passed_over_ = 0;  ///< elements that were taken before
  ElementBatch filled_;
  Channel<ElementBatch> channel_;
  std::jthread thread_;
};

}  // namespace chokepoint::detail
