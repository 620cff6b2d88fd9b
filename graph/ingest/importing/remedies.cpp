#include "ingest/importing/remedies.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/told_names.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/importing/json_remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

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

/// Positions of a line at which a column ends: at least two blanks, or one where every line has it.
bool has_gutters(const std::vector<std::string_view>& lines) {
  std::size_t width = 0;
  for (const std::string_view line : lines) width = std::max(width, line.size());
  std::size_t gutters = 0;
  bool was_text = false, has_wide = false;
  for (std::size_t at = 0, run = 0; at < width; ++at) {
    const bool is_blank = std::all_of(lines.begin(), lines.end(),
                                      [at](std::string_view line) { return at >= line.size() || line[at] == ' '; });
    run = is_blank ? run + 1 : 0;
    if (is_blank && was_text) ++gutters;
    has_wide = has_wide || (is_blank && run > 1 && gutters > 0);
    was_text = !is_blank;
  }
  return gutters > 0 && has_wide;
}

}  // namespace

std::string remedy_for_rdf(const FileHead& head) {
  std::string_view begin = head.text;
  begin.remove_prefix(std::min(begin.find_first_not_of(" \t\r\n\v\f"), begin.size()));
  const bool is_xml = begin.starts_with('<') && head.text.find("<rdf:RDF") != std::string_view::npos;
  return looks_like_rdf(begin) || is_xml ? std::string(rdf_remedy) : std::string();
}

std::string remedy_for_xml(const FileHead& given) {
  const FileHead head = for_commands(given);
  const std::string folded = lower_ascii(head.text);
  if (folded.find("<office:document") != std::string::npos)
    return fmt::format(
        "a flat document of LibreOffice; it makes a workbook of a spreadsheet: soffice --convert-to xlsx {}",
        head.name);
  if (folded.find("cyclonedx.org/schema/bom") != std::string::npos)
    return fmt::format(
        "CycloneDX as XML; its own tool makes JSON of it: cyclonedx convert --input-file {} --output-file {}.json",
        head.name, stem_in_commands(head.name));
  if (folded.find("<table") != std::string::npos)
    return fmt::format(
        "a web page with tables; save the first one as CSV: python3 -c \"import pandas; "
        "pandas.read_html('{}')[0].to_csv('{}.csv', index=False)\", or open it in a spreadsheet",
        head.name, stem_in_commands(head.name));
  if (folded.find("<mxfile") != std::string::npos || folded.find("<mxgraphmodel") != std::string::npos)
    return "a drawing of draw.io, whose arrows are lines between shapes; write them as CSV: from,to,type";
  if (folded.find("xgmml") != std::string::npos)
    return "XGMML of an old Cytoscape; open it in Cytoscape and export it as GraphML or .cyjs";
  if (folded.find("<opml") != std::string::npos || folded.find("<map version") != std::string::npos)
    return "an outline; write each line and the one that it belongs to as CSV: from,to";
  if (folded.find("<svg") != std::string::npos) return "a drawing; import what it was drawn from";
  if (folded.find("<html") != std::string::npos)
    return "XML that is neither GraphML nor GEXF; it is a web page: save the file it links to";
  if (folded.find("<sparql") != std::string::npos)
    return "the answer to a SPARQL query as XML; ask for it as CSV or JSON: curl -H \"Accept: text/csv\"";
  return "XML that is neither GraphML nor GEXF; export it from its program as one of them, or as CSV";
}

std::string remedy_for_fixed_width(const FileHead& given) {
  const FileHead head = for_commands(given);
  constexpr std::size_t most_lines = 50;
  if (head.extension == ".csv" || head.extension == ".tsv") return {};
  std::vector<std::string_view> lines;
  std::vector<std::size_t> marks[3];
  for (std::string_view text = head.text; !text.empty() && lines.size() < most_lines;) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos && !head.is_whole && !lines.empty()) break;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    if (line.find('\t') != std::string_view::npos || line.find('\0') != std::string_view::npos) return {};
    if (line.empty() || line.starts_with('(')) continue;  // `(3 rows)`
    for (std::size_t i = 0; i < 3; ++i)
      marks[i].push_back(static_cast<std::size_t>(std::count(line.begin(), line.end(), ",;|"[i])));
    lines.push_back(line);
  }
  // Where every line has a mark equally often, that parts the columns.
  for (const auto& counts : marks)
    if (!counts.empty() && counts[0] > 0 &&
        std::count(counts.begin(), counts.end(), counts[0]) == static_cast<std::ptrdiff_t>(counts.size()))
      return {};
  // A rule below the names: `------ ------`.
  const bool has_rule = lines.size() > 1 && lines[1].find("- -") != std::string_view::npos &&
                        lines[1].find_first_not_of("- ") == std::string_view::npos;
  if (!has_rule && (lines.size() < 3 || !has_gutters(lines))) return {};
  return fmt::format(
      "columns that blanks alone part, whose edges only the program knows that wrote it; have it written "
      "as CSV: psql --csv, sqlite3 -csv -header, or python3 -c \"import pandas; "
      "pandas.read_fwf('{}').to_csv('{}.csv', index=False)\"",
      head.name, stem_in_commands(head.name));
}

std::string remedy_by_first_bytes(std::string_view text) {
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
      {"RDX",
       "objects of R, as save() writes them; load it in R and write what is wanted: write.csv(…, row.names = FALSE)"},
      {std::string_view("X\n\0\0\0", 5),
       "an object of R, as saveRDS() writes it; R makes CSV of it: write.csv(readRDS(\"FILE\"), \"FILE.csv\", "
       "row.names = "
       "FALSE)"},
      {"PAR1", "a Parquet file; DuckDB makes CSV of it: COPY (FROM 'FILE') TO 'FILE.csv'"},
      {"ARROW1",
       "an Arrow file; pandas makes CSV of it: pandas.read_feather(\"FILE\").to_csv(\"FILE.csv\", index=False)"},
      {"FEA1",
       "a Feather file; pandas makes CSV of it: pandas.read_feather(\"FILE\").to_csv(\"FILE.csv\", index=False)"},
      {"\x89HDF", "an HDF5 file; pandas makes CSV of it: pandas.read_hdf(\"FILE\").to_csv(\"FILE.csv\", index=False)"},
      {"\x80\x04\x95", "a pickle of Python, which only Python reads; write what it holds as CSV or JSON"},
      {"\x80\x05\x95", "a pickle of Python, which only Python reads; write what it holds as CSV or JSON"},
      {"$FL2", "an SPSS file; pandas makes CSV of it: pandas.read_spss(\"FILE\").to_csv(\"FILE.csv\", index=False)"},
      {"BZh", "packed by bzip2; unpack it, or pack it with gzip"},
      {"\xFD"
       "7zXZ",
       "packed by xz; unpack it, or pack it with gzip"}};
  for (const auto& [begin, kind] : kinds)
    if (text.starts_with(begin)) return std::string(kind);
  return {};
}

}  // namespace chokepoint::detail
