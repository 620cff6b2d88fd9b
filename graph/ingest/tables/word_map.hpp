#pragma once

#include "ingest/tables/glob.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What words of another program stand for. Words are compared as names are, without regard to case, accents and width;
/// a word may be a pattern whose kept parts stand in braces in what it means: `MCS{year}` means `{year}`.
class WordMap {
 public:
  void add(std::string_view word, std::string_view meaning);
  /// What a word that is not known may have around one that is: `{name}e` of a footnote's letter.
  void add_trim(std::string_view pattern) { trims_.emplace_back(pattern); }
  /// @return nullopt for a word that is not known
  [[nodiscard]] std::optional<std::string> meaning_of(std::string_view word) const;
  /// What all words mean, as far as it holds no kept part.
  [[nodiscard]] std::vector<std::string> plain_meanings() const;

 private:
  [[nodiscard]] std::optional<std::string> find(std::string_view word) const;

  std::map<std::string, std::string, std::less<>> words_;  ///< by folded word
  std::vector<std::pair<Glob, std::string>> patterns_;
  std::vector<Glob> trims_;
  mutable std::unordered_map<std::string, std::optional<std::string>>
      known_;  ///< what was asked before; one thread asks
};

/// Puts texts in place of names in braces; a name that is not among them stays.
std::string fill_in(std::string_view text, const std::vector<std::string>& names,
                    const std::vector<std::string_view>& values);

/// The maps that every profile has: `countries` (any spelling: our id), `country codes` (any spelling: ISO 3166-1
/// alpha-2), `country names` and `country names zh`.
const std::map<std::string, WordMap, std::less<>>& shared_words();

}  // namespace chokepoint::detail
