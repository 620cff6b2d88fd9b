#pragma once

#include "chokepoint/model/record.hpp"

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>

namespace chokepoint {

/// How a dataset stands in its file.
enum class DatasetForm : std::uint8_t {
  document,  ///< one JSON object whose lists hold one record a line: made for reading and for diffs
  lines,  ///< JSON Lines: `{"dataset":…}`, then `{"source":…}`, `{"node":…}`, `{"edge":…}`, `{"observation":…}`
};

/// Writes the dataset format record by record, so that memory does not grow with the dataset. Records are written as
/// `to_json` gives them, in the order they come: hand them over as a Reader streams them (sorted) and equal databases
/// give equal bytes. What it writes can be imported again.
///
///     DatasetWriter writer(out, DatasetForm::document);
///     writer.begin(info);
///     reader.for_each_source(id, [&](const Source& source) { writer.write(source); });
///     … nodes, edges, observations …
///     writer.end();
class DatasetWriter {
 public:
  /// @param out  outlives the writer; its state says whether writing succeeded
  DatasetWriter(std::ostream& out, DatasetForm form);
  ~DatasetWriter();
  DatasetWriter(const DatasetWriter&) = delete;
  DatasetWriter& operator=(const DatasetWriter&) = delete;

  /// Several datasets: this before the first `begin`, `end_list` after the last `end`. A document is then one object
  /// with the list `datasets`; lines need no more than the header of each.
  void begin_list();
  void end_list();

  /// Once for each dataset, first. @param info  nullopt (or an empty id) for records of several datasets: no `dataset`
  /// is written
  void begin(const std::optional<DatasetInfo>& info);
  /// @throws std::logic_error for a record before `begin`, after `end`, or of an earlier kind than the last: sources
  ///         come first, then nodes, edges, observations
  void write(const Source& source);
  void write(const Node& node);
  void write(const Edge& edge);
  void write(const Observation& observation);
  /// Once for each dataset, last; without it the file is not complete, and a document is no JSON.
  void end();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint
