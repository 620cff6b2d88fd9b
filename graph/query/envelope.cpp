#include "chokepoint/query/envelope.hpp"

#include "chokepoint/model/json_writer.hpp"

#include <ostream>

namespace chokepoint {

namespace {

/// Text is handed on in pieces of about this size.
constexpr std::size_t piece = std::size_t{1} << 16U;

void write_rows(const LongList& rows, unsigned indent, std::string& text, std::ostream& out) {
  append_json_string(text, rows.key);
  text += rows.size == 0 ? ": []" : ": [";
  for (std::size_t row = 0; row < rows.size; ++row) {
    text.append(row == 0 ? "\n" : ",\n").append(indent + 2, ' ');
    rows.append(row, indent + 2, text);
    if (text.size() < piece) continue;
    out << text;
    text.clear();
  }
  if (rows.size > 0) text.append(1, '\n').append(indent, ' ').append(1, ']');
}

}  // namespace

Json envelope(Session& session, const Answer& answer) {
  const DatabaseInfo info = session.database().info();
  Json database = Json::object();
  database.set("path", info.path);
  database.set("uuid", info.uuid);
  database.set("revision", info.revision);
  Json datasets = Json::array();
  for (const auto& [id, version] : session.reader().dataset_versions()) {
    Json entry = Json::object();
    entry.set("id", id);
    if (!version.empty()) entry.set("version", version);
    datasets.push(std::move(entry));
  }
  database.set("datasets", std::move(datasets));

  Json out = Json::object();
  out.set("schema", "chokepoint." + answer.command + "/1");
  out.set("as_of", to_string(session.as_of()));
  out.set("database", std::move(database));
  out.set("result", answer.result);
  out.set("coverage", answer.coverage);
  return out;
}

void write_envelope(Session& session, const Answer& answer, std::ostream& out) {
  std::string text;
  if (!answer.rows) {
    append_pretty(text, envelope(session, answer), 0);
    out << text << '\n';
    return;
  }
  const Json whole = envelope(session, answer);
  const auto name = [&](const std::string& key, unsigned indent) {
    text.append(indent, ' ');
    append_json_string(text, key);
    text += ": ";
  };
  text = "{\n";
  for (const auto& [key, value] : whole.as_object()) {
    if (&value != &whole.as_object().front().second) text += ",\n";
    name(key, 2);
    if (key != "result") {
      append_pretty(text, value, 2);
      continue;
    }
    text += "{\n";
    for (const auto& [member, part] : value.as_object()) {
      name(member, 4);
      append_pretty(text, part, 4);
      text += ",\n";
    }
    text.append(4, ' ');
    write_rows(*answer.rows, 4, text, out);
    text += "\n  }";
  }
  out << text << "\n}\n";
}

}  // namespace chokepoint
