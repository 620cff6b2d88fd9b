#include "chokepoint/export/dataset_writer.hpp"

#include "export/text/text_buffer.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace chokepoint {

namespace {

/// Where the writer is: before `begin`, in one of the lists, after `end`.
enum Stage : std::uint8_t { before, sources, nodes, edges, observations, done };

struct ListName {
  std::string_view list, record;
};
constexpr std::array<ListName, 6> names = {
    {{}, {"sources", "source"}, {"nodes", "node"}, {"edges", "edge"}, {"observations", "observation"}, {}}};

}  // namespace

struct DatasetWriter::Impl {
  Impl(std::ostream& out, DatasetForm chosen) : buffer(out), form(chosen) {}

  void open_list(Stage list) {
    buffer.put('"');
    buffer.put(names[list].list);
    buffer.put("\": [");
    empty = true;
  }
  void close_list() { buffer.put(empty ? "]" : "\n]"); }

  void advance_to(Stage wanted) {
    if (stage == before || stage == done || wanted < stage)
      throw std::logic_error("DatasetWriter: begin, then sources, nodes, edges, observations, then end");
    while (stage < wanted) {
      stage = static_cast<Stage>(stage + 1);
      if (form == DatasetForm::lines) continue;
      close_list();
      if (stage == done) continue;
      buffer.put(",\n");
      open_list(stage);
    }
  }

  void write(Stage kind, const Json& record) {
    advance_to(kind);
    if (form == DatasetForm::lines) {
      buffer.put("{\"");
      buffer.put(names[kind].record);
      buffer.put("\":");
      buffer.put(to_text(record));
      buffer.put("}\n");
      return;
    }
    buffer.put(empty ? "\n" : ",\n");
    buffer.put(to_text(record));
    empty = false;
  }

  detail::TextBuffer buffer;
  DatasetForm form;
  Stage stage = before;
  bool empty = true;  ///< nothing stands in the open list yet
  int listed = 0;     ///< 0: one dataset; else 1 more than datasets of the list have begun
};

DatasetWriter::DatasetWriter(std::ostream& out, DatasetForm form) : impl_(std::make_unique<Impl>(out, form)) {}
DatasetWriter::~DatasetWriter() = default;

void DatasetWriter::begin_list() {
  if (impl_->stage != before) throw std::logic_error("DatasetWriter: begin_list comes first");
  impl_->listed = 1;
  if (impl_->form == DatasetForm::document) impl_->buffer.put("{\n\"datasets\": [\n");
}

void DatasetWriter::end_list() {
  if (impl_->listed == 0 || impl_->stage != done) throw std::logic_error("DatasetWriter: end_list comes last");
  if (impl_->form == DatasetForm::document) impl_->buffer.put("\n]\n}\n");
  impl_->buffer.flush();
}

void DatasetWriter::begin(const std::optional<DatasetInfo>& info) {
  if (impl_->stage != before && !(impl_->listed > 0 && impl_->stage == done))
    throw std::logic_error("DatasetWriter: begin comes once");
  if (impl_->listed > 0 && impl_->listed++ > 1 && impl_->form == DatasetForm::document) impl_->buffer.put(",\n");
  const bool named = info && !info->id.empty();
  impl_->stage = sources;
  if (impl_->form == DatasetForm::lines) {
    if (named) impl_->buffer.put("{\"dataset\":" + to_text(to_json(*info)) + "}\n");
    return;
  }
  impl_->buffer.put("{\n");
  if (named) impl_->buffer.put("\"dataset\": " + to_text(to_json(*info)) + ",\n");
  impl_->open_list(sources);
}

void DatasetWriter::write(const Source& source) { impl_->write(sources, to_json(source)); }
void DatasetWriter::write(const Node& node) { impl_->write(nodes, to_json(node)); }
void DatasetWriter::write(const Edge& edge) { impl_->write(edges, to_json(edge)); }
void DatasetWriter::write(const Observation& observation) { impl_->write(observations, to_json(observation)); }

void DatasetWriter::end() {
  impl_->advance_to(done);
  if (impl_->form == DatasetForm::document) impl_->buffer.put(impl_->listed > 0 ? "\n}" : "\n}\n");
  impl_->buffer.flush();
}

}  // namespace chokepoint
