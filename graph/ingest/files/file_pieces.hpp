#pragma once

#include "ingest/files/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Chained hashes of a file's blocks: enough to notice that it changed between two passes.
class BlockHash {
 public:
  static constexpr std::size_t block_bytes = std::size_t{1} << 18U;
  /// @pre all blocks but the last have `block_bytes`
  void add(std::string_view block);
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

/// Cuts a file into pieces, one after the other, where a format says that it may be cut.
class FilePieces {
 public:
  struct Piece {
    std::string text;
    std::uint64_t begin = 0, end = 0;  ///< in the file
    std::uint64_t line = 1;            ///< of its beginning
  };
  /// Where a text may be cut, at `from` or behind it; the end of the text if nowhere or if that is not sure.
  using FindCut = std::size_t (*)(std::string_view text, std::size_t from);

  /// Begins at the beginning of the file.
  /// @param unsure  how many bytes in front of the end of a text `find_cut` cannot be sure of
  FilePieces(InputFile& file, FindCut find_cut, std::size_t unsure);

  /// Moves to the next piece. @return false behind the last
  /// @param least  its bytes; it is longer by what it takes to a cut
  /// @param most   where looking for a cut is given up; the piece then ends anywhere
  /// @throws IoError
  bool next(Piece& piece, std::size_t least, std::size_t most = std::numeric_limits<std::size_t>::max());
  /// Whether there is nothing behind the last piece.
  [[nodiscard]] bool at_end() const { return rest_.empty() && is_read_; }
  /// Of the whole file, as soon as it is at its end.
  [[nodiscard]] std::uint64_t hash() const { return hash_.value(); }

 private:
  bool read_on(std::string& text);

  InputFile& file_;
  FindCut find_cut_;
  std::size_t unsure_;
  std::string rest_;                    ///< what was read behind the last piece
  std::uint64_t begin_ = 0, line_ = 1;  ///< of the rest
  bool is_read_ = false;
  BlockHash hash_;
};

/// How many lines end in a text.
std::uint64_t lines_in(std::string_view text);

}  // namespace chokepoint::detail
