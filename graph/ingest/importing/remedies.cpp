#include "ingest/importing/remedies.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

std::string_view first_line(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return without_outer_blanks(text.substr(0, text.find('\n')));
}

/// The last part of a file's name, without its ending; for names of files that a command writes.
std::string stem_of(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  return std::string(name.substr(0, name.rfind('.')));
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
  const bool is_npm = member_in(top, "lockfileVersion") != nullptr || member_in(dependency, "integrity") != nullptr;
  if (is_npm)
    return "what npm knows of packages; `npm sbom --sbom-format cyclonedx` writes what they require in a form that is "
           "read";
  const Json* context = text_in(top, "@context");
  if (context != nullptr && context->as_string().find("spdx.org") != std::string::npos)
    return "SPDX 3; have it written as SPDX 2.3 or CycloneDX JSON, which are read";
  return {};
}

/// The table that a dump fills; `edges` where it names none so early.
std::string table_in_dump(std::string_view text, const std::string& folded) {
  for (const std::string_view before : {"insert into ", "copy ", "create table if not exists ", "create table "}) {
    const auto at = folded.find(before);
    if (at == std::string::npos || folded.size() != text.size()) continue;
    std::string_view rest = text.substr(at + before.size());
    std::string_view name = take_blank_word(rest, " \t\n(");
    std::string table;
    for (const char c : name)
      if (std::string_view("\"`[]'").find(c) == std::string_view::npos) table.push_back(c);
    if (const auto dot = table.rfind('.'); dot != std::string::npos) table.erase(0, dot + 1);
    if (!table.empty()) return table;
  }
  return "edges";
}

/// Statements of SQL instead of a table; databases write tables as CSV.
std::string remedy_for_sql(const FileHead& head) {
  const std::string folded = lower_ascii(head.text);
  const std::string line = lower_ascii(first_line(head.text));
  constexpr std::string_view begins[] = {"--",   "/*",    "create ", "insert into ", "pragma ", "begin",
                                         "set ", "drop ", "use ",    "copy ",        "lock ",   "start transaction"};
  const bool begins_so = std::any_of(std::begin(begins), std::end(begins),
                                     [&](std::string_view begin) { return line.starts_with(begin); });
  const bool has_rows =
      folded.find("insert into ") != std::string::npos || folded.find(" from stdin;") != std::string::npos;
  const bool has_tables = folded.find("create table ") != std::string::npos;
  if (!begins_so || !(has_rows || has_tables) || folded.find(';') == std::string::npos) return {};
  const std::string table = table_in_dump(head.text, folded);
  const bool is_postgres =
      folded.find("postgresql database dump") != std::string::npos || folded.find(" from stdin;") != std::string::npos;
  const bool is_mysql = folded.find("mysql dump") != std::string::npos ||
                        folded.find("mariadb dump") != std::string::npos || folded.find("engine=") != std::string::npos;
  std::string command =
      fmt::format("sqlite3 -csv -header :memory: \".read {}\" \"SELECT * FROM {}\" > {}.csv", head.name, table, table);
  if (is_postgres) command = fmt::format("psql --csv -c \"SELECT * FROM {}\" DATABASE > {}.csv", table, table);
  if (is_mysql) command = fmt::format("mysql --batch -e \"SELECT * FROM {}\" DATABASE > {}.tsv", table, table);
  return fmt::format("a dump of SQL; write each table as CSV and import that: {}", command);
}

std::string remedy_for_leda(const FileHead& head) {
  if (first_line(head.text) != "LEDA.GRAPH") return {};
  const std::string stem = stem_of(head.name);
  return fmt::format(
      "a graph of LEDA; networkx makes GraphML of it: python3 -c \"import networkx; "
      "networkx.write_graphml(networkx.read_leda('{}'), '{}.graphml')\"",
      head.name, stem);
}

/// psql's other displays of a table, of which each has its reader somewhere else.
std::string remedy_for_psql(const FileHead& head) {
  if (head.text.find("\n|===") != std::string_view::npos)
    return "a table of AsciiDoc; have it written as CSV: psql --csv, or import it as Markdown";
  const std::string_view line = first_line(head.text);
  if (!line.starts_with("-[ RECORD ") && !line.starts_with("*** 1. row ***") &&
      line.find("* 1. row *") == std::string_view::npos)
    return {};
  return "rows one below the other; have them written as CSV: psql --csv, mysql --batch without -E";
}

/// `dl n=4 …`, or `dl` in a line of its own.
bool is_ucinet(std::string_view line) {
  return without_outer_blanks(line) == "dl" || line.starts_with("dl n") || line.starts_with("dl,") ||
         line.starts_with("dl format");
}

