#include "print.hpp"

#include "chokepoint/export/render.hpp"
#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/present/envelope.hpp"
#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/present/shown_table.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <ostream>
#include <sstream>
#include <utility>

namespace chokepoint::cli {

namespace {

/// Extensions of -o that write the answer itself, lower-case.
constexpr std::array extensions{
    std::pair{std::string_view(".json"), Format::json},   std::pair{std::string_view(".jsonl"), Format::jsonl},
    std::pair{std::string_view(".csv"), Format::csv},     std::pair{std::string_view(".tsv"), Format::tsv},
    std::pair{std::string_view(".md"), Format::markdown}, std::pair{std::string_view(".txt"), Format::table},
    std::pair{std::string_view(".xlsx"), Format::xlsx}};

/// What programs read: the tables of data, else the first of the others.
/// @param made  holds a table that is made only now
const Table* data_of(const Answer& answer, std::optional<Table>& made) {
  std::vector<Table> late;
  if (answer.make_data) late = answer.make_data();
  const std::vector<Table>& data = answer.make_data ? late : answer.data;
  if (data.empty()) return answer.tables.empty() ? nullptr : &answer.tables.front();
  if (data.size() == 1 && data.front().title.empty())
    return answer.make_data ? &made.emplace(std::move(late.front())) : &data.front();
  return &made.emplace(join_tables(answer.make_data ? std::move(late) : data));
}

void write_lines(const std::vector<std::string>& lines, std::string_view indent, std::size_t width, std::ostream& out) {
  for (const std::string& line : lines)
    for (const std::string& part : wrap_drawing(escape_for_terminal(line), width)) out << indent << part << '\n';
}

/// Blocks with an empty line between them.
class Blocks {
 public:
  explicit Blocks(std::ostream& out) : out_(&out) {}
  std::ostream& next() {
    if (!std::exchange(first_, false)) *out_ << '\n';
    return *out_;
  }

