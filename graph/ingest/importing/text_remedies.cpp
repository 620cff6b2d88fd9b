// Texts that readers would take for something else, by what stands in them.
#include "chokepoint/model/text.hpp"
#include "ingest/files/told_names.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/plain_text.hpp"
#include "ingest/importing/json_remedies.hpp"
#include "ingest/importing/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

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
  const std::string stem = stem_in_commands(head.name);
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
      head.name, stem_in_commands(head.name));
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
      head.name, stem_in_commands(head.name));
}

/// The lines of a text, the first ones, without blanks around them and without empty ones.
std::vector<std::string_view> first_lines(std::string_view text, std::size_t most) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < most) {
    const auto end = std::min(text.find('\n'), text.size());
    if (const std::string_view line = without_outer_blanks(text.substr(0, end)); !line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Trees that builders draw with lines: Maven's and Gradle's.
std::string remedy_for_drawn_trees(const FileHead& head) {
  const auto lines = first_lines(head.text, 200);
  const auto branches = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
    return line.find("+- ") != std::string_view::npos || line.find("\\- ") != std::string_view::npos ||
           line.find("+--- ") != std::string_view::npos || line.find("\\--- ") != std::string_view::npos;
  });
  if (branches < 2 || 2 * static_cast<std::size_t>(branches) < lines.size()) return {};
  return "a tree of what a build needs; have it written as CycloneDX, which is read: mvn "
         "org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom, or the plugin org.cyclonedx.bom of Gradle";
}

/// `A [3] B`, as SankeyMATIC has flows.
std::string remedy_for_flows(const FileHead& head) {
  std::size_t lines = 0, flows = 0;
  for (const std::string_view line : first_lines(head.text, 50)) {
    if (line.starts_with("//") || line.starts_with("'") || line.starts_with(':')) continue;
    ++lines;
    const auto open = line.find(" ["), close = line.find("] ");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open + 3) continue;
    if (line.substr(open + 2, close - open - 2).find_first_not_of("0123456789.,") == std::string_view::npos) ++flows;
  }
  if (lines == 0 || flows < lines) return {};
  return fmt::format(
      "flows of SankeyMATIC; this makes CSV of them: grep -v '^//' {} | sed -E 's/^(.*) \\[([0-9.]+)\\] "
      "(.*)$/\\1,\\2,\\3/' | sed "
      "'1i from,weight,to' > {}.csv",
      head.name, stem_in_commands(head.name));
}

/// `A: B, C` or `A: B C`: a node and its neighbours.
std::string remedy_for_neighbours(const FileHead& head) {
  if (head.extension == ".yaml" || head.extension == ".yml" || head.extension == ".ris") return {};
  const auto lines = first_lines(head.text, 50);
  bool has_commas = false;
  for (const std::string_view line : lines) {
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos || colon == 0 || line.find_first_of("{}[]<>\"|\t;") != std::string_view::npos ||
        line.find(':') != colon || line.find(':', colon + 1) != std::string_view::npos || line.ends_with('.'))
      return {};
    has_commas = has_commas || line.find(',', colon) != std::string_view::npos;
  }
  if (lines.size() < 2) return {};
  return fmt::format(
      "a node a line with those that it is tied to; this makes CSV of them: awk -F': *' 'BEGIN {{print \"from,to\"}} "
      "{{n = "
      "split($2, to, / *{} */); for (i = 1; i <= n; i++) print $1 \",\" to[i]}}' {} > {}.csv",
      has_commas ? "," : " ", head.name, stem_in_commands(head.name));
}

/// Cells that Neo4j's browser writes as it shows them: `(:Firm {name: "ASML"})`.
std::string remedy_for_shown_nodes(const FileHead& head) {
  if (head.text.find("(:") == std::string_view::npos || head.text.find("[:") == std::string_view::npos) return {};
  const auto lines = first_lines(head.text, 2);
  if (lines.size() < 2 || !(lines[1].starts_with("(:") || lines[1].starts_with("\"(:"))) return {};
  return "an answer of Neo4j's browser whose cells are nodes; ask for columns in their place: MATCH (n)-[r]->(m) "
         "RETURN "
         "n.name AS from, type(r) AS type, m.name AS to";
}

/// The level of a part, `2` or `..2`, where a line begins with one; 0 to 9.
std::optional<int> level_in(std::string_view line, char mark) {
  std::string_view level = line.substr(0, line.find(mark));
  while (level.starts_with('.') || level.starts_with(' ') || level.starts_with('"')) level.remove_prefix(1);
  if (level.ends_with('"')) level.remove_suffix(1);
  const bool is_level =
      line.find(mark) != std::string_view::npos && level.size() == 1 && level[0] >= '0' && level[0] <= '9';
  return is_level ? std::optional(level[0] - '0') : std::nullopt;
}

