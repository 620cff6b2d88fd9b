#include "ingest/identity/made_id_table.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace chokepoint::detail {

namespace {

/// A table of numbers may have so many places for each node that it holds, and some more.
constexpr std::size_t places_a_node = 8, places_at_least = 4096;

/// The number of a counter, and the small letter before it, if any.
struct CounterParts {
  char letter = '\0';
  std::uint32_t number = 0;
};

/// nullopt for what is no counter, or is written with zeros in front.
std::optional<CounterParts> counter_parts(std::string_view id) {
  CounterParts parts;
  if (id.empty()) return std::nullopt;
  const char first = id.front();
  if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) {
    parts.letter = first >= 'a' ? first : static_cast<char>(first - 'A' + 'a');
    id.remove_prefix(1);
  }
  if (id.empty() || id.size() > 9 || (id.size() > 1 && id.front() == '0')) return std::nullopt;
  for (const char c : id) {
    if (c < '0' || c > '9') return std::nullopt;
    parts.number = parts.number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return parts;
}

/// Whether folding leaves a text as it is, told without doing it: lower-case ASCII letters, digits and marks.
bool is_folded_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z'); });
}

}  // namespace

std::vector<std::uint32_t>* MadeIdTable::numbers_of(char letter) {
  if (letter == '\0') return &numbers_;
  const auto found = with_letter_.find(letter);
  return found == with_letter_.end() ? nullptr : &found->second;
}

void MadeIdTable::add(std::string_view file_id, KnownNode node) {
  nodes_.push_back(std::move(node));
  const auto place = static_cast<std::uint32_t>(nodes_.size());
  const auto parts = counter_parts(file_id);
  if (!parts || parts->number >= std::max(expected_, nodes_.size()) * places_a_node + places_at_least) {
    if (others_.add(fold(file_id)).second) place_of_other_.push_back(place);
    return;
  }
  auto& numbers = parts->letter == '\0' ? numbers_ : with_letter_[parts->letter];
  if (numbers.size() <= parts->number) numbers.resize(std::max<std::size_t>(parts->number + 1, numbers.size() * 2));
  numbers[parts->number] = place;
}

KnownNode* MadeIdTable::find(std::string_view file_id) {
  if (const auto parts = counter_parts(file_id)) {
    const auto* numbers = numbers_of(parts->letter);
    if (numbers != nullptr && parts->number < numbers->size() && (*numbers)[parts->number] != 0)
      return &nodes_[(*numbers)[parts->number] - 1];
  }
  const auto found = is_folded_text(file_id) ? others_.find(file_id) : others_.find(fold(file_id));
  return found ? &nodes_[place_of_other_[*found] - 1] : nullptr;
}

}  // namespace chokepoint::detail
