#pragma once

#include "chokepoint/export/picture_frame.hpp"
#include "chokepoint/query/session.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Numbers of the sources that a picture cites, in the order in which they are first cited.
class PictureSources {
 public:
  explicit PictureSources(const Session& session) : session_(&session) {}

  /// Their numbers, from 1; each once, sorted.
  std::vector<std::size_t> numbers_of(std::span<const Citation> citations);
  /// Fills in the frame's source line: the numbered list, or where nothing is cited that the picture is computed.
  void set(PictureFrame& frame) const;

 private:
  const Session* session_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> ids_;
};

/// A frame with title, day and, for pictures that are computed from many facts, where those come from.
PictureFrame picture_frame(const Session& session, std::string title);
/// Title, publisher and date of a source.
std::string source_text(const Session& session, const Source& source);
/// That the picture is computed, from which datasets.
void set_computed_source(const Session& session, PictureFrame& frame);

}  // namespace chokepoint::detail
