#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/json.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Where a fact was read: a source, and the place in it.
struct Citation {
  std::string source;     ///< Source::id
  std::string locator{};  ///< section, table, figure, page; may be empty
  std::string read{};     ///< the figure or date as printed, and the day it was read; at most 200 bytes, may be empty
  friend auto operator<=>(const Citation&, const Citation&) = default;
};

/// How a stated number relates to the true one.
enum class Bound : std::uint8_t { exact, about, at_least, at_most };
/// What kind of statement a fact is.
enum class Status : std::uint8_t { reported, estimated, forecast, planned, recommended, derived };
/// Whether a supplier can stand in for others.
enum class Significance : std::uint8_t { unstated, major, minor };

std::string_view to_string(Bound bound);                ///< `exact`, `about`, `at-least`, `at-most`
std::string_view to_string(Status status);              ///< `reported`, …
std::string_view to_string(Significance significance);  ///< ``, `major`, `minor`
std::optional<Bound> parse_bound(std::string_view text);
/// Whether a fact of that status is about a time that was still to come when it was said.
constexpr bool looks_ahead(Status status) {
  return status == Status::forecast || status == Status::planned || status == Status::recommended;
}
std::optional<Status> parse_status(std::string_view text);
std::optional<Significance> parse_significance(std::string_view text);

using Labels = std::map<std::string, std::string>;  ///< language tag -> text

/// A document that facts come from.
struct Source {
  std::string id;
  std::string title;
  std::string publisher;
  std::string date;  ///< partial ISO 8601, as given; empty when unknown
  std::string language;
  std::string url;
  std::string license;
  std::string attributes;  ///< canonical JSON object, empty for none
  friend bool operator==(const Source&, const Source&) = default;
};

/// An actor, thing, policy or place (design, data model).
struct Node {
  std::string id;
  std::string type;  ///< id of a node type of the ontology
  Labels labels;
  std::vector<std::string> aliases;          ///< sorted
  std::map<std::string, std::string> codes;  ///< scheme -> code
  std::string description;
  std::string since;  ///< partial ISO 8601 as given, empty for open
  std::string until;
  std::string attributes;         ///< canonical JSON object, empty for none
  std::vector<Citation> sources;  ///< sorted, at least one
  friend bool operator==(const Node&, const Node&) = default;
};

