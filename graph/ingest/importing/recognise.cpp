#include "ingest/importing/recognise.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/formats/json_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace chokepoint::detail {

namespace {

constexpr std::array<BuiltInFormat, 5> built_in{
    {{"chokepoint", "json,jsonl,ndjson", "datasets of our own: JSON, JSON Lines, folders of them", ReaderKind::dataset},
     {"csv", "csv,tsv,txt", "tables: comma, semicolon, tab or pipe", ReaderKind::csv},
     {"graphml", "graphml,xml", "GraphML of Gephi, yEd, Cytoscape, igraph, networkx, Neo4j …", ReaderKind::graphml},
     {"gexf", "gexf", "GEXF of Gephi, networkx, graphology", ReaderKind::gexf},
     {"eto", "", "the folder of tables of ETO's semiconductor dataset", ReaderKind::eto}}};

std::string_view without_space(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')))
    text.remove_prefix(1);
  return text;
}

/// What a text in XML is, by its outermost element.
std::optional<RecognisedInput> recognise_xml(std::string_view text) {
  const auto element = [&](std::string_view name) {
    for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
      const char after = at + name.size() < text.size() ? text[at + name.size()] : '\0';
      const bool begins = at > 0 && (text[at - 1] == '<' || text[at - 1] == ':');
      if (begins && (after == ' ' || after == '>' || (after >= '\t' && after <= '\r'))) return true;
    }
    return false;
  };
  RecognisedInput found;
  if (element("graphml"))
    found = {{}, ReaderKind::graphml, nullptr, "graphml", "its outermost element is graphml", nullptr};
  else if (element("gexf"))
    found = {{}, ReaderKind::gexf, nullptr, "gexf", "its outermost element is gexf", nullptr};
  else
    return std::nullopt;
  return found;
}

/// Whether lines part into fields by one mark, as a table's do.
bool looks_like_table(std::string_view text, const std::string& extension) {
  if (extension == ".csv" || extension == ".tsv" || extension == ".tab") return true;
  const std::string_view first = text.substr(0, text.find('\n'));
  if (!is_valid_utf8(first) || first.find('\0') != std::string_view::npos) return false;
  return std::any_of(first.begin(), first.end(), [](char c) { return c == ',' || c == ';' || c == '\t' || c == '|'; });
}

/// What a file is that holds no graph, and what to do instead; empty where its first bytes do not tell.
std::string kind_by_first_bytes(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"%PDF", "a PDF document; copy its table into a spreadsheet and save that"},
      {"\x89PNG", "a picture"},
      {"\xFF\xD8\xFF", "a picture"},
      {"GIF8", "a picture"},
      {"PK\x03\x04",
       "a ZIP archive that is no Excel workbook; unpack it and import what is in it, or save it as .xlsx"},
      {"\xD0\xCF\x11\xE0", "a workbook or document of an old Office program; save it as .xlsx or CSV"},
      {"SQLite format 3", "a SQLite database; export its tables as CSV, or name one of ours with --db"},
      {"\x7F"
       "ELF",
       "a program"},
      {"BZh", "packed by bzip2; unpack it, or pack it with gzip"},
      {"\xFD"
       "7zXZ",
       "packed by xz; unpack it, or pack it with gzip"}};
  for (const auto& [begin, kind] : kinds)
    if (text.starts_with(begin)) return std::string(kind);
  return {};
}

constexpr std::string_view rdf_remedy =
    "RDF, which says no more of a node than triples do; save what is wanted as CSV, by SELECT ?from ?type ?to WHERE "
    "{?from "
    "?type ?to} with rdflib, Jena's arq or the portal that it is from, and import that with --map-type";

/// Whether a text is RDF: Turtle by its prefixes, N-Triples and N-Quads by a first line of terms that ends in a dot.
bool looks_like_rdf(std::string_view text) {
  for (const std::string_view begin : {"@prefix ", "@base ", "PREFIX ", "BASE <", "# baseURI"})
    if (text.starts_with(begin)) return true;
  std::string_view line = text.substr(0, text.find('\n'));
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  const auto behind = line.find(' ');
  if (behind == std::string_view::npos || !line.ends_with('.')) return false;
  const std::string_view subject = line.substr(0, behind);
  const bool has_subject = (subject.starts_with('<') && subject.ends_with('>')) || subject.starts_with("_:");
  return has_subject && line.substr(behind + 1).starts_with('<');
}

/// What to do with JSON that says who needs whom in a layout of its own, which a list of components says, too.
std::string remedy_for_packages(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->is_lines() || json->object() == nullptr) return {};
  const Json* top = json->object();
  const Json* dependency = first_in(object_in(top, "dependencies"));
  const bool is_npm = member_in(top, "lockfileVersion") != nullptr || text_in(dependency, "version") != nullptr;
  if (is_npm)
    return "what npm knows of packages; `npm sbom --sbom-format cyclonedx` writes what they require in a form that is "
           "read";
  const Json* context = text_in(top, "@context");
  if (context != nullptr && context->as_string().find("spdx.org") != std::string::npos)
    return "SPDX 3; have it written as SPDX 2.3 or CycloneDX JSON, which are read";
  return {};
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const BuiltInFormat& format : built_in) names.emplace_back(format.name);
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

