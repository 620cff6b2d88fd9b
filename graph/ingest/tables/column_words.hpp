#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "ingest/tables/flat_columns.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Signs and words that say how a number relates to the true one; a longer one stands before one that begins it.
using BoundWords = std::vector<std::pair<std::string, Bound>>;

/// What people call the columns of their tables: data/profiles/columns.json.
class ColumnWords {
 public:
  static const ColumnWords& standard();

  struct Field {
    Target target = Target::ignored;
    std::string key;       ///< the language of a label
    std::size_t rank = 0;  ///< of two columns of one field the one of lower rank is meant
  };
  /// @param word  as `header_word` makes it
  [[nodiscard]] const Field* field(FlatKind kind, std::string_view word) const;

  /// Columns that hold where edges begin and end.
  struct Ends {
    std::size_t from = 0, to = 0;
    std::optional<Role> role;  ///< what such a table is mostly about: an owner and what is owned
    std::string node_type;     ///< what such ends mostly are
    std::string from_type;     ///< what they begin at, where that is something else
    bool reports = false;      ///< `from` tells what it imports from `to` or exports to it
  };
  [[nodiscard]] std::optional<Ends> ends_in(const std::vector<std::string>& words) const;
  /// The same where the words say what stands at the ends, too: `source company` beside `target company`.
  [[nodiscard]] std::optional<Ends> ends_of_things_in(std::vector<std::string> words) const;
  /// The column that names one side of edges, whatever the other one is called.
  [[nodiscard]] std::optional<std::size_t> end_in(const std::vector<std::string>& words, bool from) const;

  /// Whether a word names who begins a relation of a known role, whatever else it may say: an owner, a supplier.
  [[nodiscard]] bool begins_role(const std::string& word) const;

  /// What a reporter says of a trade with its partner: true for an import, in whatever words (`Gross Imp.`, `进口`).
  /// @param takes_codes  also 1 and 2, as customs have them
  [[nodiscard]] std::optional<bool> is_import(std::string_view text, bool takes_codes) const;
  /// The codes of imports or exports.
  [[nodiscard]] std::vector<std::string> flow_codes(bool of_imports) const;

  /// Whether a name says that nobody in particular is meant: Others, Unknown.
  [[nodiscard]] bool is_nobody(std::string_view name) const;
  /// Whether a text says that there is no value, and whether as the end of a relation that it goes on. @param folded
  /// `fold` of it
  [[nodiscard]] bool is_absent(const std::string& folded) const { return absents_.contains(folded); }
  [[nodiscard]] bool is_open_end(const std::string& folded) const { return open_ends_.contains(folded); }
  /// The type of edges that the words of one say from their second end to their first: `owned by` of owns.
  [[nodiscard]] std::optional<std::string> inverse_of(std::string_view type) const;
  /// The type of edges one of whose ends the words of one say, and not which: `Supplier` of supplies.
  [[nodiscard]] std::optional<std::string> type_of_role(std::string_view role) const;
  /// How what stands below a word is related to what the word is said of: `ownedBy`, `suppliers`, `depends on`.
  struct Relation {
    std::string type;
    bool begins_here = false;  ///< the edge goes from what the word is said of; else to it
  };
  /// nullopt for a word that names no relation, or one whose type it does not say.
  [[nodiscard]] std::optional<Relation> relation_of(const std::string& word) const;
  /// Our type for a word of others that names none of ours by itself, to be offered and not taken: `company`,
  /// `library`.
  [[nodiscard]] std::optional<std::string> type_offered(FlatKind kind, std::string_view theirs) const;
  /// The type of nodes that a column of that word holds, whatever the edge is: `plant`.
  [[nodiscard]] std::optional<std::string> type_of_things(const std::string& word) const;
  /// By type of nodes: the list of shared words that has the names of all of that type, as countries have one.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& known_names() const { return known_names_; }
  /// Whether a column of that word says what an end is to the other one: `role`.
  [[nodiscard]] bool is_role_column(const std::string& word) const { return role_columns_.contains(word); }
  /// The number of a month by its name or the beginning of it, folded, in the languages that we know; 0 for none.
  [[nodiscard]] unsigned month(const std::string& folded) const;
  /// The attribute by which nodes of one name are told apart that a word beside an end names: `country`, `lei`.
  [[nodiscard]] std::optional<std::string> trait(const std::string& word) const;
  /// Whether a column of a table of nodes is called as what its rows do to others: `supplies`, `next step`.
  [[nodiscard]] bool leads_on(const std::string& word) const { return leading_.contains(word); }
  /// Whether a column of that word may hold what flows along an edge.
  [[nodiscard]] bool may_be_item(const std::string& word) const { return items_.contains(word); }
  /// Of two such words the lower one says more of what flows: a name before a code.
  [[nodiscard]] std::size_t item_rank(const std::string& word) const { return items_.find(word)->second; }
  /// Whether the word names a total; or a whole, which may be one. All of both are `total_words`.
  [[nodiscard]] bool is_total(const std::string& word) const { return totals_.contains(word); }
  [[nodiscard]] bool is_whole(const std::string& word) const { return wholes_.contains(word); }
  [[nodiscard]] std::vector<std::string> total_words() const;
  /// Whether a text begins as notes below a table do: `* estimated`, `Source: …`. O(length)
  [[nodiscard]] bool begins_note(std::string_view text) const;
  /// What things that flow mostly are.
  [[nodiscard]] const std::string& item_type() const { return item_type_; }

