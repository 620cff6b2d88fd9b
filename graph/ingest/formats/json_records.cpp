#include "chokepoint/support/error.hpp"
#include "ingest/files/told_names.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/json_fields.hpp"
#include "ingest/formats/json_head.hpp"
#include "ingest/formats/json_walk.hpp"
#include "ingest/formats/nested_relations.hpp"
#include "ingest/formats/record_shape.hpp"
#include "ingest/formats/text_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace chokepoint::detail {

// Records of any other program: a list of objects, lists of objects inside an object, objects by key, JSON Lines, or
// lists of values below the names of their columns.
// Entities of FollowTheMoney are such records; one that stands inside another is a record of its own.

namespace {

constexpr std::size_t most_record_tables = 64;
constexpr std::size_t most_told_keys = 10;
constexpr std::size_t most_row_name_bytes = std::size_t{256} << 20U;
constexpr std::string_view index_key = "index";  ///< what pandas calls the list of the names of rows

/// A dotted name as jq has it: `.a.b`, `."a b"`.
std::string jq_path(const std::string& name) {
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  if (is_plain) return "." + name;
  std::string path;
  for (std::size_t at = 0, end = 0; end < name.size(); at = end + 1) {
    end = std::min(name.find('.', at), name.size());
    path += fmt::format(".\"{}\"", name.substr(at, end - at));
  }
  return path;
}

class RecordsReader : public JsonVisitor {
 public:
  RecordsReader(InputFile& file, TableSet& set, RecordShape shape) : file_(file), set_(set), shape_(std::move(shape)) {}

  Step begin(const JsonPath& path, bool is_object) override {
    if (path.empty()) return is_object && shape_.layout == RecordLayout::lines ? Step::take : Step::enter;
    if (shape_.layout == RecordLayout::keyed && is_object) {
      const bool is_record = path.size() == shape_.at.size() + 1;
      if (is_record && std::equal(shape_.at.begin(), shape_.at.end(), path.begin())) return Step::take;
      return path.size() <= shape_.at.size() ? Step::enter : Step::skip;
    }
    if (shape_.layout == RecordLayout::rows) return begin_row(path, is_object);
    if (shape_.has_schema && path[0] == "schema") return Step::skip;
    if (shape_.is_kumu && path[0] != "elements" && path[0] != "connections") {
      note_left_out(path[0]);
      return Step::skip;
    }
    if (path.back() == "[]") {
      if (is_object) return Step::take;
      // Some services answer with a list of what was asked and the list of records.
      if (path.size() == 1) return Step::enter;
      ++not_records_;
      return Step::skip;
    }
    return path.size() < 5 ? Step::enter : Step::skip;
  }

  void value(const JsonPath& path, const Json& value, std::uint64_t line) override {
    if (shape_.layout == RecordLayout::rows) return row(path, value, line);
    const bool is_record = value.is_object();
    if (!is_record && path.empty())
      refuse_at(file_, line, fmt::format("a record is an object, not {}", value.kind_name()));
    if (!is_record) return pass_over(path);
    SpooledTable& table = table_of(path);
    put_nested(table, value, line);
    const bool has_relations = take_relations(table, value, line);
    table.begin_row(line);
    if (shape_.layout == RecordLayout::keyed) table.set(table.column("(key)"), path.back());
    std::string name;
    for (const auto& [key, member] : value.as_object()) {
      if (has_relations && nested_relation(key, member)) continue;
      name = key;
      put(table, name, member);
    }
    table.end_row();
    ++records_;
  }

  [[nodiscard]] bool reads_lines() const override { return shape_.layout == RecordLayout::lines; }
  [[nodiscard]] std::uint64_t records() const { return records_; }
  /// Whether there were lists of values.
  [[nodiscard]] bool saw_values() const { return not_records_ > 0; }
  void finish() {
    for (auto& [name, relations] : relations_) relations.finish();
    if (!left_out_.empty()) {
      const std::string names = fmt::format("{}{}", fmt::join(left_out_, ", "), more_left_out_ ? " …" : "");
      set_.remarks.push_back(shape_.is_kumu
                                 ? fmt::format("left out, since they only show elements and connections: {}", names)
                                 : fmt::format("left out, since they stand in no list of records: {}", names));
    }
    if (not_records_ > 0)
      set_.remarks.push_back(fmt::format("left out: {} elements of lists that are no objects", not_records_));
    if (hidden_columns_ > 0)
      set_.remarks.push_back(
          fmt::format("left out: {} columns that only number and date the rows for the portal", hidden_columns_));
    for (const auto& [name, count] : nested_lists_)
      if (nested_told_++ < most_told_keys) {
        const std::string key = is_plain_in_quotes(name) ? name : "KEY", path = jq_path(key);
        const std::string file = name_in_commands(file_.name());
        set_.remarks.push_back(fmt::format(
            "{}: lists of records in {} records are kept as attributes; this makes a row of each, for --map of=from or "
            "--map of=to: jq '[.. | objects | select({}? | type == \"array\") | . as $of | {}[] | {{of: ($of.id // "
            "$of.name // $of.label // $of.company // $of.title // $of.key)}} + .]' {} > {}-{}.json",
            name, count, path, path, file, stem_of(file), key.substr(key.rfind('.') + 1)));
      }
    if (nested_ > 0)
      set_.remarks.push_back(fmt::format("{} entities that stood in others became rows of their own", nested_));
  }