/// A list of parts by levels, each below the one that it is part of: `Level,Part Number`.
std::string remedy_for_levels(const FileHead& head) {
  const auto lines = first_lines(head.text, 200);
  if (lines.size() < 3) return {};
  const std::string header = lower_ascii(lines[0]);
  const auto end = header.find_first_of(",;\t");
  const std::string_view first = std::string_view(header).substr(0, end);
  if (end == std::string::npos || !(first == "level" || first == "bom level" || first == "lvl" || first == "stufe"))
    return {};
  const char mark = header[end];
  int before = 9;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto level = level_in(lines[i], mark);
    if (!level || *level > before + 1) return {};
    before = *level;
  }
  return fmt::format(
      "parts by levels, each below the one that it is part of; this makes rows of both: python3 -c \"import csv; r = "
      "list(csv.reader(open('{}'), delimiter='{}')); at = {{}}; n = lambda x: int(x[0].strip('. ')); w = "
      "csv.writer(open('{}-rows.csv', 'w')); w.writerow(['Parent Part', 'Child Part'] + r[0][2:]); [(at.update({{n(x): "
      "x[1]}}), n(x) - 1 in at and w.writerow([at[n(x) - 1]] + x[1:])) for x in r[1:] if x]\"",
      head.name, mark == '\t' ? "\\t" : std::string(1, mark), stem_in_commands(head.name));
}

/// Two names a line and nothing else.
std::string remedy_for_pairs(const FileHead& head) {
  const auto lines = first_lines(head.text, 50);
  const bool are_pairs = std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
    return line.find_first_of(",;|\t:") == std::string_view::npos || std::count(line.begin(), line.end(), ' ') == 1;
  });
  if (lines.empty() || !are_pairs) return {};
  for (const std::string_view line : lines)
    if (std::count(line.begin(), line.end(), ' ') != 1 || line.ends_with('.')) return {};
  return "two words a line; where they are the ends of edges, --from edge-list reads them so";
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
  constexpr std::string_view sparse6 =
      "a graph in sparse6; networkx makes GraphML of it: python3 -c \"import networkx; "
      "networkx.write_graphml(networkx.read_sparse6('{0}'), '{1}.graphml')\"";
  constexpr std::string_view bibliography =
      "a list of literature, in which no graph is; write who cites whom as CSV: from,to,type";
  constexpr Kind kinds[] = {
      {"structure(list(", r_remedy},
      {"list(", r_remedy},
      {">>sparse6<<", sparse6},
      {">>digraph6<<", "a graph in digraph6, whose nodes are numbers; igraph or Sage read it and write GraphML"},
      {"@nodes",
       "a graph of LEMON; write its @arcs as CSV with the names of the columns from,to in front, and its @nodes as "
       "another"},
      {"\\begin{tabular", "a table of LaTeX; pandoc makes Markdown of it, which is read: pandoc {0} -t gfm -o {1}.md"},
      {"\\documentclass",
       "a document of LaTeX; pandoc makes Markdown of it, whose tables are read: pandoc {0} -t gfm -o {1}.md"},
      {"{|", "a table of a wiki; pandoc makes Markdown of it, which is read: pandoc -f mediawiki {0} -t gfm -o {1}.md"},
      {"@article", bibliography},
      {"@book", bibliography},
      {"@inproceedings", bibliography},
      {"@misc", bibliography},
      {"ty  - ", bibliography},
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
      return fmt::format(fmt::runtime(kind.remedy), head.name, stem_in_commands(head.name));
  for (const auto& [extension, format] : {std::pair(".g6", "graph6"), std::pair(".s6", "sparse6")})
    if (head.extension == extension)
      return fmt::format(
          "a graph in {}; networkx makes GraphML of it: python3 -c \"import networkx; "
          "networkx.write_graphml(networkx.read_{}('{}'), '{}.graphml')\"",
          format, format, head.name, stem_in_commands(head.name));
  if (head.extension == ".yaml" || head.extension == ".yml")
    return fmt::format(
        "YAML; write it as JSON: python3 -c \"import json, yaml; json.dump(yaml.safe_load(open('{}')), "
        "open('{}.json', 'w'))\"",
        head.name, stem_in_commands(head.name));
  if (head.extension == ".toml")
    return fmt::format(
        "TOML; write it as JSON: python3 -c \"import json, tomllib; json.dump(tomllib.load(open('{}', "
        "'rb')), open('{}.json', 'w'))\"",
        head.name, stem_in_commands(head.name));
  return {};
}

}  // namespace

FileHead for_commands(FileHead head) {
  head.name = name_in_commands(head.name);
  return head;
}

std::string remedy_for_text(const FileHead& given) {
  const FileHead head = for_commands(given);
  for (auto* remedy : {remedy_for_leda, remedy_for_shown_nodes, remedy_for_levels, remedy_for_drawn_trees,
                       remedy_for_flows, remedy_by_first_words, remedy_for_neighbours, remedy_for_arrows,
                       remedy_for_quoted_blanks, remedy_for_sql, remedy_for_psql, remedy_for_json})
    if (std::string text = remedy(head); !text.empty()) return text;
  return {};
}

std::string remedy_for_words(const FileHead& head) { return remedy_for_pairs(head); }

}  // namespace chokepoint::detail