RecognisedInput as_told(const std::filesystem::path& path, std::string_view from) {
  for (const BuiltInFormat& format : built_in)
    if (format.name == from) return {path, format.reader, nullptr, std::string(from), "--from says so", nullptr};
  if (const Format* format = find_format(from))
    return {path, ReaderKind::tables, format, std::string(from), "--from says so", nullptr};
  const auto near = suggest(from, known_names(), 1);
  throw UsageError(fmt::format("--from {}: no such format; {}", from,
                               near.empty() ? fmt::format("there are {}", fmt::join(known_names(), ", "))
                                            : fmt::format("did you mean {}?", near.front())));
}

RecognisedInput recognise(InputFile& file, const std::filesystem::path& path) {
  std::string text;
  const FileHead head = read_head(file, text);
  const std::string_view begin = without_space(head.text);
  if (const std::string remedy = remedy_for_packages(head); !remedy.empty())
    throw UsageError(fmt::format("{}: {}", head.name, remedy));
  if (auto found = recognise_format(head))
    return {path, ReaderKind::tables, found->format, std::string(found->format->name), std::move(found->sign), nullptr};
  if (looks_like_rdf(begin) || (begin.starts_with('<') && head.text.find("<rdf:RDF") != std::string_view::npos))
    throw UsageError(fmt::format("{}: {}", head.name, rdf_remedy));
  if (begin.starts_with('<')) {
    if (auto found = recognise_xml(head.text)) {
      found->path = path;
      return *std::move(found);
    }
    throw UsageError(fmt::format("{}: XML that is neither GraphML nor GEXF{}", head.name,
                                 fold(begin.substr(0, 200)).find("<html") != std::string::npos
                                     ? "; it is a web page: save the file it links to"
                                     : "; export it from its program as one of them, or as CSV"));
  }
  if (const std::string kind = kind_by_first_bytes(head.text); !kind.empty() && head.extension == ".csv")
    throw UsageError(fmt::format("{}: {}", head.name, kind));
  if (begin.starts_with('{') || begin.starts_with('['))
    return {path, ReaderKind::dataset, nullptr, "chokepoint", "it is JSON of our own keys", nullptr};
  if (head.text.empty()) return {path, ReaderKind::dataset, nullptr, "chokepoint", "it is empty", nullptr};
  if (looks_like_table(head.text, head.extension))
    return {path, ReaderKind::csv, nullptr, "csv", "it is text in rows and columns", nullptr};
  if (const std::string kind = kind_by_first_bytes(head.text); !kind.empty())
    throw UsageError(fmt::format("{}: {}", head.name, kind));
  throw UsageError(
      fmt::format("{}: not recognised; --from FORMAT says what it is: {}", head.name, fmt::join(known_names(), ", ")));
}

RecognisedInput opened(const std::filesystem::path& path, const std::string& encoding) {
  auto file = std::make_shared<InputFile>(path, TextEncoding{encoding});
  RecognisedInput found = recognise(*file, path);
  found.file = std::move(file);
  return found;
}

bool is_eto_folder(const std::filesystem::path& folder) {
  static constexpr std::array<const char*, 3> files{"inputs.csv", "providers.csv", "provision.csv"};
  std::error_code failed;
  return std::all_of(files.begin(), files.end(),
                     [&](const char* name) { return std::filesystem::exists(folder / name, failed); });
}

/// The files of a folder: those of our own format where there are any, else all that have a name of some format.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.is_regular_file(failed) && !entry.path().filename().string().starts_with('.'))
      files.push_back(entry.path());
  if (failed) throw IoError(fmt::format("{}: {}", folder.string(), failed.message()));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::span<const BuiltInFormat> built_in_formats() { return built_in; }

std::vector<RecognisedInput> recognise_inputs(const std::vector<std::filesystem::path>& inputs, std::string_view from,
                                              const std::string& encoding) {
  std::vector<RecognisedInput> all;
  for (const auto& input : inputs) {
    std::error_code failed;
    if (!from.empty()) {
      RecognisedInput& told = all.emplace_back(as_told(input, from));
      if (input == "-" || !std::filesystem::is_directory(input, failed))
        told.file = std::make_shared<InputFile>(input, TextEncoding{encoding});
      if (told.file && (told.reader == ReaderKind::graphml || told.reader == ReaderKind::gexf)) {
        std::string text;
        const auto seen = recognise_xml(read_head(*told.file, text).text);
        if (seen && seen->reader != told.reader)
          throw UsageError(fmt::format("{}: --from {}, but {}", input.string(), from, seen->why));
      }
      continue;
    }
    if (input == "-" || !std::filesystem::is_directory(input, failed)) {
      all.push_back(opened(input, encoding));
      continue;
    }
    if (is_eto_folder(input)) {
      all.push_back({input, ReaderKind::eto, nullptr, "eto", "the folder holds ETO's tables", nullptr});
      continue;
    }
    // A folder of our own is one dataset, and stays together.
    const auto files = files_in(input);
    const bool is_ours = std::any_of(files.begin(), files.end(), [](const std::filesystem::path& file) {
      return file.extension() == ".json" || file.extension() == ".jsonl" || file.extension() == ".ndjson";
    });
    if (is_ours || files.empty())
      all.push_back({input, ReaderKind::dataset, nullptr, "chokepoint", "the folder holds JSON", nullptr});
    else
      for (const auto& file : files) all.push_back(opened(file, encoding));
  }
  return all;
}

}  // namespace chokepoint::detail
