#include "ingest/json_input.hpp"

#include "chokepoint/model/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

JsonInput::JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                     const ReadProgress& progress, std::deque<InputFile>& files, const DatasetChoice* choice)
    : problems_(problems), reader_(ontology, problems, default_source), progress_(progress), files_(files), choice_(choice) {
  for (const InputFile& file : files_) total_bytes_ += 2 * file.size();
}

template <typename OnRecord>
std::vector<std::uint64_t> JsonInput::pass(bool (*wanted)(Section), Problems& problems, OnRecord&& on_record) {
  std::vector<std::uint64_t> hashes;
  std::uint32_t number = 0;
  for (InputFile& file : files_) {
    bool chosen = choice_ == nullptr || choice_->first[number] == choice_->id;
    StreamOptions stream;
    stream.wanted = [&](Section section) { return section == Section::dataset || (chosen && wanted(section)); };
    stream.on_record = [&](RawRecord&& record) {
      if (record.section == Section::dataset && choice_ != nullptr) {
        const Json* id = record.value.find("id");
        chosen = id != nullptr && id->is_string() && id->as_string() == choice_->id;
      }
      if (chosen && wanted(record.section)) on_record(record, Place{file.name(), record.line, number});
    };
    if (progress_)
      stream.on_bytes = [&](std::uint64_t bytes) { progress_(std::min(bytes_done_ + bytes, total_bytes_), total_bytes_); };
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
    if (auto edge = reader_.edge(record.value, place)) sink.edge(*edge, place, std::nullopt);
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

std::deque<InputFile> open_inputs(const std::vector<std::filesystem::path>& inputs) {
  std::deque<InputFile> files;
  for (const auto& path : expand_inputs(inputs)) files.emplace_back(path);
  return files;
}

std::vector<DatasetChoice> datasets_in(std::deque<InputFile>& files) {
  std::vector<std::string> first, ids;
  for (InputFile& file : files) {
    first.emplace_back();
    StreamOptions stream;
    stream.wanted = [](Section section) { return section == Section::dataset; };
    stream.on_record = [&](RawRecord&& record) {
      const Json* id = record.value.find("id");
      if (id == nullptr || !id->is_string()) return;  // a problem of the import itself
      if (first.back().empty()) first.back() = id->as_string();
      if (std::find(ids.begin(), ids.end(), id->as_string()) == ids.end()) ids.push_back(id->as_string());
    };
    Problems told_later;
    stream_records(file, stream, told_later);
  }
  // A file that names no dataset is a part of the one beside it.
  const auto folder = [&](std::size_t file) { return std::filesystem::path(files[file].name()).parent_path(); };
  const std::vector<std::string> declared = first;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!declared[i].empty()) continue;
    for (std::size_t other = 0; other < files.size(); ++other) {
      if (declared[other].empty() || folder(other) != folder(i)) continue;
      if (first[i].empty()) first[i] = declared[other];
      if (first[i] != declared[other]) first[i] = "?";
    }
    if (first[i].empty() || first[i] == "?")
      throw UsageError(fmt::format("{}: does not say which dataset it belongs to; there are {}; begin it with {{\"dataset\":…}}",
                                   files[i].name(), fmt::join(ids, ", ")));
  }
  std::vector<DatasetChoice> choices;
  for (std::string& id : ids) choices.push_back({std::move(id), first});
  return choices;
}

}  // namespace chokepoint::detail