 private:
  std::ostream* out_;
  bool first_ = true;
};

void write_table_format(const Session& session, const Answer& answer, const TextStyle& style, std::ostream& out) {
  Blocks blocks(out);
  if (!answer.heading.empty()) write_lines(answer.heading, "", style.width, blocks.next());
  for (const Table& table : answer.tables) write_text(shown_table(session, table), style, blocks.next());
  if (!answer.drawing.empty()) write_lines(answer.drawing, "", style.width, blocks.next());
  if (!answer.remarks.empty()) write_lines(answer.remarks, "", style.width, blocks.next());
}

void write_markdown_format(const Session& session, const Answer& answer, std::ostream& out) {
  Blocks blocks(out);
  // The first line is the title of an answer that has none.
  std::vector<std::string> lines = answer.heading;
  if (!answer.title.empty()) lines.insert(lines.begin(), answer.title);
  const std::size_t sentences = answer.title.empty() ? 1 : 2;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    std::ostream& to = i <= sentences ? blocks.next() : out;
    to << (i == 0 ? "## " : i < sentences ? "" : "- ") << markdown_sentence(line) << '\n';
  }
  for (const Table& table : answer.tables) write_markdown(shown_table(session, table), blocks.next());
  // Indented code: a fence could be closed by a label.
  if (!answer.drawing.empty()) write_lines(answer.drawing, "    ", 0, blocks.next());
  for (const std::string& remark : answer.remarks) blocks.next() << markdown_sentence(remark) << '\n';
}

/// A sheet a table as people read them, then the exact values, then what is said in sentences.
std::vector<std::string> write_sheets(const Session& session, const Answer& answer, std::ostream& out) {
  std::vector<Table> tables;
  for (const Table& table : answer.tables) {
    tables.push_back(shown_table(session, table));
    if (tables.back().title.empty()) tables.back().title = answer.command;
  }
  std::optional<Table> made;
  if (!answer.data.empty() || answer.make_data) {
    tables.push_back(*data_of(answer, made));
    for (TableColumn& column : tables.back().columns) column.title = column.key;
    tables.back().title = "data";
  }
  Table said{.title = "about", .columns = {{"text", answer.command}}, .rows = {}};
  for (const auto* lines : {&answer.heading, &answer.drawing, &answer.remarks})
    for (const std::string& line : *lines) said.rows.push_back({line});
  said.rows.push_back({to_string(session.as_of())});
  tables.push_back(std::move(said));
  return write_workbook(tables, out);
}

/// One row a line.
void write_rows(const LongList& rows, std::ostream& out) {
  std::string text;
  for (std::size_t row = 0; row < rows.size; ++row) {
    rows.append(row, std::nullopt, text);
    text += '\n';
    if (text.size() < std::size_t{1} << 16U && row + 1 < rows.size) continue;
    out << text;
    text.clear();
  }
}

bool draws_pictures(const Exporter& exporter) {
  return exporter.name == "svg" || exporter.name == "png" || exporter.name == "html";
}

std::string kinds_of(const Answer& answer) {
  std::vector<std::string_view> kinds;
  for (const OfferedPicture& each : answer.pictures) kinds.push_back(each.kind);
  if (answer.subgraph) kinds.emplace_back("graph");
  return kinds.empty() ? std::string("it has none") : fmt::format("it has {}", fmt::join(kinds, ", "));
}

/// The picture that a file shows; nullptr: the answer's part of the graph. HTML is the explorer unless a picture is
/// asked for by name, or there is no graph.
const OfferedPicture* chosen_picture(const Answer& answer, const Form& form) {
  if (!draws_pictures(*form.exporter) || form.picture == "graph") return nullptr;
  if (form.picture.empty()) {
    const bool is_explorer = form.exporter->name == "html" && answer.subgraph;
    return answer.pictures.empty() || is_explorer ? nullptr : &answer.pictures.front();
  }
  const auto found = std::ranges::find(answer.pictures, std::string_view(form.picture), &OfferedPicture::kind);
  if (found != answer.pictures.end()) return &*found;
  throw UsageError(
      fmt::format("this answer of `{}` has no picture \"{}\"; {}", answer.command, form.picture, kinds_of(answer)));
}

std::vector<std::string> write_drawn(const Session& session, const OfferedPicture& offered, const Exporter& exporter,
                                     std::ostream& out) {
  const DrawnPicture picture = offered.make();
  const std::uint64_t replaced = exporter.name == "png"   ? write_png(picture, out)
                                 : exporter.name == "svg" ? write_svg(picture, out)
                                                          : write_picture_page(picture, session.language(), out);
  if (replaced == 0) return {};
  return {fmt::format("{} characters that XML cannot hold became U+FFFD", replaced)};
}

/// The answer as `--json` writes it, without its long lists where these are too long for a page to name any.
Json whole_envelope(Session& session, const Answer& answer) {
  constexpr std::size_t most_rows = 100'000;
  std::size_t rows = answer.rows ? answer.rows->size : 0;
  for (const LongList& list : answer.lists) rows += list.size;
  if (rows == 0 || rows > most_rows) return envelope(session, answer);
  std::ostringstream text;
  write_envelope(session, answer, text);
  return parse_json(text.str());
}

/// What a picture or a file of the answer's part of the graph is called.
std::string title_of(const Answer& answer) {
  if (!answer.title.empty()) return answer.title;
  return answer.heading.empty() ? answer.command : answer.heading.front();
}

std::vector<std::string> write_subgraph(Session& session, const Answer& answer, const Exporter& exporter,
                                        std::ostream& out) {
  if (!answer.subgraph)
    throw UsageError(fmt::format("`{}` has no graph to write; choose another format", answer.command));
  GraphDocument document = to_document(session, answer.subgraph(), title_of(answer));
  std::vector<std::string> warnings;
  if (exporter.extension == ".html") {
    if (const std::size_t left_out = trim_document(document, {}, most_page_elements); left_out > 0)
      warnings.push_back(
          fmt::format("the page shows {} nodes; {} more were left out", document.nodes.size(), left_out));
    prepare_page(session, document, whole_envelope(session, answer));
  }
  for (std::string& warning : exporter.write(document, {}, out)) warnings.push_back(std::move(warning));
  return warnings;
}

Format format_of(const Globals& globals, const Exporter*& exporter) {
  if (!globals.format.empty()) {
    const auto& names = format_names();
    return static_cast<Format>(std::ranges::find(names, globals.format) - names.begin());
  }
  if (globals.output.empty() || globals.output == "-") return Format::table;
  const std::string extension = fold(std::filesystem::path(globals.output).extension().string());
  for (const auto& [name, format] : extensions)
    if (name == extension) return format;
  exporter = find_exporter_for(extension);
  if (!extension.empty() && exporter != nullptr) return Format::graph;
  throw UsageError(fmt::format("-o {}: the extension says no format; use one of {} or --format", globals.output,
                               fmt::join(output_extensions(), " ")));
}

}  // namespace

