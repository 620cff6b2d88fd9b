#include "ingest/tables/unit_words.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/value_reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

namespace chokepoint::detail {

namespace {

bool is_currency(const std::string& unit) {
  return unit.size() == 3 && std::ranges::all_of(unit, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<std::string> unit_of(const std::string& written) {
  if (auto known = ColumnWords::standard().unit(fold(written))) return known;
  return is_currency_code(written) ? std::optional(written) : std::nullopt;
}

/// 1000, 10^6, 1000s: a power of ten that is a word of its own.
std::optional<double> power_word(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  if (word.starts_with("10^") || word.starts_with("1e")) {
    word.remove_prefix(word.starts_with("10^") ? 3 : 2);
    if (word.empty() || word.size() > 2 || word.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    return std::pow(10, std::atoi(std::string(word).c_str()));
  }
  std::string digits;
  for (const char c : word)
    if (c != ',' && c != '\'') digits += c;
  if (digits.size() < 2 || digits.size() > 13 || digits[0] != '1' ||
      digits.find_first_not_of('0', 1) != std::string::npos)
    return std::nullopt;
  return std::pow(10, static_cast<double>(digits.size() - 1));
}

std::optional<double> scale_of(const std::string& word) {
  if (const auto known = ColumnWords::standard().scale(word)) return known;
  return power_word(word);
}

/// `us$'000`, `亿元`, `MUSD`, `kt`: a unit and a scale without a blank between them.
bool take_joined(const std::string& written, UnitWords& found) {
  const std::string folded = fold(written);
  if (folded.size() != written.size() && written.size() < 64) {  // other letters: only as they are folded
    for (std::size_t i = 1; i < folded.size(); ++i) {
      const auto unit = unit_of(folded.substr(i));
      const auto scale = scale_of(folded.substr(0, i));
      if (!unit || !scale) continue;
      found.unit = *unit;
      found.scale *= *scale;
      return true;
    }
    return false;
  }
  for (std::size_t i = 1; i < written.size(); ++i) {
    const std::string head = written.substr(0, i), tail = written.substr(i);
    auto unit = unit_of(tail);
    auto scale = scale_of(fold(head));
    if (unit && head == "T" && is_currency(*unit)) scale = 1000;  // TEUR
    if (!unit || !scale) {
      unit = unit_of(head);
      scale = scale_of(fold(tail));
    }
    if (!unit || !scale) continue;
    found.unit = *unit;
    found.scale *= *scale;
    return true;
  }
  return false;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string each;
  const auto end_word = [&] {
    for (const std::string_view article : {"d'", "d’", "l'", "D'"})
      if (each.starts_with(article)) each.erase(0, article.size());
    if (!each.empty()) words.push_back(each);
    each.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == ',' && (i + 1 == text.size() || text[i + 1] == ' ');
    if (text[i] == ' ' || text[i] == '\n' || ends)
      end_word();
    else
      each += text[i];
  }
  end_word();
  return words;
}

/// Reads words one after the other, two that belong together at once.
class UnitReader {
 public:
  explicit UnitReader(std::string_view text) : words_(words_in(text)) {}

  UnitWords read() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i + 1 < words_.size() && take(words_[i] + " " + words_[i + 1], false)) {
        ++i;
        continue;
      }
      if (!take(words_[i], true)) rest_ += (rest_.empty() ? "" : " ") + words_[i];
    }
    // What is a scale beside a unit only is a unit of its own.
    if (!weak_.empty() && found_.unit.empty())
      rest_ = weak_ + (rest_.empty() ? "" : " ") + rest_;
    else if (!weak_.empty())
      found_.scale *= weak_scale_;
    found_.is_whole = rest_.empty() && found_.is_known;
    if (!rest_.empty()) found_.unit += (found_.unit.empty() ? "" : " ") + rest_;
    return std::move(found_);
  }

 private:
  bool take(const std::string& written, bool alone) {
    const ColumnWords& known = ColumnWords::standard();
    std::string word = fold(written);
    if (word.size() > 1 && word.ends_with('.') && !known.unit(word)) word.pop_back();
    if (alone && known.is_passed_over_in_units(word)) return true;
    if (known.is_percent(word)) {
      found_.percent = true;
    } else if (known.is_of_fractions(word)) {
      found_.fractions = true;
    } else if (const auto small = known.small_scale(word)) {
      found_.scale *= *small;
    } else if (alone && written == "Mt" && found_.unit.empty()) {  // mt are metric tons
      found_.unit = *known.unit("t");
      found_.scale *= 1e6;
    } else if (const auto unit = unit_of(written.ends_with('.') ? word : written); unit && found_.unit.empty()) {
      found_.unit = *unit;
    } else if (const auto scale = scale_of(word)) {
      if (known.is_scale_beside_units_only(word)) {
        if (!weak_.empty()) return false;
        weak_ = written;
        weak_scale_ = *scale;
        found_.is_known = true;
        return true;
      }
      found_.scale *= *scale;
    } else if (!(alone && found_.unit.empty() && take_joined(written.ends_with('.') ? word : written, found_))) {
      return false;
    }
    found_.is_known = true;
    return true;
  }

  std::vector<std::string> words_;
  std::string rest_, weak_;
  double weak_scale_ = 1;
  UnitWords found_;
};

}  // namespace

UnitWords unit_words(std::string_view text) { return UnitReader(text).read(); }

double scale_of_cell(std::string_view text) {
  text = without_outer_blanks(text);
  constexpr int most = 15;
  if (!text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    const int power = std::atoi(std::string(text).c_str());
    return power <= most ? std::pow(10, power) : 0;
  }
  const std::string word = fold(text);
  if (word == "1" || word == "ones" || ColumnWords::standard().unit(word) == "units") return 1;
  if (const auto scale = ColumnWords::standard().scale(word)) return *scale;
  return power_word(word).value_or(0);
}

}  // namespace chokepoint::detail
