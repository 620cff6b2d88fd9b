#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/model/table.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// `62 %`, `≥ 90 %`, `≈ 3,400 TWh`: numbers for people, with thousands separated and the bound as a sign.
std::string number_text(double value);
/// `500 billion` for 500000000000, in Chinese `5000 亿`: from a million on, where at most four digits say it exactly;
/// else as `number_text`.
std::string large_number_text(const Session& session, double value);
std::string share_text(double share, Bound bound);
std::string amount_text(const Session& session, double amount, std::string_view unit, Bound bound);
/// `75 percent`, `3 – 6 months`, `≥ 1,000 papers`; a text value as it is.
std::string value_text(const Session& session, const Observation& observation);
/// A text of a record in the session's language, see text_in.
std::string said_of(const Session& session, std::string_view attributes, std::string_view name, std::string text);
/// The same with units by their symbols and sizes by letters, for tables: `≈ 20.4 bn USD`, `35 %`.
std::string short_value_text(const Session& session, const Observation& observation);
/// The label of a unit or an indicator; its id where the ontology has none.
std::string unit_label(const Session& session, std::string_view unit);
std::string indicator_label(const Session& session, std::string_view indicator);

/// `2022-10-07 – 2024`, `2025 –`, `as of 2025-06`; nothing for an undated fact.
std::string when_text(const Session& session, std::string_view since, std::string_view until, std::string_view as_of);
/// Status in words; nothing for `reported`.
std::string status_text(const Session& session, Status status);
/// `report-2026 §1.2; other-2025`.
std::string citations_text(std::span<const Citation> citations);

/// `of AI chip`, `in China`: a preposition (of, in, from) and the label of a node; nothing for an empty id.
std::string qualifier(Names& names, std::string_view preposition, const std::string& id);

/// The measures of an edge for people: share, amount, those that have a label.
std::string measure_text(const Session& session, const Edge& edge);
/// Qualifiers and measures of an edge for people: `of AI chip; in China; ≈ 62 %; licence`.
std::string detail_text(Names& names, const Edge& edge);
/// Qualifiers of an observation: `of …; in …; relative to …`.
std::string detail_text(Names& names, const Observation& observation);
/// A record as problems and sources name it, `edge nvidia -supplies-> cn`, with its kind in the session's language.
std::string record_text(const Session& session, std::string_view record);
/// `Nvidia (nvidia) supplies China (cn): of AI chip; ≈ 62 %`.
std::string sentence(Names& names, const Edge& edge);

/// A scalar as a table cell; null, lists and objects are unknown.
Cell value_cell(const Json& value);

/// Every field of edges or observations, one row each, with the keys of the dataset format; for programs.
Table edge_data(std::span<const Edge> edges);
Table observation_data(std::span<const Observation> observations);
/// Both, called `facts` and `figures`.
std::vector<Table> record_data(std::span<const Edge> edges, std::span<const Observation> observations);
/// A last column `rival`: `counts` for the claim that counts of those that contradict each other, `beside` for the
/// others. @pre the first column has ids
void add_rival_column(Table& table, const std::vector<std::vector<std::string>>& rivals);

/// Edges or observations as a JSON list, each with id and sources.
Json edges_json(std::span<const Edge> edges);
Json observations_json(std::span<const Observation> observations);

}  // namespace chokepoint::detail
