#include "ingest/tables/table_layout.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/bounded_number.hpp"
#include "ingest/tables/column_header.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/own_tables.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The words by which programs name what our own header has.
bool is_our_header(FlatKind kind, const std::vector<ColumnHeader>& headers) {
  const auto has = [&](std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const ColumnHeader& h) { return fold(h.given) == name; });
  };
  const bool is_dotted = std::any_of(headers.begin(), headers.end(), [&](const ColumnHeader& header) {
    FlatColumn column;
    return take_dotted_name(column, kind, header.given) && header.given.find('.') != std::string::npos;
  });
  // Records of other programs may be dotted, too, and name their nodes and ends otherwise.
  const bool names_records = kind == FlatKind::nodes
                                 ? has("id")
                                 : kind == FlatKind::figures || ((has("from") || has("source") || has(":start_id")) &&
                                                                 (has("type") || has("kind") || has(":type")));
  if (has("sources") || (is_dotted && names_records)) return true;
  // Requirement logic and qualifiers: another program may have one of these columns, and means its own by it.
  const auto logic = std::ranges::count_if(
      std::initializer_list<std::string_view>{"group", "k", "status", "item", "market", "origin", "confidence", "bound",
                                              "significance", "performance"},
      has);
  return kind == FlatKind::edges && has("from") && has("to") && has("type") && logic >= 2;
}

class LayoutMaker {
 public:
  LayoutMaker(const FlatTable& table, const TableOptions& options, const Ontology& ontology)
      : table_(table), options_(options), ontology_(ontology) {
    for (const RawColumn& column : table_.columns()) {
      headers_.push_back(header_of(column.name));
      words_.push_back(word_of_two_writings(headers_.back().word));
    }
  }

  std::vector<TableLayout> make() {
    ends_ = ends();
    const bool has_ends = ends_.has_value();
    const FlatKind kind = table_.kind().value_or(has_ends ? FlatKind::edges : FlatKind::nodes);
    std::vector<TableLayout> layouts;
    if (kind == FlatKind::edges && !has_ends) return layouts;
    if (!table_.kind() && has_ends && has_nodes_too()) {
      layouts.push_back(layout(FlatKind::nodes));
      layouts.push_back(layout(FlatKind::edges));
      for (TableLayout& each : layouts) each.is_mixed = true;
      return layouts;
    }
    layouts.push_back(layout(kind));
    if (kind == FlatKind::nodes && find_column(layouts.front().columns, Target::id) == nullptr &&
        !layouts.front().names_are_ids)
      layouts.clear();
    return layouts;
  }

 private:
  /// What the user said of a column: `Label=type`, or of tables of that kind alone `edges.Label=type`.
  [[nodiscard]] const std::string* told(std::size_t column, FlatKind kind = FlatKind::edges) const {
    const std::string& name = table_.columns()[column].name;
    auto found = options_.columns.find((kind == FlatKind::nodes ? "nodes." : "edges.") + name);
    if (found == options_.columns.end()) found = options_.columns.find(name);
    return found == options_.columns.end() ? nullptr : &found->second;
  }

