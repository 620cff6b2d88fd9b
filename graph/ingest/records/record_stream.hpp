#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/checking/problems.hpp"
#include "ingest/files/file_pieces.hpp"
#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace chokepoint::detail {

enum class Section : std::uint8_t { dataset, source, node, edge, observation };

/// One record as it stands in the file.
struct RawRecord {
  Section section = Section::dataset;
  Json value;
  std::uint64_t line = 0;  ///< where the record begins
};

/// What a pass over one file wants.
struct StreamOptions {
  std::function<bool(Section)> wanted;  ///< records of other sections are skipped without being built
  std::function<void(RawRecord&&)> on_record;
  std::function<void(std::uint64_t)> on_bytes;  ///< bytes read so far, now and then
};

/// What a pass over a file tells of it.
struct StreamedFile {
  std::uint64_t hash = 0;  ///< of its blocks, so that two passes can be compared
  bool has_lines = false;  ///< it is JSON Lines
};

/// Streams the records of a file in the dataset format: one object with the lists `sources`, `nodes`, `edges` and
/// `observations`, one object with a list `datasets` of such objects, or JSON Lines of `{"node":…}` objects; told apart
/// by what stands there. A line that is no JSON is a problem and the next line is read on; anywhere else reading stops
/// at what is no JSON. Memory: one record.
StreamedFile stream_records(InputFile& file, const StreamOptions& options, Problems& problems);

/// The same for a piece of JSON Lines. @param name  of the file. @return whether it is whole values, one record each
bool stream_lines(const FilePieces::Piece& piece, const std::string& name, const StreamOptions& options);

}  // namespace chokepoint::detail
