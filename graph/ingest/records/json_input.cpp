#include "ingest/records/json_input.hpp"

#include "chokepoint/support/error.hpp"
#include "support/ordered_pipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

bool is_fact(Section section) { return section == Section::edge || section == Section::observation; }
bool is_no_fact(Section section) { return !is_fact(section); }

/// Reads an edge or an observation and hands it over, unless there was a problem.
template <typename OnEdge, typename OnObservation>
void read_fact(RecordReader& reader, const RawRecord& record, const Place& place, OnEdge&& on_edge,
               OnObservation&& on_observation) {
  if (record.section == Section::edge) {
    if (auto edge = reader.edge(record.value, place)) on_edge(*edge);
  } else if (auto observation = reader.observation(record.value, place)) {
    on_observation(*observation);
  }
}

/// Behind the end of a line.
std::size_t find_line(std::string_view text, std::size_t from) {
  const std::size_t end = text.find('\n', from);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

JsonInput::JsonInput(const Ontology& ontology, Problems& problems, const std::string& default_source,
                     const ReadProgress& progress, std::deque<InputFile>& files, const DatasetChoice* choice,
                     bool updates, std::size_t piece_bytes)
    : ontology_(ontology),
      default_source_(default_source),
      problems_(problems),
      reader_(ontology, problems, default_source, updates),
      progress_(progress),
      files_(files),
      choice_(choice),
      updates_(updates),
      piece_bytes_(piece_bytes) {
  for (const InputFile& file : files_) total_bytes_ += 2 * file.size();
}

template <typename OnRecord>
StreamedFile JsonInput::pass(std::uint32_t number, bool (*wanted)(Section), Problems& problems, OnRecord&& on_record) {
  InputFile& file = files_[number];
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
  stream.on_bytes = [&](std::uint64_t bytes) { tell_progress(bytes); };
  return stream_records(file, stream, problems);
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
  read_fact(
      reader_, record, place, [&](Edge& edge) { sink.edge(edge, place, std::nullopt); },
      [&](Observation& observation) { sink.observation(observation, place); });
}

void JsonInput::read_nodes(RecordSink& sink) {
  const auto take = [&](const RawRecord& record, const Place& place) { hand_over_node(record, place, sink); };
  for (std::uint32_t number = 0; number < files_.size(); ++number) {
    first_pass_.push_back(pass(number, is_no_fact, problems_, take));
    bytes_done_ += files_[number].size();
  }
}

/// @param passed_over  facts that were taken before. @return the hash of the file
std::uint64_t JsonInput::read_facts_at_once(std::uint32_t number, std::uint64_t passed_over, RecordSink& sink) {
  const auto take = [&](const RawRecord& record, const Place& place) {
    if (passed_over > 0)
      --passed_over;
    else
      hand_over_fact(record, place, sink);
  };
  return pass(number, is_fact, second_pass_, take).hash;
}

void JsonInput::read_piece(const FilePieces::Piece& piece, std::uint32_t number, Facts& facts) const {
  const std::string& name = files_[number].name();
  facts.batch.clear();
  facts.records = 0;
  facts.bytes = piece.end;
  Problems found;
  RecordReader reader(ontology_, found, default_source_, updates_);
  StreamOptions stream;
  stream.wanted = is_fact;
  stream.on_record = [&](RawRecord&& record) {
    const Place place{name, record.line, number};
    ++facts.records;
    read_fact(
        reader, record, place,
        [&](Edge& edge) {
          facts.batch.edge() = std::move(edge);
          facts.batch.add_edge(place);
        },
        [&](Observation& observation) { facts.batch.add(std::move(observation), place); });
    facts.batch.report(found);
  };
  facts.is_sound = stream_lines(piece, name, stream);
}

/// @return the hash of the file
std::uint64_t JsonInput::read_facts_in_pieces(std::uint32_t number, RecordSink& sink) {
  FilePieces pieces(files_[number], find_line, 0);
  std::uint64_t taken = 0;
  {
    OrderedPipe<FilePieces::Piece, Facts> pipe(
        parsing_threads(), [&](FilePieces::Piece& piece) { return pieces.next(piece, piece_bytes_); },
        [&](const FilePieces::Piece& piece, Facts& facts) { read_piece(piece, number, facts); });
    Facts facts;
    while (pipe.take(facts) && facts.is_sound) {
      tell_progress(facts.bytes);
      facts.batch.drain(sink, problems_);
      taken += facts.records;
    }
    if (facts.is_sound) return pieces.hash();
  }
  return read_facts_at_once(number, taken, sink);  // some value goes on in the next line
}

void JsonInput::read_facts(RecordSink& sink) {
  for (std::uint32_t number = 0; number < files_.size(); ++number) {
    const InputFile& file = files_[number];
    const bool in_pieces = choice_ == nullptr && first_pass_[number].has_lines && file.size() / 2 >= piece_bytes_;
    const std::uint64_t hash = in_pieces ? read_facts_in_pieces(number, sink) : read_facts_at_once(number, 0, sink);
    if (hash != first_pass_[number].hash) throw IoError("the input changed while it was read; nothing was imported");
    bytes_done_ += file.size();
  }
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
      throw UsageError(
          fmt::format("{}: does not say which dataset it belongs to; there are {}; begin it with {{\"dataset\":…}}",
                      files[i].name(), fmt::join(ids, ", ")));
  }
  std::vector<DatasetChoice> choices;
  for (std::string& id : ids) choices.push_back({std::move(id), first});
  return choices;
}

}  // namespace chokepoint::detail
