#include "ingest/records/record_stream.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/byte_stream.hpp"
#include "model/json_builder.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <optional>
#include <utility>

namespace chokepoint::detail {

namespace {

struct Name {
  std::string_view key;
  Section section;
  bool list;
};
constexpr std::array<Name, 9> names{{{"dataset", Section::dataset, false},
                                     {"sources", Section::source, true},
                                     {"nodes", Section::node, true},
                                     {"edges", Section::edge, true},
                                     {"observations", Section::observation, true},
                                     {"source", Section::source, false},
                                     {"node", Section::node, false},
                                     {"edge", Section::edge, false},
                                     {"observation", Section::observation, false}}};

/// `{"datasets":[…]}`: several datasets in one document. Noted beside the bits of `names`.
constexpr std::string_view several = "datasets";
constexpr unsigned several_bit = 1U << names.size();
constexpr unsigned single_bits = 0x1E0;  ///< source, node, edge, observation

/// SAX handler for one top-level value: knows where records begin and hands their events to a JsonBuilder.
class DatasetHandler : public RawNumbers {
 public:
  DatasetHandler(const ByteStream& stream, const StreamOptions& options, const JsonLimits& limits)
      : stream_(stream), options_(options), builder_(limits), limits_(limits) {}

  bool Null() {
    return scalar([](JsonBuilder& b) { return b.Null(); });
  }
  bool Bool(bool value) {
    return scalar([&](JsonBuilder& b) { return b.Bool(value); });
  }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool copy) {
    return scalar([&](JsonBuilder& b) { return b.RawNumber(text, length, copy); });
  }
  bool String(const char* text, rapidjson::SizeType length, bool copy) {
    return scalar([&](JsonBuilder& b) { return b.String(text, length, copy); });
  }

  bool StartObject() {
    if (skipped_ > 0) return skip_deeper();
    if (state_ == State::record) return check(builder_.StartObject());
    if (state_ == State::top || state_ == State::datasets) {
      inside_ = state_ == State::datasets;
      keys_ = 0;
      state_ = State::members;
      return true;
    }
    if (state_ == State::datasets_key) return fail("\"datasets\" must be a list of datasets");
    if (state_ == State::member && current_->list)
      return fail(fmt::format("\"{}\" must be a list of records", current_->key));
    if (state_ == State::member || state_ == State::list) return begin_record();
    return fail("a dataset is one object");
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    if (skipped_ > 0) return true;
    if (state_ == State::record) return check(builder_.Key(text, length, copy));
    const std::string_view key(text, length);
    if (key == several && !inside_) {
      if (keys_ != 0) return fail("\"datasets\" stands alone: each dataset of the list has its own records");
      keys_ = several_bit;
      state_ = State::datasets_key;
      return true;
    }
    if (keys_ == several_bit) return fail("\"datasets\" stands alone: each dataset of the list has its own records");
    if (inside_ && keys_ == 0 && key != "dataset") return fail("each of \"datasets\" begins with its \"dataset\"");
    for (const Name& name : names) {
      if (name.key != key) continue;
      const auto bit = 1U << static_cast<unsigned>(&name - names.data());
      if ((keys_ & bit) != 0) return fail(fmt::format("the key \"{}\" occurs twice", key));
      keys_ |= bit;
      current_ = &name;
      state_ = State::member;
      return true;
    }
    std::vector<std::string> known;
    for (const Name& name : names) known.emplace_back(name.key);
    const auto near = suggest(key, known, 1);
    return fail(fmt::format("unknown key \"{}\"; {}", key,
                            near.empty() ? "a dataset has dataset, sources, nodes, edges and observations"
                                         : fmt::format("did you mean \"{}\"?", near.front())));
  }
  bool EndObject(rapidjson::SizeType count) {
    if (skipped_ > 0) return skip_shallower();
    if (state_ == State::record) return check(builder_.EndObject(count)) && end_of_record();
    if (inside_ && keys_ == 0) return fail("each of \"datasets\" begins with its \"dataset\"");
    state_ = inside_ ? State::datasets : State::done;
    return true;
  }
  bool StartArray() {
    if (skipped_ > 0) return skip_deeper();
    if (state_ == State::record) return check(builder_.StartArray());
    if (state_ == State::datasets_key) {
      state_ = State::datasets;
      return true;
    }
    if (state_ == State::member && current_->list) {
      state_ = State::list;
      return true;
    }
    return fail(state_ == State::top ? "a dataset is an object, not a list" : "a record must be an object, not a list");
  }
  bool EndArray(rapidjson::SizeType count) {
    if (skipped_ > 0) return skip_shallower();
    if (state_ == State::record) return check(builder_.EndArray(count));
    if (state_ == State::datasets) {
      inside_ = false;
      keys_ = several_bit;
    }
    state_ = State::members;
    return true;
  }

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::uint64_t records() const { return records_; }
  /// Whether a record stood alone, as in JSON Lines; `{"dataset":…}` alone is such a line, too.
  [[nodiscard]] bool saw_single() const { return (keys_ & single_bits) != 0 || keys_ == 1; }
  /// Whether it was one record, as a line is.
  [[nodiscard]] bool is_single() const { return std::has_single_bit(keys_) && keys_ != several_bit && !current_->list; }
  /// What to call the place where reading stopped.
  [[nodiscard]] std::string where() const {
    if (state_ == State::record || skipped_ > 0) return fmt::format("{} at line {}", single_name(), record_line_);
    return {};
  }