  [[nodiscard]] std::optional<std::size_t> column_with(Target role, std::string_view field) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (const std::string* said = told(i); said != nullptr ? *said == field : table_.columns()[i].role == role)
        return i;
    return std::nullopt;
  }

  std::optional<ColumnWords::Ends> ends() const {
    auto from = column_with(Target::from, "from"), to = column_with(Target::to, "to");
    if (from && to) return told_ends(*from, *to);
    std::vector<std::string> words = words_;
    for (std::size_t i = 0; i < words.size(); ++i)
      if (told(i) != nullptr || (table_.columns()[i].role && table_.kind())) words[i].clear();
    if (!from && !to) {
      if (tells_ids()) return std::nullopt;
      // A tenure has a from and a to, too.
      for (std::size_t i = 0; i < words.size(); ++i)
        if ((words[i] == "from" || words[i] == "to" || words[i] == "start" || words[i] == "end") && shows_days(i))
          words[i].clear();
      auto found = ColumnWords::standard().ends_of_things_in(words);
      // The country of a company that is named beside it reports nothing.
      if (found && found->reports && names_another(words[found->from])) {
        words[found->from].clear();
        found = ColumnWords::standard().ends_of_things_in(std::move(words));
      }
      return found;
    }
    // One of them was told: the other one may be any word for its side.
    (from ? words[*from] : words[*to]).clear();
    const auto other = ColumnWords::standard().end_in(words, !from);
    if (!other) return std::nullopt;
    return told_ends(from ? *from : *other, to ? *to : *other);
  }

  /// Whether the first values of a column beside others are days, or say that something goes on.
  [[nodiscard]] bool shows_days(std::size_t at) const {
    constexpr int looked_at = 20;
    if (words_.size() < 4) return false;
    int days = 0;
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i) {
      if (!row.fault.empty()) continue;
      const std::string_view value = without_outer_blanks(row.values[at]);
      if (value.empty() || is_absent(value) || is_open_end(value)) continue;
      if (!date_form(value, true)) return false;
      ++days;
    }
    return days > 0;
  }

  /// Ends that were told; what such a pair mostly is, where the words of both are one, either way round.
  [[nodiscard]] ColumnWords::Ends told_ends(std::size_t from, std::size_t to) const {
    ColumnWords::Ends ends{from, to, {}, {}, {}};
    const auto known = ColumnWords::standard().ends_in({words_[from], words_[to]});
    if (!known || !known->reports) return ends;
    ends.role = known->role;
    ends.node_type = known->node_type;
    ends.reports = known->from == 0;
    return ends;
  }

  /// Whether beside a column called `country` another one names what is in it.
  [[nodiscard]] bool names_another(const std::string& word) const {
    return word == "country" && std::ranges::any_of(words_, [&](const std::string& other) {
             const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::nodes, other);
             return field != nullptr && field->target == Target::label && !other.starts_with(word);
           });
  }

  /// What the first values of a column say of imports and exports.
  struct FlowLook {
    int filled = 0, told = 0, by_code = 0;
  };
  [[nodiscard]] std::vector<FlowLook> look_at_flows() const {
    constexpr int looked_at = 200;
    std::vector<FlowLook> looks(words_.size());
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i)
      for (std::size_t at = 0; at < looks.size() && row.fault.empty(); ++at) {
        const std::string_view value = without_outer_blanks(row.values[at]);
        if (value.empty()) continue;
        ++looks[at].filled;
        if (value.size() > 1 && ColumnWords::standard().is_import(value, false))
          ++looks[at].told;
        else if (options_.types.contains(value) || ColumnWords::standard().is_import(value, true))
          ++looks[at].by_code;
      }
    return looks;
  }

  /// The column that says of each row whether its reporter imports or exports: one called so, whose values are such
  /// words, before one of codes; any other one whose values all are such words before one that is not understood.
  [[nodiscard]] std::optional<std::size_t> flow_column() const {
    const std::vector<FlowLook> looks = look_at_flows();
    std::optional<std::size_t> best;
    int best_rank = 0;
    for (std::size_t at = 0; at < looks.size(); ++at) {
      if (at == ends_->from || at == ends_->to || looks[at].filled == 0) continue;
      const std::string* said = told(at);
      if (said != nullptr && *said != "direction") continue;
      const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[at]);
      const bool is_named = said != nullptr || (field != nullptr && field->target == Target::direction);
      const FlowLook& look = looks[at];
      int rank = 0;
      if (look.told == look.filled)
        rank = is_named ? 5 : 4;
      else if (is_named && look.told + look.by_code == look.filled)
        rank = 3;
      else if (is_named)
        rank = look.told + look.by_code > 0 ? 2 : 1;
      if (said != nullptr) rank = 6;
      if (rank <= best_rank) continue;
      best_rank = rank;
      best = at;
    }
    return best;
  }

  /// Gives the words of imports and exports that are codes, and those that the user explained.
  void take_flow_words(FlatColumn& column) const {
    column.target = Target::direction;
    column.key.clear();
    column.reading.reset();
    column.is_told = true;
    for (const bool is_import : {true, false})
      for (const std::string& code : ColumnWords::standard().flow_codes(is_import))
        column.words.emplace(code, direction_text(is_import ? Direction::reversed : Direction::directed));
    for (const auto& [theirs, meaning] : options_.types)
      if (const auto direction = direction_of(meaning))
        column.words.insert_or_assign(fold(theirs), std::string(direction_text(*direction)));
  }

  /// Whether `--map` names a column of ids, so that the rows are nodes.
  [[nodiscard]] bool tells_ids() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (const std::string* said = told(i, FlatKind::nodes); said != nullptr && *said == "id") return true;
    return false;
  }

  /// Whether the table of edges holds nodes, too: it has ids as graph databases write them beside ends.
  [[nodiscard]] bool has_nodes_too() const {
    const auto has = [&](std::string_view name) {
      return std::any_of(table_.columns().begin(), table_.columns().end(),
                         [&](const RawColumn& column) { return fold(column.name) == name; });
    };
    return (has("_id") && has("_start") && has("_end")) || (has("_labels") && has("_type"));
  }

  /// `parentLabel`, `source name`, `From_Type` beside the ends `parent`, `source`, `From`.
  void take_companions(FlatColumn& column, std::size_t at) const {
    for (const bool is_from : {true, false}) {
      std::string head(end_word(words_[is_from ? ends_->from : ends_->to]));
      for (const std::string_view tail : {" number", " no", " code", " key"})  // the name of what has the number
        if (head.ends_with(tail)) head.resize(head.size() - tail.size());
      if (!words_[at].starts_with(head + " ")) continue;
      const std::string tail = words_[at].substr(head.size() + 1);
      if (tail == "label" || tail == "name" || tail == "desc" || tail == "title")
        column.target = is_from ? Target::from_label : Target::to_label;
      else if (tail == "type" || tail == "kind" || tail == "node type")
        column.target = is_from ? Target::from_type : Target::to_type;
      else if (const auto trait = ColumnWords::standard().trait(tail);
               trait && *trait != ends_->node_type && !table_.kind())
        take_trait(column, *trait, is_from ? Target::from : Target::to);
    }
  }

  /// What tells nodes of one name apart. The first column of a trait says it.
  static void take_trait(FlatColumn& column, const std::string& trait, Target of) {
    column.trait = trait;
    column.trait_of = of;
  }

  void keep_as_attribute(FlatColumn& column, std::size_t at) const {
    column.target = Target::attribute;
    column.key = headers_[at].given.empty() ? fmt::format("column {}", at + 1) : headers_[at].given;
    column.reading.reset();
  }

  void take_foreign(FlatKind kind, FlatColumn& column, std::size_t at) const {
    const RawColumn& raw = table_.columns()[at];
    if (headers_[at].is_left_out) {
      column.target = Target::ignored;
      return;
    }
    if (raw.role && *raw.role == Target::label && kind == FlatKind::edges) {
      // The text at an arrow may name its type; where it does not, it is an attribute.
      keep_as_attribute(column, at);
      if (!has_type()) column.target = Target::type;
      return;
    }
    if (raw.role) {
      column.target = *raw.role;
      column.is_told = raw.is_told;
      column.key = raw.key.empty() && *raw.role == Target::label ? "en" : raw.key;
      if (column.target == Target::attribute && column.key.empty()) column.key = headers_[at].given;
      return;
    }
    if (take_dotted_name(column, kind, headers_[at].given)) return;
    keep_as_attribute(column, at);
    if (words_[at] == "weight") column.type = FlatType::number;
    if (kind == FlatKind::edges) {
      if (at == ends_->from || at == ends_->to) {
        column.target = at == ends_->from ? Target::from : Target::to;
        return;
      }
      take_companions(column, at);
      if (column.target != Target::attribute) return;
    }
    const ColumnWords::Field* field = ColumnWords::standard().field(kind, words_[at]);
    if (const auto trait = ColumnWords::standard().trait(words_[at]);
        kind == FlatKind::nodes && field == nullptr && trait && !table_.kind())
      take_trait(column, *trait, Target::label);
    if (field == nullptr && kind == FlatKind::edges && words_[at] == "label" && !has_type())
      column.target = Target::type;
    if (field == nullptr && kind == FlatKind::edges && ColumnWords::standard().is_role_column(words_[at]) &&
        !has_type() && shows_types(at))
      column.target = Target::type;
    if (field == nullptr && kind == FlatKind::edges && clear_share() == at) {
      column.target = Target::share;
      if (headers_[at].has_unit) take_header_unit(column, at);
    }
    if (field == nullptr) return;
    // The French part is a share, the English one a thing.
    const bool says_percent = headers_[at].has_unit && headers_[at].reading.percent;
    const bool may_be_item = ColumnWords::standard().may_be_item(words_[at]) && !says_percent;
    if (field->target == Target::share && may_be_item && !shows_numbers(at)) return;
    if (field->target == Target::type && kind == FlatKind::edges && shows_directions(at)) {
      column.target = Target::direction;
      return;
    }
    column.target = field->target;
    column.key = column.target == Target::label && field->key.empty() ? "en" : field->key;
    if (headers_[at].has_unit) take_header_unit(column, at);
  }

  /// The only column that is clearly called a share, where none is called so in full.
  [[nodiscard]] std::optional<std::size_t> clear_share() const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[i]);
      const std::string* said = told(i);
      if ((field != nullptr && field->target == Target::share) || (said != nullptr && said->starts_with("share")))
        return std::nullopt;
      const ColumnHeader& header = headers_[i];
      const bool has_share_unit = !header.has_unit || header.reading.percent || header.reading.unit.empty();
      const bool is_of = header.reading.percent && words_[i].starts_with("of ");
      const bool is_loose = field == nullptr && said == nullptr && !table_.columns()[i].role && has_share_unit;
      if (!is_loose || name_of_year(header.given)) continue;  // of several years each has its edge
      if (!(is_of || is_called_share(words_[i])) || !shows_numbers(i)) continue;
      if (found) return std::nullopt;
      found = i;
    }
    return found;
  }

  /// Whether the first values of a column called type are all directions, as those of Gephi's tables are.
  [[nodiscard]] bool shows_directions(std::size_t at) const {
    constexpr int looked_at = 20;
    if (words_[at] != "type" || table_.kind()) return false;
    int directions = 0;
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i) {
      if (!row.fault.empty() || row.values[at].empty()) continue;
      if (!is_direction_type(row.values[at])) return false;
      ++directions;
    }
    return directions > 0;
  }

  /// Whether the first values of a column all say what relation an edge is, or what one end of it is to the other.
  [[nodiscard]] bool shows_types(std::size_t at) const {
    constexpr int looked_at = 50;
    const ColumnWords& known = ColumnWords::standard();
    int types = 0;
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i) {
      if (!row.fault.empty() || row.values[at].empty()) continue;
      const std::string_view value = row.values[at];
      if (our_type_for(FlatKind::edges, value, options_, ontology_).empty() && !known.type_of_role(value) &&
          !known.inverse_of(value) && !known.type_offered(FlatKind::edges, value))
        return false;
      ++types;
    }
    return types > 0;
  }

  /// Whether the first values of a column called status or confidence are ours: others have such columns, too.
  [[nodiscard]] bool shows_our_words() const {
    constexpr int looked_at = 20;
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i)
      for (std::size_t at = 0; at < words_.size() && row.fault.empty(); ++at) {
        const std::string_view value = row.values[at];
        if (value.empty() || headers_[at].has_unit) continue;
        if (words_[at] == "status" && !parse_status(value)) return false;
        if (words_[at] == "confidence" && !number_form(value).is_number) return false;
      }
    return true;
  }

  /// Whether the first values of a column are numbers, those that are there.
  [[nodiscard]] bool shows_numbers(std::size_t at) const {
    constexpr int looked_at = 20;
    int numbers = 0;
    const auto rows = table_.rows({});
    FlatRow row;
    for (int i = 0; i < looked_at && rows->next(row); ++i) {
      if (!row.fault.empty() || row.values[at].empty() || is_absent(row.values[at])) continue;
      if (!number_form(row.values[at]).is_number && !bounded_number(row.values[at])) return false;
      ++numbers;
    }
    return numbers > 0;
  }

  /// Whether the format or a header says of edges what type they are.
  [[nodiscard]] bool has_type() const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (const std::string* said = told(i);
          said != nullptr ? *said == "type" : table_.columns()[i].role == Target::type)
        return true;
      const ColumnWords::Field* field = ColumnWords::standard().field(FlatKind::edges, words_[i]);
      if (!table_.columns()[i].role && field != nullptr && field->target == Target::type && !shows_directions(i))
        return true;
    }
    return false;
  }

  /// A unit in the header tells how a share or an amount is meant; of anything else the header is a name.
  void take_header_unit(FlatColumn& column, std::size_t at) const {
    const ValueReading& reading = headers_[at].reading;
    if (column.target == Target::share && (reading.percent || reading.unit.empty()))
      column.reading = reading;
    else if (column.target == Target::amount && !reading.percent)
      column.reading = reading;
    else if (column.target != Target::id && column.target != Target::label)
      keep_as_attribute(column, at);
  }

  /// Of two columns of one field the better known one has it; the other one is an attribute.
  void settle_doubles(TableLayout& layout) const {
    std::map<std::pair<Target, std::string>, std::size_t> first;
    const auto rank = [&](std::size_t at) -> std::size_t {
      if (layout.columns[at].is_told) return 0;
      if (table_.columns()[at].role) return 1;
      const ColumnWords::Field* field = ColumnWords::standard().field(layout.kind, words_[at]);
      return field == nullptr ? 2 : field->rank + 3;
    };
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      FlatColumn& column = layout.columns[i];
      if (column.target == Target::ignored || column.target == Target::attribute || column.is_told) continue;
      const auto [at, fresh] = first.try_emplace({column.target, column.key}, i);
      if (fresh) continue;
      std::size_t loser = i;
      if (rank(i) < rank(at->second)) std::swap(loser, at->second);
      // Gephi's `Type` beside a column for the type says whether an edge has a direction.
      FlatColumn& second = layout.columns[loser];
      const bool is_direction =
          layout.kind == FlatKind::edges && second.target == Target::type && words_[loser] == "type";
      const bool was_label = second.target == Target::label;
      const std::string field = told_field(second);
      keep_as_attribute(second, loser);
      second.names_the_nameless = was_label;
      if (is_direction)
        second.target = Target::direction;
      else if (!table_.columns()[at->second].role)  // else its format says which of them it is
        second.lost = field;
    }
    for (FlatColumn& column : layout.columns) {
      const auto same = first.find({column.target, column.key});
      if (same == first.end() || !column.is_told) continue;
      FlatColumn& other = layout.columns[same->second];
      if (&other == &column || other.is_told) continue;
      const bool is_direction =
          layout.kind == FlatKind::edges && other.target == Target::type && words_[same->second] == "type";
      keep_as_attribute(other, same->second);
      if (is_direction && !table_.kind()) other.target = Target::direction;
    }
  }

  /// A unit beside an amount, a day beside a measure; alone they are attributes like others.
  void settle_measures(TableLayout& layout) const {
    // A value, a quantity is an amount only where something says of what.
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      FlatColumn& column = layout.columns[i];
      const bool is_weak = words_[i] == "value" || words_[i] == "quantity" || words_[i] == "volume";
      if (column.target == Target::amount && is_weak && !column.is_told && !headers_[i].has_unit &&
          find_column(layout.columns, Target::unit) == nullptr)
        keep_as_attribute(column, i);
    }
    const bool has_amount = find_column(layout.columns, Target::amount) != nullptr;
    const bool has_measure = has_amount || find_column(layout.columns, Target::share) != nullptr;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      FlatColumn& column = layout.columns[i];
      if (column.is_told) continue;
      if (((column.target == Target::unit || column.target == Target::scale) && !has_amount) ||
          (column.target == Target::as_of && !has_measure))
        keep_as_attribute(column, i);
    }
  }

  TableLayout layout(FlatKind kind) {
    TableLayout layout;
    layout.kind = kind;
    std::vector<std::string> names;
    for (const RawColumn& column : table_.columns()) names.push_back(column.name);
    layout.is_ours = !table_.kind() && is_our_header(kind, headers_) && shows_our_words();
    if (layout.is_ours) {
      layout.columns = flat_columns(kind, names, {});
    } else {
      for (std::size_t i = 0; i < names.size(); ++i) {
        FlatColumn& column = layout.columns.emplace_back();
        column.name = names[i];
        column.type = table_.columns()[i].type != FlatType::text ? table_.columns()[i].type : headers_[i].type;
        take_foreign(kind, column, i);
      }
    }
    for (std::size_t i = 0; i < names.size(); ++i) take_told(kind, layout.columns[i], i);
    if (!layout.is_ours) {
      if (kind == FlatKind::edges) settle_flow(layout);
      take_nested(layout, kind == FlatKind::edges ? Target::type : Target::label);
      settle_doubles(layout);
      settle_measures(layout);
    }
    if (kind == FlatKind::edges && !layout.is_ours) take_suggestions(layout);
    if (kind == FlatKind::nodes && find_column(layout.columns, Target::id) == nullptr)
      layout.names_are_ids = find_column(layout.columns, Target::label) != nullptr;
    return layout;
  }

  void take_told(FlatKind kind, FlatColumn& column, std::size_t at) const {
    const std::string* said = told(at, kind);
    if (said == nullptr) return;
    if (*said == "spell" && table_.columns()[at].role == Target::ignored) return;  // it became since and until
    FlatColumn fresh;
    fresh.name = column.name;
    fresh.type = column.type;
    try {
      take_told_field(fresh, kind, *said);
    } catch (const UsageError&) {
      // Another table of the import may have the column for that.
      FlatColumn other;
      other.name = column.name;
      take_told_field(other, kind == FlatKind::nodes ? FlatKind::edges : FlatKind::nodes, *said);
      return;
    }
    if (!fresh.reading && headers_[at].has_unit && (fresh.target == Target::share || fresh.target == Target::amount))
      fresh.reading = headers_[at].reading;
    column = std::move(fresh);
  }

  /// The label of nodes, the type of edges within what programs put around their data: `data.properties.name`,
  /// `attributes.label`. Taken where nothing else is one and one column alone may be.
  void take_nested(TableLayout& layout, Target target) const {
    if (find_column(layout.columns, target) != nullptr || find_column(layout.columns, Target::id) == nullptr) {
      if (layout.kind == FlatKind::nodes || find_column(layout.columns, target) != nullptr) return;
    }
    FlatColumn* found = nullptr;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      FlatColumn& column = layout.columns[i];
      const auto dot = column.name.rfind('.');
      if (dot == std::string::npos || column.target != Target::attribute || column.is_told || told(i) != nullptr)
        continue;
      const ColumnWords::Field* field =
          ColumnWords::standard().field(layout.kind, header_word(std::string_view(column.name).substr(dot + 1)));
      if (field == nullptr || field->target != target || !(field->key.empty() || field->key == "en")) continue;
      if (found != nullptr) return;
      found = &column;
    }
    if (found == nullptr) return;
    found->target = target;
    found->key = target == Target::label ? "en" : "";
  }

  /// Imports go from the partner to who reports them. Where the ends say by themselves who sends, no word turns an edge
  /// round.
  void settle_flow(TableLayout& layout) const {
    const auto flow = ends_->reports ? flow_column() : std::nullopt;
    layout.reports = ends_->reports;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      FlatColumn& column = layout.columns[i];
      const bool says_sides = !ends_->reports && ends_->role == Role::flow;
      if (flow == i)
        take_flow_words(column);
      else if (column.target == Target::direction && (ends_->reports || (says_sides && shows_flows(i))))
        keep_as_attribute(column, i);
    }
  }

  /// Whether the first value of a column says import or export.
  [[nodiscard]] bool shows_flows(std::size_t at) const {
    const auto rows = table_.rows({});
    FlatRow row;
    while (rows->next(row))
      if (row.fault.empty() && !row.values[at].empty())
        return ColumnWords::standard().is_import(row.values[at], false).has_value();
    return false;
  }

  void take_suggestions(TableLayout& layout) const {
    for (const EdgeType& type : ontology_.edge_types())
      if (ends_->role && type.role == *ends_->role && layout.edge_type.empty()) layout.edge_type = type.id;
    if (ontology_.node_type(ends_->node_type)) layout.node_type = ends_->node_type;
    if (ontology_.node_type(ends_->from_type)) layout.from_type = ends_->from_type;
  }

  const FlatTable& table_;
  const TableOptions& options_;
  const Ontology& ontology_;
  std::vector<ColumnHeader> headers_;
  std::vector<std::string> words_;
  std::optional<ColumnWords::Ends> ends_;
};

}  // namespace

std::vector<TableLayout> table_layouts(const FlatTable& table, const TableOptions& options, const Ontology& ontology) {
  if (auto own = own_figures(table)) return {*std::move(own)};
  return LayoutMaker(table, options, ontology).make();
}

}  // namespace chokepoint::detail
