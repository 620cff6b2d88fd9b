#pragma once

#include "chokepoint/query/session.hpp"
#include "chokepoint/store/database.hpp"
#include "tests/support/database_dump.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace chokepoint::test {

/// A small database in memory, written down fact by fact. Everything cites the source `s` unless it says otherwise.
///
///   Facts facts;
///   facts.node("firm", "asml").node("equipment", "scanner").edge("asml", "produces", "scanner", R"("share":0.9)");
class Facts {
 public:
  Facts() { source("s", "2024"); }

  /// @param date  empty: undated
  Facts& source(std::string_view id, std::string_view date) {
    lines_ += R"({"source":{"id":")" + std::string(id) + R"(","title":"T")";
    if (!date.empty()) lines_ += R"(,"date":")" + std::string(date) + '"';
    lines_ += "}}\n";
    return *this;
  }
  /// @param more  further members as JSON, `"share":0.5,"since":"2024"`
  Facts& node(std::string_view type, std::string_view id, std::string_view more = {}) {
    return record("node", R"("id":")" + std::string(id) + R"(","type":")" + std::string(type) + '"', more);
  }
  Facts& edge(std::string_view from, std::string_view type, std::string_view to, std::string_view more = {}) {
    return record(
        "edge",
        R"("from":")" + std::string(from) + R"(","type":")" + std::string(type) + R"(","to":")" + std::string(to) + '"',
        more);
  }
  Facts& figure(std::string_view subject, std::string_view indicator, std::string_view value,
                std::string_view more = {}) {
    return record("observation",
                  R"("subject":")" + std::string(subject) + R"(","indicator":")" + std::string(indicator) +
                      R"(","value":)" + std::string(value),
                  more);
  }

  /// A session on these facts. @pre the facts are valid
  Session& on(std::string_view as_of, std::string language = "en") {
    if (!database_) {
      database_ = std::make_unique<Database>(Database::in_memory(Ontology::standard()));
      import_lines(*database_, lines_);
    }
    session_ = std::make_unique<Session>(*database_, *parse_as_of(as_of), std::move(language));
    return *session_;
  }

 private:
  Facts& record(std::string_view kind, const std::string& members, std::string_view more) {
    lines_ += R"({")" + std::string(kind) + R"(":{)" + members;
    if (!more.empty()) lines_ += "," + std::string(more);
    if (more.find("\"sources\"") == std::string_view::npos) lines_ += R"(,"sources":[{"source":"s"}])";
    lines_ += "}}\n";
    return *this;
  }

  std::string lines_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Session> session_;
};

/// The values of one key of a list of objects, joined by spaces.
inline std::string pluck(const Json& list, std::string_view key) {
  std::string out;
  for (const Json& entry : list.as_array()) {
    if (!out.empty()) out += ' ';
    const Json* value = entry.find(key);
    if (value != nullptr) out += value->is_string() ? value->as_string() : to_text(*value);
  }
  return out;
}

/// `from -type-> to` of a list of edges, joined by `; `.
inline std::string arrows(const Json& edges) {
  std::string out;
  for (const Json& edge : edges.as_array()) {
    if (!out.empty()) out += "; ";
    out +=
        edge.find("from")->as_string() + " -" + edge.find("type")->as_string() + "-> " + edge.find("to")->as_string();
  }
  return out;
}

/// chip = scanner AND resist; scanner from asml of nl, resist from jsr or tok of jp.
inline Facts scanner_and_resist_facts() {
  Facts facts;
  facts.node("country", "nl").node("country", "jp").node("firm", "asml").node("firm", "jsr").node("firm", "tok");
  facts.node("equipment", "scanner").node("material", "resist").node("chip", "chip");
  facts.edge("asml", "located-in", "nl").edge("jsr", "located-in", "jp").edge("tok", "located-in", "jp");
  facts.edge("asml", "produces", "scanner").edge("jsr", "produces", "resist").edge("tok", "produces", "resist");
  facts.edge("chip", "requires", "scanner").edge("chip", "requires", "resist");
  return facts;
}

}  // namespace chokepoint::test
