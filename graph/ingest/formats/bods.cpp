#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace chokepoint::detail {

// Statements of the Beneficial Ownership Data Standard, 0.1 to 0.4, as a list or lines: entities, persons, and who
// holds what of them. They become one table, of which the profile `bods` makes nodes and edges.

namespace {

/// `{"name": "United Kingdom", "code": "GB"}`: the code, else the name.
std::string place_in(const Json* place) {
  for (const char* key : {"code", "name"})
    if (const Json* text = text_in(place, key)) return text->as_string();
  return {};
}

/// The text of a member, which may be one or an object with it as its type (0.4).
std::string kind_in(const Json& record, std::string_view key) {
  if (const Json* text = text_in(&record, key)) return text->as_string();
  if (const Json* text = text_in(object_in(&record, key), "type")) return text->as_string();
  return {};
}

/// The end of a relationship: an id (0.4), or which statement describes it.
std::string party_in(const Json& record, std::string_view key) {
  if (const Json* id = text_in(&record, key)) return id->as_string();
  const Json* party = object_in(&record, key);
  for (const char* described : {"describedByEntityStatement", "describedByPersonStatement"})
    if (const Json* id = text_in(party, described)) return id->as_string();
  return {};
}

bool is_of_shares(const Json& interest) {
  const Json* type = text_in(&interest, "type");
  return type != nullptr && type->as_string().find("hareholding") != std::string::npos;
}

/// The interest whose share, or else whose days, are those of the relationship.
const Json* main_interest(const Json* interests) {
  const Json* first = nullptr;
  for (std::size_t i = 0; interests != nullptr && i < interests->as_array().size(); ++i) {
    const Json& each = interests->as_array()[i];
    if (!each.is_object()) continue;
    if (is_of_shares(each)) return &each;
    if (first == nullptr) first = &each;
  }
  return first;
}

class BodsReader : public JsonVisitor {
 public:
  explicit BodsReader(TableSet& set) : table_(set.add("")) {}

  [[nodiscard]] bool reads_lines() const override { return true; }
  Step begin(const JsonPath& path, bool is_object) override {
    return path.empty() && !is_object ? Step::enter : Step::take;
  }

  void value(const JsonPath& /*path*/, const Json& value, std::uint64_t line) override {
    const Json* details = object_in(&value, "recordDetails");
    const Json& record = details == nullptr ? value : *details;
    const std::string kind = kind_in(value, details == nullptr ? "statementType" : "recordType");
    table_.begin_row(line);
    put("record", kind);
    const Json* id = text_in(&value, details == nullptr ? "statementID" : "recordId");
    put("id", id == nullptr ? std::string() : id->as_string());
    if (kind.starts_with("ownership") || kind == "relationship")
      put_relationship(value, record);
    else
      put_party(record);
    table_.end_row();
  }

 private:
  void put(std::string_view name, std::string_view text) {
    if (!text.empty()) table_.set(table_.column(fmt::format("BODS {}", name)), text);
  }
  void put_text(std::string_view name, const Json* text) {
    if (text != nullptr && text->is_string()) put(name, text->as_string());
  }

  void put_party(const Json& record) {
    put_text("name", member_in(&record, "name"));
    if (const Json* names = list_in(&record, "names"))
      for (const Json& name : names->as_array()) put_text("name", text_in(&name, "fullName"));
    for (const char* key : {"entityType", "personType"}) put("kind", kind_in(record, key));
    for (const char* key : {"jurisdiction", "incorporatedInJurisdiction"})
      put("jurisdiction", place_in(object_in(&record, key)));
    if (const Json* places = list_in(&record, "nationalities"))
      for (const Json& place : places->as_array()) put("nationality", place_in(&place));
    put_text("birth date", text_in(&record, "birthDate"));
    put_text("founded", text_in(&record, "foundingDate"));
    put_text("dissolved", text_in(&record, "dissolutionDate"));
    if (const Json* numbers = list_in(&record, "identifiers"))
      for (const Json& number : numbers->as_array())
        if (const Json* code = text_in(&number, "id")) {
          const Json* scheme = text_in(&number, "scheme");
          put("number", (scheme == nullptr ? std::string() : scheme->as_string() + " ") + code->as_string());
        }
  }

  void put_relationship(const Json& statement, const Json& record) {
    put("holder", party_in(record, "interestedParty"));
    put("held", party_in(record, "subject"));
    const Json* interests = list_in(&record, "interests");
    for (std::size_t i = 0; interests != nullptr && i < interests->as_array().size(); ++i)
      put_text("interest", text_in(&interests->as_array()[i], "type"));
    const Json* main = main_interest(interests);
    const Json* share = main != nullptr && is_of_shares(*main) ? object_in(main, "share") : nullptr;
    put_share(share);
    put_text("since", text_in(main, "startDate"));
    put_text("until", text_in(main, "endDate"));
    const Json* day = text_in(&statement, "statementDate");
    if (share != nullptr) put_text("as of", day);
    const Json* status = text_in(&statement, "recordStatus");
    if (status != nullptr && status->as_string() == "closed" && text_in(main, "endDate") == nullptr)
      put_text("until", day);
  }

  /// Per cent: what it is exactly, or from where to where.
  void put_share(const Json* share) {
    const Json* exact = member_in(share, "exact");
    if (exact != nullptr && exact->is_number()) return put("share", fmt::format("{}", scalar_text(*exact)));
    constexpr std::array<std::pair<const char*, const char*>, 4> limits{{{"minimum", "at-least"},
                                                                         {"exclusiveMinimum", "at-least"},
                                                                         {"maximum", "at-most"},
                                                                         {"exclusiveMaximum", "at-most"}}};
    bool is_said = false;
    for (const auto& [key, bound] : limits) {
      const Json* limit = member_in(share, key);  // until 0.3 the exclusive ones are truth values
      if (limit == nullptr || !limit->is_number()) continue;
      const bool is_least = std::string_view(bound) == "at-least";
      put(is_least ? "least share" : "most share", scalar_text(*limit));
      if (is_said || (!is_least && scalar_text(*limit) == "100")) continue;
      put("share", scalar_text(*limit));
      put("bound", bound);
      is_said = true;
    }
  }

  SpooledTable& table_;
};

bool is_statement(const Json* record) {
  if (text_in(record, "statementType") != nullptr && text_in(record, "statementID") != nullptr) return true;
  return text_in(record, "recordType") != nullptr && text_in(record, "recordId") != nullptr &&
         object_in(record, "recordDetails") != nullptr;
}

}  // namespace

std::optional<std::string> looks_like_bods(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || json->records().empty() || !is_statement(json->records().front())) return std::nullopt;
  return "its records are statements of the Beneficial Ownership Data Standard";
}

void read_bods(InputFile& file, const ReadContext& context, TableSet& tables) {
  BodsReader reader(tables);
  walk_json(file, context, tables.remarks, reader);
}

}  // namespace chokepoint::detail
