#pragma once

#include "ingest/input_file.hpp"
#include "ingest/record_input.hpp"
#include "ingest/record_reader.hpp"
#include "ingest/record_stream.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Called now and then with bytes read so far and in all.
using ReadProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// The dataset format: JSON files, JSON Lines files and folders of them. Read twice, first nodes and sources, then edges
/// and observations, so that nodes may follow their edges.
class JsonInput : public RecordInput {
 public:
  JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source, const ReadProgress& progress,
            const std::vector<std::filesystem::path>& inputs);
  /// A text in memory that is called `name`. @pre it outlives the input
  JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source, const ReadProgress& progress,
            const std::string& name, std::string_view text);

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
  std::deque<InputFile> files_;  // their names stay where they are
  std::uint64_t total_bytes_ = 0, bytes_done_ = 0;
  std::vector<std::uint64_t> first_hashes_;
};

}  // namespace chokepoint::detail
