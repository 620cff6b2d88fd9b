#include "ingest/importing/recognise.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/importing/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace chokepoint::detail {

namespace {

#define CHOKEPOINT_READER(name, kind, extensions, title) BuiltInFormat{name, extensions, title, ReaderKind::kind},
constexpr std::array built_in = {
#include "ingest/importers.def"
};

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
  std::string_view first = text.substr(0, text.find('\n'));
  // What is said of a table stands above its header.
  while (first.starts_with('#') && first.find('\t') == std::string_view::npos && first.size() < text.size()) {
    text.remove_prefix(first.size() + 1);
    first = text.substr(0, text.find('\n'));
  }
  if (!is_valid_utf8(first) || first.find('\0') != std::string_view::npos) return false;
  return std::any_of(first.begin(), first.end(), [](char c) { return c == ',' || c == ';' || c == '\t' || c == '|'; });
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
  if (const std::string remedy = remedy_for_text(head); !remedy.empty())
    throw UsageError(fmt::format("{}: {}", head.name, remedy));
  if (auto found = recognise_format(head))
    return {path, ReaderKind::tables, found->format, std::string(found->format->name), std::move(found->sign), nullptr};
  if (const std::string remedy = remedy_for_rdf(head); !remedy.empty())
    throw UsageError(fmt::format("{}: {}", head.name, remedy));
  if (begin.starts_with('<')) {
    if (auto found = recognise_xml(head.text)) {
      found->path = path;
      return *std::move(found);
    }
    throw UsageError(fmt::format("{}: {}", head.name, remedy_for_xml(head)));
  }
  if (const std::string kind = remedy_by_first_bytes(head.text); !kind.empty() && head.extension == ".csv")
    throw UsageError(fmt::format("{}: {}", head.name, kind));
  if (begin.starts_with('{') || begin.starts_with('['))
    return {path, ReaderKind::dataset, nullptr, "chokepoint", "it is JSON of our own keys", nullptr};
  if (head.text.empty() && !head.extension.empty() && !head.extension.starts_with(".json"))
    refuse_at(file, 0, "the file is empty, without even a header; export it again");
  if (head.text.empty()) return {path, ReaderKind::dataset, nullptr, "chokepoint", "it is empty", nullptr};
  if (const std::string remedy = remedy_for_fixed_width(head); !remedy.empty())
    throw UsageError(fmt::format("{}: {}", head.name, remedy));
  if (looks_like_table(head.text, head.extension))
    return {path, ReaderKind::csv, nullptr, "csv", "it is text in rows and columns", nullptr};
  if (const std::string kind = remedy_by_first_bytes(head.text); !kind.empty())
    throw UsageError(fmt::format("{}: {}", head.name, kind));
  if (const std::string kind = remedy_for_words(head); !kind.empty())
    throw UsageError(fmt::format("{}: {}", head.name, kind));
  throw UsageError(fmt::format(
      "{}: not recognised; what holds relations can be written as CSV, from,to,type in the first line and a "
      "relation in each below; if it is of a format that is read, --from FORMAT says which: {}",
      head.name, fmt::join(known_names(), ", ")));
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
  std::vector<std::string> folders;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().filename().string().starts_with('.')) continue;
    if (entry.is_regular_file(failed)) files.push_back(entry.path());
    if (entry.is_directory(failed)) folders.push_back(entry.path().string());
  }
  if (failed) throw IoError(fmt::format("{}: {}", folder.string(), failed.message()));
  std::sort(folders.begin(), folders.end());
  if (files.empty() && !folders.empty())
    throw UsageError(fmt::format("{}: no file lies in it, but folders, which are not entered: {}; name one of them",
                                 folder.string(), fmt::join(folders, ", ")));
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