 private:
  enum class State : std::uint8_t { top, datasets_key, datasets, members, member, list, record, done };

  std::string single_name() const {
    static constexpr std::array<std::string_view, 5> singles{"dataset", "source", "node", "edge", "observation"};
    return std::string(singles[static_cast<std::size_t>(current_->section)]);
  }
  bool fail(std::string message) {
    error_ = std::move(message);
    return false;
  }
  bool check(bool fine) {
    if (!fine) error_ = builder_.error();
    return fine;
  }
  bool begin_record() {
    record_line_ = stream_.line();
    in_list_ = state_ == State::list;
    ++records_;
    if (!options_.wanted(current_->section)) return skip_deeper();
    state_ = State::record;
    return check(builder_.StartObject());
  }
  bool end_of_record() {
    if (builder_.depth() > 0) return true;
    state_ = in_list_ ? State::list : State::members;
    options_.on_record({current_->section, builder_.take(), record_line_});
    return true;
  }
  // A record nobody wants is only counted through; depth is still bounded.
  bool skip_deeper() {
    if (++skipped_ > limits_.depth) return fail(fmt::format("nested more than {} levels deep", limits_.depth));
    return true;
  }
  bool skip_shallower() {
    if (--skipped_ == 0) state_ = in_list_ ? State::list : State::members;
    return true;
  }
  template <typename Event>
  bool scalar(Event&& event) {
    if (skipped_ > 0) return true;
    if (state_ == State::record) return check(event(builder_));
    if (state_ == State::top) return fail("a dataset is one JSON object");
    if (state_ == State::datasets_key || state_ == State::datasets)
      return fail("\"datasets\" must be a list of datasets");
    if (state_ == State::member && current_->list)
      return fail(fmt::format("\"{}\" must be a list of records", current_->key));
    return fail("a record must be an object");
  }

  const ByteStream& stream_;
  const StreamOptions& options_;
  JsonBuilder builder_;
  JsonLimits limits_;
  State state_ = State::top;
  const Name* current_ = nullptr;
  unsigned keys_ = 0;
  bool in_list_ = false;
  bool inside_ = false;  ///< one of several datasets
  std::size_t skipped_ = 0;
  std::uint64_t record_line_ = 0;
  std::uint64_t records_ = 0;
  std::string error_;
};

/// Whether a text is one object in brackets that pair, and nothing behind it but blanks; what else is in it is not
/// looked at.
bool is_one_object(std::string_view text) {
  std::size_t depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
      continue;
    }
    if (c == '"') in_text = true;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth-- == 1) return text.find_first_not_of(" \t\r", i + 1) == std::string_view::npos;
    if (depth == 0) return false;
  }
  return false;
}

/// Passes over a line that is one record nobody wants: whoever wants it reads it in full.
bool skip_unwanted_line(ByteStream& stream, const StreamOptions& options) {
  const std::string_view line = stream.rest_of_line();
  if (!line.starts_with("{\"")) return false;
  const std::string_view key = line.substr(2, line.find('"', 2) - 2);
  for (const Name& name : names) {
    if (name.list || name.section == Section::dataset || name.key != key) continue;
    if (options.wanted(name.section) || !is_one_object(line)) return false;
    stream.skip_line();
    return true;
  }
  return false;
}

/// @param lines  whether it is JSON Lines, as far as is known; told later
/// @return how many values there were
std::uint64_t stream_values(ByteStream& stream, const std::string& name, bool& lines, const StreamOptions& options,
                            Problems& problems) {
  constexpr unsigned flags = json_parse_flags | rapidjson::kParseStopWhenDoneFlag;
  stream.skip_byte_order_mark();
  rapidjson::Reader reader;
  std::uint64_t values = 0;
  for (stream.skip_space(); !stream.at_end(); stream.skip_space()) {
    if (values > 0 && !lines) {
      problems.add({name, stream.line(), "", "more text follows the dataset; one JSON object a file, or JSON Lines"});
      break;
    }
    ++values;
    if (skip_unwanted_line(stream, options)) {
      lines = true;
      continue;
    }
    DatasetHandler handler(stream, options, JsonLimits{});
    const auto result = reader.Parse<flags>(stream, handler);
    lines = lines || handler.saw_single();
    if (!result.IsError()) {
      if (lines && !handler.is_single())
        problems.add({name, stream.line(), "", "a line of JSON Lines is one record, such as {\"node\":{…}}"});
      continue;
    }
    const std::string why = handler.error().empty() ? json_error_text(result.Code()) : handler.error();
    problems.add({name, stream.line(), handler.where(),
                  fmt::format("{} (byte {})", why, handler.error().empty() ? result.Offset() : stream.Tell())});
    if (!lines) break;
    stream.skip_line();  // the next line is a record of its own
  }
  return values;
}

}  // namespace

StreamedFile stream_records(InputFile& file, const StreamOptions& options, Problems& problems) {
  ByteStream stream(file, options.on_bytes);
  bool lines = file.says_lines();
  if (stream_values(stream, file.name(), lines, options, problems) == 0)
    problems.add({file.name(), 0, "", "the file is empty; a dataset is one JSON object, or JSON Lines"});
  while (!stream.at_end()) stream.skip_line();
  return {stream.hash(), lines};
}

bool stream_lines(const FilePieces::Piece& piece, const std::string& name, const StreamOptions& options) {
  ByteStream stream(piece);
  bool lines = true;
  Problems problems;
  stream_values(stream, name, lines, options, problems);
  return !problems.any();
}

}  // namespace chokepoint::detail