const std::vector<std::string>& format_names() {
  static const std::vector<std::string> names{"table", "json", "jsonl", "csv", "tsv", "markdown", "xlsx"};
  return names;
}

std::vector<std::string> output_extensions() {
  std::vector<std::string> out;
  for (const auto& [name, format] : extensions) out.emplace_back(name);
  for (const Exporter& exporter : exporters())
    if (!exporter.extension.empty() && std::ranges::find(out, exporter.extension) == out.end())
      out.emplace_back(exporter.extension);
  return out;
}

void refuse_picture(const Globals& globals) {
  if (globals.picture.empty() || globals.picture == "graph") return;
  throw UsageError(
      "--picture: the graph itself has no such picture; ask `depends`, `chokepoints`, `whatif`, `timeline`, `figures`, "
      "`rank` or `compare` with -o NAME.svg");
}

bool is_for_people(const Globals& globals) {
  const Format format = choose_form(globals).format;
  return format == Format::table || format == Format::markdown;
}

bool has_tables(const Globals& globals) {
  return is_for_people(globals) || choose_form(globals).format == Format::xlsx;
}

Form choose_form(const Globals& globals) {
  Form form;
  form.format = format_of(globals, form.exporter);
  form.spreadsheet_safe = !globals.exact_csv;
  form.bom = globals.bom;
  form.picture = globals.picture;
  if (form.format == Format::xlsx && (globals.output.empty() || globals.output == "-"))
    throw UsageError("a workbook cannot be shown on a terminal; name a file: -o NAME.xlsx");
  if (!form.picture.empty() && (form.exporter == nullptr || !draws_pictures(*form.exporter)))
    throw UsageError("--picture goes into a file; add -o NAME.svg, -o NAME.png or -o NAME.html");
  return form;
}

std::vector<std::string> write_answer(Session& session, const Answer& answer, const Form& form, std::ostream& out) {
  const bool writes_data =
      form.format == Format::csv || form.format == Format::tsv || (form.format == Format::jsonl && !answer.rows);
  std::optional<Table> made;
  const Table* data = writes_data ? data_of(answer, made) : nullptr;
  if (form.bom && (form.format == Format::csv || form.format == Format::tsv)) out << "\xEF\xBB\xBF";
  switch (form.format) {
    case Format::table: write_table_format(session, answer, form.style, out); break;
    case Format::json: write_envelope(session, answer, out); break;
    case Format::jsonl:
      if (answer.rows)
        write_rows(*answer.rows, out);
      else if (data != nullptr)
        write_jsonl(*data, out);
      break;
    case Format::csv:
      if (data != nullptr) write_csv(*data, ',', form.spreadsheet_safe, out);
      break;
    case Format::tsv:
      if (data != nullptr) write_csv(*data, '\t', form.spreadsheet_safe, out);
      break;
    case Format::markdown: write_markdown_format(session, answer, out); break;
    case Format::xlsx: return write_sheets(session, answer, out);
    case Format::graph:
      if (const OfferedPicture* picture = chosen_picture(answer, form))
        return write_drawn(session, *picture, *form.exporter, out);
      return write_subgraph(session, answer, *form.exporter, out);
  }
  return {};
}

}  // namespace chokepoint::cli
