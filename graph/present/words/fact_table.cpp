#include "present/words/fact_table.hpp"

#include "chokepoint/store/reader.hpp"
#include "present/words/wording.hpp"

namespace chokepoint::detail {

std::map<std::string, std::string> rival_notes(const Session& session,
                                               const std::vector<std::vector<std::string>>& rivals) {
  std::map<std::string, std::string> notes;
  const std::string rival = word(session, "rival");
  for (const auto& set : rivals)
    for (const std::string& id : set) notes[id] = id == set.front() ? rival + ", " + word(session, "counts") : rival;
  return notes;
}

Json id_lists(const std::vector<std::vector<std::string>>& lists) {
  Json out = Json::array();
  for (const auto& list : lists) {
    Json ids = Json::array();
    for (const std::string& id : list) ids.push(id);
    out.push(std::move(ids));
  }
  return out;
}

namespace {

/// What was asked for in the place of a qualifier.
const std::string& asked_for(const ObservationFilter& asked, std::string Observation::*member) {
  if (member == &Observation::item) return asked.item;
  return member == &Observation::market ? asked.market : asked.relative_to;
}

}  // namespace

Table figure_table(Names& names, std::span<const Observation> observations,
                   const std::map<std::string, std::string>& notes, bool who, bool with_sources,
                   const ObservationFilter& asked) {
  const Session& session = names.session();
  Table table;
  if (who) table.columns.push_back(column(session, "subject", "Subject", true));
  table.columns.push_back(column(session, "indicator", "Figure", true));
  table.columns.push_back(column(session, "value", "Value", true));
  table.columns.push_back(column(session, "period", "When"));
  table.columns.push_back(column(session, "status", "Status"));
  table.columns.push_back(column(session, "note", "Note"));
  if (with_sources) table.columns.push_back(column(session, "sources", "Sources", true));
  std::string last;
  for (const Observation& o : observations) {
    const auto note = notes.find(o.id);
    std::vector<Cell> row;
    // A subject stands once above its figures, and what was asked for is not said again.
    if (who) row.emplace_back(o.subject == last ? std::string() : names.named(o.subject));
    last = o.subject;
    Observation shown = o;
    for (const auto member : {&Observation::item, &Observation::market, &Observation::relative_to})
      if (!asked_for(asked, member).empty() && shown.*member == asked_for(asked, member)) (shown.*member).clear();
    // Figures of others are listed since they name the node that was asked about.
    if (!asked.subject.empty() && o.subject != asked.subject)
      for (const auto member : {&Observation::item, &Observation::market})
        if (shown.*member == asked.subject) (shown.*member).clear();
    std::string figure = indicator_label(session, o.indicator);
    append_part(session, figure, detail_text(names, shown));
    row.emplace_back(std::move(figure));
    row.emplace_back(short_value_text(session, o));
    row.emplace_back(figure_period(o));
    row.emplace_back(status_text(session, o.status));
    row.emplace_back(note == notes.end() ? std::string() : note->second);
    if (with_sources) row.emplace_back(citations_text(o.sources));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void CitedSources::add(std::span<const Citation> citations) {
  for (const Citation& citation : citations) ++ids_[citation.source];
}

Json CitedSources::json(const Session& session) const {
  Json list = Json::array();
  for (const auto& [id, count] : ids_)
    if (const auto source = session.reader().source(id)) list.push(to_json(*source));
  return list;
}

Table CitedSources::table(const Session& session) const {
  Table table;
  table.title = word(session, "Sources");
  table.columns = {column(session, "id", "Id"), column(session, "title", "Title", true),
                   column(session, "publisher", "Publisher", true), column(session, "date", "Date"),
                   column(session, "records", "Records")};
  for (const auto& [id, count] : ids_) {
    const Source source = session.reader().source(id).value_or(Source{});
    table.rows.push_back({id, source.title, source.publisher, source.date, static_cast<std::int64_t>(count)});
  }
  return table;
}

std::string note_of(const Session& session, std::string_view attributes) {
  return said_of(session, attributes, "note", text_attribute(attributes, "note").value_or(std::string()));
}

std::size_t shorten(Table& table, std::size_t limit) {
  if (limit == 0 || table.rows.size() <= limit) return 0;
  const std::size_t left_out = table.rows.size() - limit;
  table.rows.resize(limit);
  return left_out;
}

}  // namespace chokepoint::detail
