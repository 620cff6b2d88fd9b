#pragma once

#include "ingest/records/record_input.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Several inputs as one: files of different formats in one dataset.
class JoinedInput : public RecordInput {
 public:
  explicit JoinedInput(std::vector<std::unique_ptr<RecordInput>> inputs) : inputs_(std::move(inputs)) {}

  void read_nodes(RecordSink& sink) override {
    for (auto& input : inputs_) input->read_nodes(sink);
  }
  void read_facts(RecordSink& sink) override {
    for (auto& input : inputs_) input->read_facts(sink);
  }
  [[nodiscard]] std::string name() const override { return inputs_.front()->name(); }
  [[nodiscard]] std::uint64_t bytes() const override {
    std::uint64_t sum = 0;
    for (const auto& input : inputs_) sum += input->bytes();
    return sum;
  }
  [[nodiscard]] std::vector<std::string> remarks() const override {
    std::vector<std::string> all;
    for (const auto& input : inputs_)
      for (std::string& line : input->remarks()) all.push_back(std::move(line));
    return all;
  }
  [[nodiscard]] std::vector<std::string> hints() const override {
    std::vector<std::string> all;
    for (const auto& input : inputs_)
      for (std::string& line : input->hints()) all.push_back(std::move(line));
    return all;
  }
  [[nodiscard]] bool ids_are_ours() const override {
    return std::all_of(inputs_.begin(), inputs_.end(), [](const auto& input) { return input->ids_are_ours(); });
  }
  void describe_source(Source& source) const override {
    for (const auto& input : inputs_) input->describe_source(source);
  }
  [[nodiscard]] const Problems& seen_twice() const override { return inputs_.front()->seen_twice(); }

 private:
  std::vector<std::unique_ptr<RecordInput>> inputs_;
};

}  // namespace chokepoint::detail
