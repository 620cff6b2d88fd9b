#pragma once

#include "chokepoint/export/exporter.hpp"
#include "chokepoint/export/render.hpp"
#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"
#include "globals.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace chokepoint::cli {

/// How an answer is written; `graph` writes its subgraph through an exporter.
enum class Format : std::uint8_t { table, json, jsonl, csv, tsv, markdown, xlsx, graph };

/// A format with what belongs to it.
struct Form {
  Format format = Format::table;
  const Exporter* exporter = nullptr;  ///< of `graph`
  std::string picture{};               ///< of `graph`: the kind that was asked for; empty: what fits
  bool bom = false;                    ///< CSV and TSV begin with a byte order mark
  bool spreadsheet_safe = true;        ///< CSV and TSV: text that would run as a formula gets an apostrophe
  TextStyle style;                     ///< of `table`
};

/// Names for --format, in the order of the enumeration.
const std::vector<std::string>& format_names();
/// Extensions for -o.
std::vector<std::string> output_extensions();

/// --format wins, then the extension of -o, then a table.
/// @throws UsageError for an extension that says nothing
Form choose_form(const Globals& globals);

/// For commands that write the graph itself. @throws UsageError naming the commands whose answers have pictures, where
/// one is asked for
void refuse_picture(const Globals& globals);

/// Whether the answer is written as tables, sentences and drawings, on a terminal or in Markdown.
bool is_for_people(const Globals& globals);
/// Whether tables as people read them are written: the same, and workbooks.
bool has_tables(const Globals& globals);

/// Writes an answer. Text from data is escaped as the format demands.
/// @return what the exporter had to change
/// @throws UsageError when a subgraph is asked for and the answer has none
std::vector<std::string> write_answer(Session& session, const Answer& answer, const Form& form, std::ostream& out);

}  // namespace chokepoint::cli
