#pragma once

#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The languages that a page can be switched to: what the program says there it says in each.
class PageWords {
 public:
  explicit PageWords(const Session& session);

  /// What `make(names)` says in each language.
  template <typename Make>
  Labels in_each(const Make& make) {
    Labels labels;
    for (std::size_t i = 0; i < sessions_.size(); ++i) labels.emplace(sessions_[i].language(), make(names_[i]));
    return labels;
  }
  /// A sentence in each language; see `say`.
  template <typename... Arguments>
  Labels say_in_each(std::string_view english, const Arguments&... arguments) {
    return in_each([&](Names& names) { return say(names.session(), english, arguments...); });
  }

 private:
  std::vector<Session> sessions_;
  std::vector<Names> names_;
};

/// `A, B, C +12`: the first labels, the others counted.
std::string first_labels(Names& names, const std::vector<std::string>& ids, std::size_t most);

}  // namespace chokepoint::detail
