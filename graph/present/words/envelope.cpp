#include "chokepoint/present/envelope.hpp"

#include "chokepoint/store/reader.hpp"
#include "model/json_writer.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>

namespace chokepoint {

namespace {

/// Text is handed on in pieces of about this size.
constexpr std::size_t piece = std::size_t{1} << 16U;

void write_rows(const LongList& rows, unsigned indent, std::string& text, std::ostream& out) {
  text += rows.size == 0 ? "[]" : "[";
  for (std::size_t row = 0; row < rows.size; ++row) {
    text.append(row == 0 ? "\n" : ",\n").append(indent + 2, ' ');
    rows.append(row, indent + 2, text);
    if (text.size() < piece) continue;
    out << text;
    text.clear();
  }
  if (rows.size > 0) text.append(1, '\n').append(indent, ' ').append(1, ']');
}

/// Writes the result as `append_pretty` does, and the long lists where they belong.
class ResultWriter {
 public:
  ResultWriter(const Answer& answer, std::string& text, std::ostream& out)
      : answer_(&answer), text_(&text), out_(&out) {}

  /// @param pointer  where the value stands in the result
  void write(const Json& value, const std::string& pointer, unsigned indent) {
    const auto& lists = answer_->lists;
    const auto list = std::ranges::find(lists, pointer, &LongList::key);
    if (list != lists.end()) {
      write_rows(*list, indent, *text_, *out_);
    } else if (!leads_on(pointer)) {
      append_pretty(*text_, value, indent);
    } else if (value.is_array()) {
      *text_ += '[';
      for (std::size_t i = 0; i < value.as_array().size(); ++i) {
        next(i == 0, indent + 2);
        write(value.as_array()[i], pointer + '/' + std::to_string(i), indent + 2);
      }
      text_->append(1, '\n').append(indent, ' ').append(1, ']');
    } else {
      *text_ += '{';
      bool is_first = true;
      for (const auto& [key, member] : value.as_object()) {
        next(std::exchange(is_first, false), indent + 2);
        append_json_string(*text_, key);
        *text_ += ": ";
        write(member, pointer + '/' + key, indent + 2);
      }
      if (answer_->rows && pointer.empty()) {
        next(is_first, indent + 2);
        append_json_string(*text_, answer_->rows->key);
        *text_ += ": ";
        write_rows(*answer_->rows, indent + 2, *text_, *out_);
      }
      text_->append(1, '\n').append(indent, ' ').append(1, '}');
    }
  }

 private:
  /// Whether a long list stands somewhere in the value at that place.
  [[nodiscard]] bool leads_on(const std::string& pointer) const {
    return (pointer.empty() && answer_->rows) || std::ranges::any_of(answer_->lists, [&](const LongList& list) {
             return list.key.starts_with(pointer + '/');
           });
  }
  void next(bool is_first, unsigned indent) {
    if (!is_first) *text_ += ',';
    text_->append(1, '\n').append(indent, ' ');
  }

  const Answer* answer_;
  std::string* text_;
  std::ostream* out_;
};

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
  if (!answer.rows && answer.lists.empty()) {
    append_pretty(text, envelope(session, answer), 0);
    out << text << '\n';
    return;
  }
  const Json whole = envelope(session, answer);
  text = "{\n";
  for (const auto& [key, value] : whole.as_object()) {
    if (&value != &whole.as_object().front().second) text += ",\n";
    text += "  ";
    append_json_string(text, key);
    text += ": ";
    if (key == "result") {
      ResultWriter(answer, text, out).write(value, "", 2);
    } else {
      append_pretty(text, value, 2);
    }
  }
  out << text << "\n}\n";
}

}  // namespace chokepoint
