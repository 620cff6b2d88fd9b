#pragma once

#include "ingest/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace chokepoint::detail {

/// Cuts a GraphML file into pieces that begin in front of a node or an edge and can be parsed at the same time. That is a
/// guess, since only a parser knows what is an element: it holds as long as every piece, behind the head of the file and
/// with the tail at its end, is well-formed and declares nothing. For what is open at the end of such a piece is what the
/// head left open, and so the next piece begins as if the head were in front of it.
class GraphmlPieces {
 public:
  struct Piece {
    std::string text;       ///< with the tail, except that of the last piece, which has its own
    std::uint64_t end = 0;  ///< in the file
  };

  /// Reads what stands in front of the first element.
  /// @param piece_bytes  size of a piece, at least 1; each is as much longer as its last element takes
  GraphmlPieces(InputFile& file, std::size_t piece_bytes);

  /// Whether there is a head, not too long, behind which elements come.
  [[nodiscard]] bool has_head() const { return !head_.empty(); }
  [[nodiscard]] const std::string& head() const { return head_; }

  /// Moves to the next piece. @pre has_head(). @return false behind the last. @throws IoError
  bool next(Piece& piece);

 private:
  bool read_on(std::string& text);

  InputFile& file_;
  std::size_t piece_bytes_;
  std::string head_;
  std::string tail_;  ///< ends what the head leaves open
  std::string rest_;  ///< what was read behind the last piece
  std::uint64_t read_bytes_ = 0;
  bool is_at_end_ = false;
};

}  // namespace chokepoint::detail
