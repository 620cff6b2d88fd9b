#include "ingest/json_input.hpp"

#include "chokepoint/model/error.hpp"

#include <utility>

namespace chokepoint::detail {

JsonInput::JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                     const ReadProgress& progress, const std::vector<std::filesystem::path>& inputs)
    : problems_(problems), reader_(ontology, problems, default_source), progress_(progress) {
  for (const auto& path : expand_inputs(inputs)) files_.emplace_back(path);
  for (const InputFile& file : files_) total_bytes_ += 2 * file.size();
}

JsonInput::JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                     const ReadProgress& progress, const std::string& name, std::string_view text)
    : problems_(problems), reader_(ontology, problems, default_source), progress_(progress) {
  files_.emplace_back(name, text);
  total_bytes_ = 2 * text.size();
}

template <typename OnRecord>
std::vector<std::uint64_t> JsonInput::pass(bool (*wanted)(Section), Problems& problems, OnRecord&& on_record) {
  std::vector<std::uint64_t> hashes;
  std::uint32_t number = 0;
  for (InputFile& file : files_) {
    StreamOptions stream;
    stream.wanted = wanted;
    stream.on_record = [&](RawRecord&& record) { on_record(record, Place{file.name(), record.line, number}); };
    if (progress_)
      stream.on_bytes = [&](std::uint64_t bytes) { progress_(bytes_done_ + bytes, total_bytes_); };
    hashes.push_back(stream_records(file, stream, problems));
    bytes_done_ += file.size();
    ++number;
  }
  return hashes;
}

void JsonInput::hand_over_node(const RawRecord& record, const Place& place, RecordSink& sink) {
  switch (record.section) {
    case Section::dataset:
      if (const auto info = reader_.dataset(record.value, place)) sink.dataset(*info, place);
      break;
    case Section::source:
      if (auto source = reader_.source(record.value, place)) sink.source(*std::move(source), place);
      break;
    default:
      if (const auto node = reader_.node(record.value, place)) {
        sink.node(*node, place);
      } else if (const Json* id = record.value.find("id"); id != nullptr && id->is_string()) {
        sink.refused_node(id->as_string());
      }
  }
}

void JsonInput::hand_over_fact(const RawRecord& record, const Place& place, RecordSink& sink) {
  if (record.section == Section::edge) {
    if (auto edge = reader_.edge(record.value, place)) sink.edge(*edge, place);
  } else if (auto observation = reader_.observation(record.value, place)) {
    sink.observation(*observation, place);
  }
}

void JsonInput::read_nodes(RecordSink& sink) {
  first_hashes_ = pass([](Section s) { return s == Section::dataset || s == Section::source || s == Section::node; },
                       problems_, [&](const RawRecord& record, const Place& place) { hand_over_node(record, place, sink); });
}

void JsonInput::read_facts(RecordSink& sink) {
  const auto hashes =
      pass([](Section s) { return s == Section::edge || s == Section::observation; }, second_pass_,
           [&](const RawRecord& record, const Place& place) { hand_over_fact(record, place, sink); });
  if (hashes != first_hashes_) throw IoError("the input changed while it was read; nothing was imported");
}

}  // namespace chokepoint::detail