/// Lines of `A -> B`, which are DOT but for what goes around them.
std::string remedy_for_arrows(const FileHead& head) {
  std::size_t lines = 0, arrows = 0;
  for (std::string_view text = head.text; !text.empty() && lines < 50;) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = without_outer_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_of("{}[];,\t|") != std::string_view::npos) return {};
    if (line.empty() || line.starts_with('#') || line.starts_with("//")) continue;
    ++lines;
    if (line.find("->") != std::string_view::npos || line.find("→") != std::string_view::npos) ++arrows;
  }
  if (lines == 0 || arrows < lines) return {};
  return fmt::format(
      "lines of arrows; this makes CSV of them: sed -E '/^ *(#|$)/d; s/ *(->|→) */,/' {} | sed '1i from,to' > {}.csv",
      head.name, stem_of(head.name));
}

/// What R's write.table writes unasked: fields in quotes, and blanks between them.
std::string remedy_for_quoted_blanks(const FileHead& head) {
  const std::string_view line = first_line(head.text);
  if (!line.starts_with('"') || line.find("\" \"") == std::string_view::npos ||
      line.find_first_of(",;\t|") != std::string_view::npos)
    return {};
  return fmt::format(
      "columns that blanks part, as R's write.table writes them; R makes CSV of it: Rscript -e "
      "'write.csv(read.table(\"{}\", header = TRUE, check.names = FALSE), \"{}-comma.csv\")'",
      head.name, stem_of(head.name));
}

/// Other texts that say who is tied to whom, by how they begin; `{0}` is the file and `{1}` its name without an ending.
std::string remedy_by_first_words(const FileHead& head) {
  struct Kind {
    std::string_view begin;  ///< of the first line, in small letters
    std::string_view remedy;
  };
  constexpr std::string_view drawing =
      "a drawing in a language of its own, of which no program makes a table; write its arrows as CSV: from,to,type";
  constexpr std::string_view cypher =
      "statements of Cypher; run them in Neo4j and import what this writes: CALL "
      "apoc.export.graphml.all('{1}.graphml', "
      "{{useTypes: true}})";
  constexpr std::string_view r_remedy =
      "what R's dput writes; R makes CSV of it: Rscript -e 'write.csv(as.data.frame(dget(\"{0}\")), \"{1}.csv\", "
      "row.names = FALSE)'";
  constexpr std::string_view ucinet =
      "UCINET's DL; have UCINET write it for Pajek (Data, Export, Pajek), or write it as CSV: a matrix with the names "
      "of "
      "the nodes above and in front, or rows of from,to,weight";
  constexpr Kind kinds[] = {
      {"structure(list(", r_remedy},
      {"list(", r_remedy},
      {">>graph6<<",
       "a graph in graph6; networkx makes GraphML of it: python3 -c \"import networkx; "
       "networkx.write_graphml(networkx.read_graph6('{0}'), '{1}.graphml')\""},
      {"dl", ucinet},
      {"spdxversion:", "SPDX as tags and values; the tools of SPDX make JSON of it: pyspdxtools -i {0} -o {1}.json"},
      {"graph lr", drawing},
      {"graph td", drawing},
      {"graph tb", drawing},
      {"flowchart ", drawing},
      {"@startuml", drawing},
      {"create (", cypher},
      {"merge (", cypher},
      {"match (", cypher},
      {":begin", cypher}};
  const std::string line = lower_ascii(first_line(head.text));
  for (const Kind& kind : kinds)
    if (line.starts_with(kind.begin) && !(kind.remedy == ucinet && !is_ucinet(line)) &&
        !(kind.remedy == drawing && line.find('{') != std::string::npos))  // DOT
      return fmt::format(fmt::runtime(kind.remedy), head.name, stem_of(head.name));
  if (head.extension == ".yaml" || head.extension == ".yml")
    return fmt::format(
        "YAML; write it as JSON: python3 -c \"import json, yaml; json.dump(yaml.safe_load(open('{}')), "
        "open('{}.json', 'w'))\"",
        head.name, stem_of(head.name));
  if (head.extension == ".toml")
    return fmt::format(
        "TOML; write it as JSON: python3 -c \"import json, tomllib; json.dump(tomllib.load(open('{}', "
        "'rb')), open('{}.json', 'w'))\"",
        head.name, stem_of(head.name));
  return {};
}

