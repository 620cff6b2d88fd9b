#pragma once

#include "ingest/tables/flat_columns.hpp"
#include "ingest/tables/glob.hpp"
#include "ingest/tables/value_reading.hpp"
#include "ingest/tables/word_map.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Text with names of columns or variables in braces: `csl:{entity_number}`.
struct ProfileTemplate {
  struct Piece {
    std::string text;
    bool is_name = false;
  };
  std::string text;
  std::vector<Piece> pieces;
};

/// How a value is made of a row.
struct ProfileValue {
  std::vector<ProfileValue> choices;  ///< the first that gives something, or all; then nothing else is set
  bool takes_all = false;             ///< of the choices
  ProfileTemplate text;
  std::string split;  ///< between the values of a cell that has several
  std::string join;   ///< puts several values into one text
  const WordMap* words = nullptr;
  bool only_words = false;  ///< a word that is not known gives nothing
  bool is_slug = false, is_lower = false;
  bool is_number = false;
  bool or_text = false;                   ///< what is no number stays, for the reader to refuse
  ValueReading reading;                   ///< of a number or a date
  std::optional<ProfileTemplate> factor;  ///< of a number
  const WordMap* factor_words = nullptr;
  int decimals = -1;  ///< a number is rounded to so many; -1: as it is
  bool is_date = false;
  bool is_share = false;  ///< the number is divided by the total of its group
};

/// What must hold for a row: the text is one of the patterns, or passes the test.
struct ProfileCondition {
  enum class Test : std::uint8_t { patterns, filled, empty, number, positive, zero, text };
  ProfileTemplate subject;
  std::vector<Glob> patterns;
  std::vector<Test> tests;
};

/// A row stands for several records: one for each column whose name fits a pattern, or for each value of a list.
struct ProfileEach {
  struct Columns {
    Glob pattern;
    std::vector<std::pair<std::string, std::string>> also;  ///< variables that such a column sets
  };
  std::vector<Columns> columns;
  std::optional<ProfileValue> values;
  std::string name;  ///< of the variable that takes each value
};

/// Rows that state the total of others.
struct ProfileTotal {
  std::vector<ProfileCondition> when;
  std::vector<ProfileTemplate> by;
  ProfileValue value;
};

struct ProfileField {
  std::string name;  ///< as the profile has it: `codes.lei`
  Target target = Target::ignored;
  std::string key;
  ProfileValue value;
};

/// What becomes of the columns that a part does not name.
struct ProfileRest {
  bool are_attributes = false;
  std::string under;  ///< head of a name that is left out: `properties.`
  std::vector<Glob> but;
};

struct ProfilePart {
  FlatKind kind = FlatKind::nodes;
  std::vector<ProfileCondition> when, unless;
  std::optional<ProfileEach> each;
  bool is_once = false;      ///< of nodes with one id the first is taken, of equal edges or figures one
  bool is_gathered = false;  ///< rows with one id become one record with all their values
  bool makes_ends = false;   ///< ends that nothing lists become nodes
  std::vector<ProfileField> fields;
  std::optional<ProfileTotal> total;
  ProfileRest rest;
};

/// How a layout is recognised, and how its rows become records.
struct TableProfile {
  std::string id, title;
  std::string origin;  ///< file that it was read from; empty: one of ours
  std::vector<std::string> columns;
  std::vector<Glob> patterns;
  std::vector<ProfileCondition> values;
  std::vector<Glob> files;                    ///< a file called so needs none of the values
  std::vector<std::string> formats;           ///< empty: any
  bool only_when_named = false;               ///< its header could be that of something else
  std::set<std::string, std::less<>> absent;  ///< folded
  std::vector<std::pair<std::string, ProfileValue>> variables;
  /// Variables that the file as a whole must give a value, and where it says it.
  std::vector<std::pair<std::string, std::string>> asks;
  std::map<std::string, WordMap, std::less<>> words;
  std::vector<ProfilePart> parts;
  std::string tally;  ///< column whose values tell the rows that no part takes apart

  [[nodiscard]] std::size_t specificity() const { return columns.size() + patterns.size() + values.size(); }
};

/// Reads a profile. @param origin  what messages call it. @param head_only  no more than how it is recognised
/// @throws UsageError with all that is wrong with it, where it stands and what was meant
std::unique_ptr<const TableProfile> read_profile(std::string_view text, const std::string& origin,
                                                 bool head_only = false);

/// How the profiles that are compiled in are recognised, by name of their files; they have no parts.
const std::vector<std::unique_ptr<const TableProfile>>& standard_profiles();
/// The profile of a name, compiled in, or of a file. @throws UsageError naming those there are
std::unique_ptr<const TableProfile> load_profile(const std::string& name);

}  // namespace chokepoint::detail
