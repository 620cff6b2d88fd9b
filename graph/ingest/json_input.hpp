#pragma once

#include "ingest/input_file.hpp"
#include "ingest/record_input.hpp"
#include "ingest/record_reader.hpp"
#include "ingest/record_stream.hpp"

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

/// The dataset format: JSON files, JSON Lines files and folders of them. Read twice, first nodes and sources, then edges
/// and observations, so that nodes may follow their edges.
class JsonInput : public RecordInput {
 public:
  /// @param files  outlive the input
  /// @param choice  nullptr: they hold one dataset. It outlives the input
  JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source, const ReadProgress& progress,
            std::deque<InputFile>& files, const DatasetChoice* choice = nullptr);

  void read_nodes(RecordSink& sink) override;
  /// @throws IoError when the files are not what they were
  void read_facts(RecordSink& sink) override;
  [[nodiscard]] std::string name() const override { return files_.front().name(); }
  [[nodiscard]] const Problems& seen_twice() const override { return second_pass_; }

 private:
  template <typename OnRecord>
  std::vector<std::uint64_t> pass(bool (*wanted)(Section), Problems& problems, OnRecord&& on_record);
  void hand_over_node(const RawRecord& record, const Place& place, RecordSink& sink);
  void hand_over_fact(const RawRecord& record, const Place& place, RecordSink& sink);

  Problems& problems_;
  Problems second_pass_;
  RecordReader reader_;
  const ReadProgress& progress_;
  std::deque<InputFile>& files_;  // their names stay where they are
  const DatasetChoice* choice_;
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
  std::vector<std::uint64_t> first_hashes_;
};

/// The files behind what the user named; standard input is read.
std::deque<InputFile> open_inputs(const std::vector<std::filesystem::path>& inputs);

/// The datasets that the files declare, in their order; one choice for each.
/// @throws UsageError when a file declares none and those of its folder do not agree
std::vector<DatasetChoice> datasets_in(std::deque<InputFile>& files);

}  // namespace chokepoint::detail