/// A typed relation `from` → `to`. Texts are as given; empty means absent.
struct Edge {
  std::string id;    ///< given, or `record_id(edge)`
  std::string type;  ///< id of an edge type of the ontology
  std::string from;
  std::string to;
  std::string item;              ///< what flows: a node id
  std::string market;            ///< where it holds: a node id
  std::string origin;            ///< whence: a node id
  std::optional<double> share;   ///< fraction in [0, 1]
  std::optional<double> amount;  ///< in `unit`
  std::string unit;
  std::optional<double> performance;  ///< ratio to what is replaced, >= 0
  std::string as_of;                  ///< dates the measure
  Bound bound = Bound::exact;
  Status status = Status::reported;
  Significance significance = Significance::unstated;
  std::optional<double> confidence;  ///< in [0, 1]; absent ranks lowest among rivals
  std::string since;
  std::string until;
  std::string group;               ///< requirement group; empty is the default one
  std::optional<std::uint32_t> k;  ///< how many members of the group are needed, >= 1
  std::string attributes;          ///< canonical JSON object, empty for none
  std::vector<Citation> sources;
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// A figure about one node. `value` is a number or a text.
struct Observation {
  std::string id;                    ///< given, or `record_id(observation)`
  std::string subject;               ///< node id
  std::string indicator;             ///< slug; the ontology may give it labels
  Json value;                        ///< text, or a number: an integer of 64 bits or a double
  std::optional<double> value_high;  ///< upper end of a range [value, value_high]
  std::string unit;
  std::string item;
  std::string market;
  std::string relative_to;
  std::string as_of;  ///< either this …
  std::string since;  ///< … or the period the figure is about
  std::string until;
  Bound bound = Bound::exact;
  Status status = Status::reported;
  std::optional<double> confidence;
  std::string attributes;
  std::vector<Citation> sources;
  friend bool operator==(const Observation&, const Observation&) = default;
};

/// What a dataset says about itself.
struct DatasetInfo {
  std::string id;
  std::string title;
  std::string version;
  std::string license;
  friend bool operator==(const DatasetInfo&, const DatasetInfo&) = default;
};

/// Enough of a node to show it.
struct NodeRef {
  std::int64_t key = 0;
  std::string id;
  std::string type;
  Labels labels;
  friend bool operator==(const NodeRef&, const NodeRef&) = default;
};

/// A node found by text.
struct SearchHit {
  NodeRef node;
  std::string matched;  ///< the id, label, alias or code that matched
  double score = 0;     ///< higher is better; exact names first
};

/// One record that rests on a source.
struct RestingRecord {
  std::string kind;  ///< `node`, `edge` or `observation`
  std::string id;
  std::string description;  ///< as `describe()`
  std::string locator;
  std::string read;          ///< as Citation::read
  bool only_source = false;  ///< nothing else is cited for it
  /// Since when it holds, or what time it is about, as written; empty for what is forecast, planned or recommended,
  /// which is about a later time by its nature.
  std::string begins;
};

/// A dataset and how much it holds.
struct DatasetSummary {
  DatasetInfo info;
  std::int64_t nodes = 0, edges = 0, observations = 0, sources = 0;
};

/// Node ids: 1 to 200 bytes of `[A-Za-z0-9._:/-]`.
bool is_valid_id(std::string_view id);
/// Whether a label may be kept under this tag: 1 to 35 ASCII letters, digits and hyphens.
bool is_language_tag(std::string_view tag);

/// The record as a JSON object with the keys of the dataset format, in the order of the data model; absent
/// fields are left out, defaults (exact, reported) too. `with_id` false leaves out `id`.
Json to_json(const Source& source);
Json to_json(const Node& node);
Json to_json(const Edge& edge, bool with_id = true);
Json to_json(const Observation& observation, bool with_id = true);
Json to_json(const DatasetInfo& dataset);

/// The record that `to_json` would write as `object`; absent keys are absent fields, unknown keys are passed over.
/// @pre every key of the dataset format that is present has a value of its kind (text, number, list …)
Source source_from_json(const Json& object);
Node node_from_json(const Json& object);
Edge edge_from_json(const Json& object);
Observation observation_from_json(const Json& object);

/// 16 lower-case hex digits of XXH3-64 over the canonical JSON of the record without `id`, `sources` and
/// `confidence`: equal claims have equal ids. @see graph/SEMANTICS.md §1.4
std::string record_id(const Edge& edge);
std::string record_id(const Observation& observation);
/// The same as a number. @pre `attributes` is canonical
std::uint64_t claim_hash(const Edge& edge);
/// @param text  memory to be used again
std::uint64_t claim_hash(const Edge& edge, std::string& text);
std::uint64_t claim_hash(const Observation& observation);
/// A hash as 16 lower-case hex digits.
std::string hash_text(std::uint64_t hash);

/// For messages: `edge nvidia -develops-> nvidia-h100`, `node us`, `observation us power (2024)`.
std::string describe(const Node& node);
std::string describe(const Edge& edge);
std::string describe(const Observation& observation);

/// A string attribute of a record (`mode`, `role`, `announced` …), nullopt when absent or no string.
std::optional<std::string> text_attribute(std::string_view attributes, std::string_view name);

/// A text of a record in a language: its attribute `NAME:LANGUAGE` (`description:zh`, `note:zh`) where there is one,
/// else the text itself.
/// @param name  of a field (`description`, `value`) or of an attribute
std::string text_in(std::string_view language, std::string_view attributes, std::string_view name, std::string text);
/// Whether an attribute only says in another language what a field or another attribute says.
/// @param attributes  an object. @param fields  names of the record's own fields that may have such
bool is_translation(const Json& attributes, std::string_view name, std::initializer_list<std::string_view> fields);

}  // namespace chokepoint
