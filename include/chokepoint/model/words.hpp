#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// The program's own texts in another language, as data/words/<language>.json has them. The English text is the key:
/// a word, or a pattern of fmt with its places (`no dataset has the id "{}"`), whose translation has the same places,
/// in order or by number. Messages are made in English wherever they arise and translated where they leave the program,
/// so that what throws an error knows nothing of languages.
class Words {
 public:
  /// The texts of a language; none for English and for languages without such a file. The first call reads the file.
  static const Words& of(std::string_view language);

  /// What stands for exactly this English text.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view english) const;

  /// A finished message: each of its lines by the pattern that it was made of, the one that leaves the least open; what
  /// was put into the places is translated in turn where it is a sentence, too. Text of which nothing is known stays.
  /// O(patterns · length)
  [[nodiscard]] std::string translated(std::string_view message) const;

  /// Every English text with its translation, by the English.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

  /// @param json  {"section": {"English": "other", …}, …}; sections are for readers
  /// @throws SchemaError for anything else
  explicit Words(std::string_view json);
  Words() = default;

 private:
  /// An English pattern, cut at its places: one part more than there are places.
  struct Pattern {
    std::vector<std::string> parts;
    std::string_view translation;
    std::size_t letters = 0;  ///< that are not in places
  };

  [[nodiscard]] std::string line(std::string_view message, int depth) const;
  [[nodiscard]] std::optional<std::string> by_pattern(std::string_view message, int depth) const;
  [[nodiscard]] std::string by_parts(std::string_view message, int depth) const;

  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<Pattern> patterns_;  ///< what follows a message, then most letters first
};

}  // namespace chokepoint