/// `{"A": {"B": {"weight": 1}}, "B": {}}`: objects by key whose keys are those of the first ones.
bool is_dictionary_of_neighbours(const Json& top) {
  std::size_t known = 0, all = 0;
  for (const auto& [node, neighbours] : top.as_object()) {
    if (neighbours.is_array()) {
      for (const Json& neighbour : neighbours.as_array()) {
        if (!neighbour.is_string()) return false;
        ++all;
        if (top.find(neighbour.as_string()) != nullptr) ++known;
      }
    } else if (neighbours.is_object()) {
      for (const auto& [neighbour, data] : neighbours.as_object()) {
        if (!data.is_object()) return false;
        ++all;
        if (top.find(neighbour) != nullptr) ++known;
      }
    } else {
      return false;
    }
  }
  return known > 0 && 2 * known >= all;
}

/// TinkerPop's GraphSON, whose values say their types; and JSON with what JSON does not have.
std::string remedy_for_json(const FileHead& head) {
  const std::string_view line = first_line(head.text);
  // Comments may stand in front of a drawing, too, or of a program.
  const bool is_comment = line.starts_with("//") || line.starts_with("/*");
  const bool has_json =
      head.text.find("\n{") != std::string_view::npos || head.text.find("\n[") != std::string_view::npos;
  if ((is_comment && has_json && !looks_like_dot(head)) || head.extension == ".json5" || head.extension == ".jsonc")
    return fmt::format("JSON with comments or keys without quotes; write it as JSON: npx json5 {} > {}-plain.json",
                       head.name, stem_of(head.name));
  const auto json = json_head(head);
  if (json && json->is_lines() && json->values.front().is_array())
    return fmt::format(
        "a list a line; this makes one list of them, of which the first holds the names of the columns: jq -s . {} > "
        "{}-rows.json",
        head.name, stem_of(head.name));
  if (!json || json->object() == nullptr) return {};
  const Json* top = json->object();
  if (member_in(top, "@context") != nullptr && remedy_for_packages(head).empty())
    return std::string(rdf_remedy);  // JSON-LD
  if (head.is_whole && is_dictionary_of_neighbours(*top))
    return fmt::format(
        "nodes with their neighbours, as networkx has them; it makes GraphML of it: python3 -c \"import json, "
        "networkx; "
        "networkx.write_graphml(networkx.DiGraph(json.load(open('{}'))), '{}.graphml')\"",
        head.name, stem_of(head.name));
  const bool is_vertex = member_in(top, "label") != nullptr && member_in(top, "id") != nullptr &&
                         (object_in(top, "outE") != nullptr || object_in(top, "inE") != nullptr);
  const Json* type = text_in(top, "@type");
  if (!is_vertex && (type == nullptr || !type->as_string().starts_with("tinker:"))) return {};
  return "GraphSON; Gremlin writes GraphML: g.io(\"graph.graphml\").write().iterate()";
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

std::string remedy_for_text(const FileHead& head) {
  for (auto* remedy : {remedy_for_leda, remedy_for_arrows, remedy_for_quoted_blanks, remedy_for_sql, remedy_for_psql,
                       remedy_by_first_words, remedy_for_json, remedy_for_packages})
    if (std::string text = remedy(head); !text.empty()) return text;
  return {};
}

std::string remedy_for_rdf(const FileHead& head) {
  std::string_view begin = head.text;
  begin.remove_prefix(std::min(begin.find_first_not_of(" \t\r\n\v\f"), begin.size()));
  const bool is_xml = begin.starts_with('<') && head.text.find("<rdf:RDF") != std::string_view::npos;
  return looks_like_rdf(begin) || is_xml ? std::string(rdf_remedy) : std::string();
}

std::string remedy_for_xml(const FileHead& head) {
  const std::string folded = lower_ascii(head.text);
  if (folded.find("<office:document") != std::string::npos)
    return fmt::format(
        "a flat document of LibreOffice; it makes a workbook of a spreadsheet: soffice --convert-to xlsx {}",
        head.name);
  if (folded.find("cyclonedx.org/schema/bom") != std::string::npos)
    return fmt::format(
        "CycloneDX as XML; its own tool makes JSON of it: cyclonedx convert --input-file {} --output-file {}.json",
        head.name, stem_of(head.name));
  if (folded.find("<table") != std::string::npos)
    return fmt::format(
        "a web page with tables; save the first one as CSV: python3 -c \"import pandas; "
        "pandas.read_html('{}')[0].to_csv('{}.csv', index=False)\", or open it in a spreadsheet",
        head.name, stem_of(head.name));
  if (folded.find("<html") != std::string::npos)
    return "XML that is neither GraphML nor GEXF; it is a web page: save the file it links to";
  if (folded.find("<sparql") != std::string::npos)
    return "the answer to a SPARQL query as XML; ask for it as CSV or JSON: curl -H \"Accept: text/csv\"";
  return "XML that is neither GraphML nor GEXF; export it from its program as one of them, or as CSV";
}

std::string remedy_for_fixed_width(const FileHead& head) {
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
      head.name, stem_of(head.name));
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