 private:
  Step begin_row(const JsonPath& path, bool is_object) {
    if (!is_object && path == shape_.at) return Step::enter;
    if (path.front() == index_key && shape_.described.empty() && !shape_.names.empty()) {
      // Names of rows, as pandas has them, which may stand behind the rows, too.
      if (records_ > 0 && path.size() == 1) left_out_.push_back(path.front());
      return records_ > 0 || is_object ? Step::skip : path.size() == 1 ? Step::enter : Step::take;
    }
    const std::size_t deep = std::min(path.size(), shape_.described.size());
    if (deep > 0 &&
        std::equal(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(deep), shape_.described.begin())) {
      const bool is_column = is_object && path.size() == shape_.described.size() + 1 && path.back() == "[]";
      return is_column ? Step::take : path.size() <= shape_.described.size() ? Step::enter : Step::skip;
    }
    const bool is_element = path.size() == shape_.at.size() + 1 && path.back() == "[]";
    return is_element && !is_object ? Step::take : Step::skip;
  }
  void row(const JsonPath& path, const Json& value, std::uint64_t line) {
    if (path.empty() || path.back() != "[]") return;
    if (path.front() == index_key && path != row_path()) return take_row_name(value, line);
    if (value.is_object() && !shape_.described.empty()) return take_description(value);
    if (!value.is_array()) refuse_at(file_, line, fmt::format("a row is a list, not {}", value.kind_name()));
    if (shape_.names.empty()) return take_names(value, line);
    if (value.as_array().size() > shape_.names.size())
      refuse_at(file_, line,
                fmt::format("{} values where there are {} names", value.as_array().size(), shape_.names.size()));
    SpooledTable& table = table_of(path);
    table.begin_row(line);
    if (row_names_differ_ && records_ < row_names_.size() && !row_names_[records_].empty())
      table.set(table.column("(row)"), row_names_[records_]);
    for (std::size_t i = 0; i < value.as_array().size(); ++i)
      if (!shape_.names[i].empty()) put_json(table, shape_.names[i], value.as_array()[i]);
    table.end_row();
    ++records_;
  }
  [[nodiscard]] JsonPath row_path() const {
    JsonPath path = shape_.at;
    path.emplace_back("[]");
    return path;
  }
  /// Names that only count the rows are none.
  void take_row_name(const Json& value, std::uint64_t line) {
    const std::string name = is_scalar(value) ? std::string(scalar_text(value)) : to_text(value);
    row_names_differ_ = row_names_differ_ || name != std::to_string(row_names_.size());
    row_names_.add(name);
    row_name_bytes_ += name.size() + sizeof(std::size_t);
    if (row_name_bytes_ > most_row_name_bytes)
      refuse_at(file_, line, fmt::format("names of rows of over {} bytes", most_row_name_bytes));
  }
  /// A column that only the portal needs has no name here.
  void take_description(const Json& column) {
    const Json* name = text_in(&column, "name");
    const Json* kind = text_in(&column, "dataTypeName");
    const bool is_hidden = name == nullptr || (kind != nullptr && kind->as_string() == "meta_data");
    std::string kept = is_hidden ? std::string() : name->as_string();
    hidden_columns_ += is_hidden ? 1U : 0U;
    if (!kept.empty() && std::find(shape_.names.begin(), shape_.names.end(), kept) != shape_.names.end())
      kept += fmt::format(" (column {})", shape_.names.size() + 1);
    shape_.names.push_back(std::move(kept));
  }
  void take_names(const Json& value, std::uint64_t line) {
    for (const Json& name : value.as_array()) {
      if (!name.is_string()) refuse_at(file_, line, "the first list holds the names of the columns, which are texts");
      if (std::find(shape_.names.begin(), shape_.names.end(), name.as_string()) != shape_.names.end())
        refuse_at(file_, line, fmt::format("two columns have the name {}", name.as_string()));
      shape_.names.push_back(name.as_string());
    }
    set_.remarks.push_back(
        fmt::format("the first list is taken as the names of the columns: {}", fmt::join(shape_.names, ", ")));
  }

  SpooledTable& table_of(const JsonPath& path) {
    std::string name;
    if (shape_.layout == RecordLayout::keyed || shape_.layout == RecordLayout::rows) {
      name = fmt::format("{}", fmt::join(shape_.at, "."));
    } else if (path.size() > 1) {
      name = fmt::format("{}", fmt::join(path.begin(), path.end() - 1, "."));
    }
    const auto [at, is_new] = tables_.try_emplace(name, nullptr);
    if (is_new) {
      if (tables_.size() > most_record_tables)
        throw UsageError(fmt::format("more than {} lists of records; give a file of one list", most_record_tables));
      at->second = &set_.add(name);
    }
    return *at->second;
  }