  /// Our unit for theirs, or theirs. @param folded  `fold` of it
  [[nodiscard]] std::optional<std::string> unit(const std::string& folded) const;
  [[nodiscard]] std::optional<double> scale(const std::string& folded) const;
  /// Words of units that say how a number is meant. @param folded  `fold` of each
  [[nodiscard]] bool is_percent(const std::string& folded) const { return percents_.contains(folded); }
  [[nodiscard]] bool is_of_fractions(const std::string& folded) const { return fractions_.contains(folded); }
  [[nodiscard]] std::optional<double> small_scale(const std::string& folded) const;
  /// Whether a word is a scale only beside a unit, as `miles` are distances, too.
  [[nodiscard]] bool is_scale_beside_units_only(const std::string& folded) const {
    return weak_scales_.contains(folded);
  }
  /// Whether a word only leads to a unit.
  [[nodiscard]] bool is_passed_over_in_units(const std::string& folded) const { return fillers_.contains(folded); }
  /// The number that a word for a share says, as people write one: `WO` is 100%, `MO` over 50%. @param folded  `fold`
  /// of it
  [[nodiscard]] std::optional<std::string> number_said(const std::string& folded) const;
  /// Before a number and behind it, folded: `over`, `≥`; `or more`.
  [[nodiscard]] const BoundWords& bounds_before() const { return bounds_before_; }
  [[nodiscard]] const BoundWords& bounds_behind() const { return bounds_behind_; }
  /// By folded word of another program: what it means in a field of words (`status`) or numbers (`confidence`).
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& words_of(Target target) const;

 private:
  explicit ColumnWords(std::string_view text);
  struct EndWords {
    std::map<std::string, std::size_t, std::less<>> from, to;
    std::optional<Role> role;
    std::string node_type, from_type;
    bool reports = false;
    std::set<std::string, std::less<>> weak;  ///< words that are of an end only beside one for the other end
  };
  struct FlowWords {
    std::vector<std::string> begins;
    std::map<std::string, std::size_t, std::less<>> words, codes;
  };
  std::map<std::string, Field, std::less<>> fields_[2];
  std::vector<EndWords> ends_;
  FlowWords imports_, exports_;
  std::set<std::string, std::less<>> role_columns_, nobodies_, leading_, absents_, open_ends_;
  std::array<bool, 256> nobody_begins_{};
  std::map<std::string, std::string, std::less<>> inverses_, roles_, offered_types_[2], things_, traits_, numbers_said_;
  std::map<std::string, unsigned, std::less<>> months_;
  std::map<std::string, std::size_t, std::less<>> no_flows_;
  std::map<std::string, std::size_t, std::less<>> items_, totals_, wholes_, notes_;
  std::vector<std::string> note_marks_;
  std::string item_type_;
  std::map<std::string, std::string, std::less<>> known_names_;
  std::map<std::string, std::string, std::less<>> units_;
  std::map<std::string, double, std::less<>> scales_, small_scales_;
  std::set<std::string, std::less<>> percents_, fractions_, weak_scales_, fillers_;
  BoundWords bounds_before_, bounds_behind_;
  std::map<Target, std::map<std::string, std::string, std::less<>>> words_;
};

/// The word of an end without what says that it is a name, an id or which thing: `supplier company` as `supplier`.
std::string_view end_word(std::string_view word);

/// The word of one of several columns, `supplier 2` as `supplier`, or of several values, `suppliers` as `supplier`;
/// empty where it does not say so.
std::string word_without_number(std::string word);
std::string word_of_one(std::string word);
/// A header in two writings, `供应商 Supplier`: what of it is known by itself, else the word.
std::string word_of_two_writings(const std::string& word);
/// What is clearly called a share: `import share`, `share of sales`, `stake held`, `占比 2022`.
bool is_called_share(std::string_view word);
/// Which side of edges a word names: true where they begin, false where they end.
std::optional<bool> side_of(const std::string& word);

/// A header as words are looked up: `Start_Date`, `startDate` and `start-date` are `start date`.
std::string header_word(std::string_view name);

}  // namespace chokepoint::detail
