#pragma once

#include "ingest/checking/record_reader.hpp"
#include "ingest/files/file_pieces.hpp"
#include "ingest/files/input_file.hpp"
#include "ingest/records/fact_batch.hpp"
#include "ingest/records/record_input.hpp"
#include "ingest/records/record_stream.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Called now and then with bytes read so far and in all.
using ReadProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// Which of several datasets in the same files is read.
struct DatasetChoice {
  std::string id;
  std::vector<std::string> first;  ///< by file: the dataset of the records before its first header
};

/// The dataset format: JSON files, JSON Lines files and folders of them. Read twice, first nodes and sources, then
/// edges and observations, so that nodes may follow their edges; the latter, in JSON Lines of some size, in pieces that
/// are parsed and checked at the same time.
class JsonInput : public RecordInput {
 public:
  /// @param files  outlive the input
  /// @param choice  nullptr: they hold one dataset. It outlives the input
  /// @param updates  as for RecordReader
  /// @param piece_bytes  of the pieces that large files are read in
  JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
            const ReadProgress& progress, std::deque<InputFile>& files, const DatasetChoice* choice = nullptr,
            bool updates = false, std::size_t piece_bytes = std::size_t{1} << 20U);

  void read_nodes(RecordSink& sink) override;
  /// @throws IoError when the files are not what they were
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return files_.front().name(); }
  [[nodiscard]] std::uint64_t bytes() const override { return total_bytes_ / 2; }
  [[nodiscard]] const Problems& seen_twice() const override { return second_pass_; }

 private:
  /// Facts of a piece of a file.
  struct Facts {
    FactBatch batch;
    std::uint64_t records = 0;  ///< facts, those that were refused included
    std::uint64_t bytes = 0;    ///< of the file, to the end of the piece
    bool is_sound = true;       ///< false: the piece is not whole lines
  };

  template <typename OnRecord>
  StreamedFile pass(std::uint32_t number, bool (*wanted)(Section), Problems& problems, OnRecord&& on_record);
  void hand_over_node(const RawRecord& record, const Place& place, RecordSink& sink);
  void hand_over_fact(const RawRecord& record, const Place& place, RecordSink& sink);
  std::uint64_t read_facts_at_once(std::uint32_t number, std::uint64_t passed_over, RecordSink& sink);
  std::uint64_t read_facts_in_pieces(std::uint32_t number, RecordSink& sink);
  void read_piece(const FilePieces::Piece& piece, std::uint32_t number, Facts& facts) const;
  void tell_progress(std::uint64_t bytes) const {
    if (progress_) progress_(std::min(bytes_done_ + bytes, total_bytes_), total_bytes_);
  }

  const Ontology& ontology_;
  const std::string& default_source_;
  Problems& problems_;
  Problems second_pass_;
  RecordReader reader_;
  const ReadProgress& progress_;
  std::deque<InputFile>& files_;  // their names stay where they are
  const DatasetChoice* choice_;
  bool updates_;
  std::size_t piece_bytes_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
  std::vector<StreamedFile> first_pass_;
};

/// The files behind what the user named; standard input is read.
std::deque<InputFile> open_inputs(const std::vector<std::filesystem::path>& inputs);

/// The datasets that the files declare, in their order; one choice for each.
/// @throws UsageError when a file declares none and those of its folder do not agree
std::vector<DatasetChoice> datasets_in(std::deque<InputFile>& files);

}  // namespace chokepoint::detail