  void pass_over(const JsonPath& path) {
    if (path.back() == "[]") {
      ++not_records_;
      return;
    }
    note_left_out(path[0]);
  }
  void note_left_out(const std::string& key) {
    if (std::find(left_out_.begin(), left_out_.end(), key) != left_out_.end()) return;
    if (left_out_.size() < most_told_keys)
      left_out_.push_back(key);
    else
      more_left_out_ = true;
  }

  /// Makes edges of the objects that a record holds as related to it. @return whether there are any
  bool take_relations(SpooledTable& table, const Json& record, std::uint64_t line) {
    const Json::Object& members = record.as_object();
    const bool has_any = !is_entity(record) && std::any_of(members.begin(), members.end(), [](const auto& member) {
      return nested_relation(member.first, member.second).has_value();
    });
    if (!has_any) return false;
    const auto put_member = [this](SpooledTable& to, std::string& name, const Json& value) { put(to, name, value); };
    relations_.try_emplace(table.name(), set_, table, put_member).first->second.take(record, line);
    return true;
  }

  /// Entities inside an entity come before it.
  void put_nested(SpooledTable& table, const Json& record, std::uint64_t line) {
    if (!is_entity(record)) return;
    for (const auto& [key, values] : record.find("properties")->as_object()) {
      if (!values.is_array()) continue;
      for (const Json& one : values.as_array()) {
        if (!is_entity(one)) continue;
        put_nested(table, one, line);
        table.begin_row(line);
        std::string name;
        for (const auto& [field, member] : one.as_object()) {
          name = field;
          put(table, name, member);
        }
        table.end_row();
        ++nested_;
      }
    }
  }

  /// Like `put_json`, but an entity is its id.
  void put(SpooledTable& table, std::string& name, const Json& value) {
    if (value.is_array() && std::any_of(value.as_array().begin(), value.as_array().end(), is_entity)) {
      for (const Json& one : value.as_array()) put_json(table, name, is_entity(one) ? *one.find("id") : one);
    } else if (value.is_object()) {
      const std::size_t length = name.size();
      for (const auto& [key, member] : value.as_object()) {
        name += '.';
        name += key;
        put(table, name, member);
        name.resize(length);
      }
    } else {
      if (holds_records(value)) ++nested_lists_[name];
      put_json(table, name, value);
    }
  }

  static std::string stem_of(const std::string& name) {
    const auto slash = name.find_last_of("/\\");
    const std::string last = slash == std::string::npos ? name : name.substr(slash + 1);
    return last.substr(0, last.find('.'));
  }

  InputFile& file_;
  TableSet& set_;
  RecordShape shape_;
  std::map<std::string, std::uint64_t> nested_lists_;  ///< lists of objects that are no entities, by column
  std::size_t nested_told_ = 0;
  std::map<std::string, SpooledTable*> tables_;
  std::map<std::string, NestedRelations> relations_;  ///< by table
  std::vector<std::string> left_out_;
  bool more_left_out_ = false;
  std::uint64_t records_ = 0, nested_ = 0, not_records_ = 0, hidden_columns_ = 0;
  TextPool row_names_;
  std::size_t row_name_bytes_ = 0;
  bool row_names_differ_ = false;
};

}  // namespace

std::optional<std::string> looks_like_json_records(const FileHead& head) {
  const auto json = json_head(head);
  if (!json || is_own_dataset(*json)) return std::nullopt;
  const RecordShape shape = shape_of(json, head.extension == ".jsonl" || head.extension == ".ndjson");
  const auto records = json->records();
  if (!records.empty() && is_entity(*records.front())) return "its records are entities with a schema and properties";
  if (shape.layout == RecordLayout::lines) return "each line is an object";
  if (shape.layout == RecordLayout::keyed) return "it is an object of records";
  if (!shape.described.empty()) return "it has descriptions of columns and rows, as Socrata's portals write them";
  if (shape.layout == RecordLayout::rows) return "it is a list of rows";
  if (json->object() == nullptr) {
    if (!records.front()->is_object()) return std::nullopt;
    return "it is a list of objects";
  }
  return holds_list_of_records(json->values.front()) ? "it has a list of objects" : "it is a JSON object";
}

void read_json_records(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const FileHead head = read_head(file, text);
  RecordsReader reader(file, tables, shape_of(json_head(head), file.says_lines()));
  walk_json(file, context, tables.remarks, reader);
  if (reader.records() > 0) return reader.finish();
  if (reader.saw_values())
    refuse_at(file, 1, "it holds lists of values without names; a list of objects, or an object a line, is read");
  // No list of records: the object itself is the one record there is.
  tables.remarks.clear();
  RecordsReader whole(file, tables, {RecordLayout::lines, {}, {}, {}, false});
  walk_json(file, context, tables.remarks, whole);
  if (whole.records() == 0) refuse_at(file, 1, "it holds no records; a list of objects, or an object a line, is read");
  whole.finish();
}

}  // namespace chokepoint::detail
