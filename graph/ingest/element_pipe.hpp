#pragma once

#include "ingest/graph_file.hpp"

#include "store/channel.hpp"
#include "store/packed.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace chokepoint::detail {

/// Whether every node of a graph file stands before every edge, as far as its text tells: what is not sure is false.
/// O(bytes), a tenth of what parsing takes
bool nodes_come_first(InputFile& file);

/// The values of an element from their packed form: one for each of its columns, most of them empty. They live as long as
/// the packed ones.
void unpack_values(std::string_view packed, std::size_t columns, std::vector<std::string_view>& values);

/// The elements of a graph file, parsed in a thread of their own. Memory: some thousand elements.
class ElementPipe {
 public:
  /// @param map  lives as long as this, as the file does
  ElementPipe(InputFile& file, GraphFileFormat format, const ColumnMap& map);
  ~ElementPipe();
  ElementPipe(const ElementPipe&) = delete;
  ElementPipe& operator=(const ElementPipe&) = delete;

  /// Moves to the next element. @return false at the end. @throws what parsing threw, behind what came before
  bool next();
  // The element that next() moved to; valid until it is called again.
  [[nodiscard]] FlatKind kind() const { return now_->kind; }
  /// Lives as long as the pipe.
  [[nodiscard]] const std::vector<FlatColumn>& columns() const { return *now_->columns; }
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }
  [[nodiscard]] std::string_view packed_values() const { return packed_; }
  [[nodiscard]] std::uint64_t number() const { return now_->number; }
  [[nodiscard]] std::uint64_t line() const { return now_->line; }
  /// How many bytes of the file were parsed.
  [[nodiscard]] std::uint64_t bytes() const { return batch_.bytes; }

 private:
  struct Head {
    FlatKind kind;
    const std::vector<FlatColumn>* columns;
    std::uint64_t number, line;
    std::size_t end;  ///< of its values in `packed`
  };
  struct Batch {
    std::vector<Head> elements;
    std::string packed;
    std::uint64_t bytes = 0;
  };
  void parse(InputFile& file, GraphFileFormat format, const ColumnMap& map);
  void add(const GraphElement& element);
  const std::vector<FlatColumn>* columns_of(const GraphElement& element);
  void give();

  // Of the thread that parses.
  Batch filled_;
  Packer packer_;
  std::deque<std::vector<FlatColumn>> column_sets_;  ///< those that were given away stay where they are
  std::array<const std::vector<FlatColumn>*, 2> last_columns_{};

  Channel<Batch> channel_;
  Batch batch_;
  const Head* now_ = nullptr;
  std::size_t at_ = 0, begin_ = 0;
  std::string_view packed_;
  std::vector<std::string_view> values_;
  std::jthread thread_;
};

}  // namespace chokepoint::detail
