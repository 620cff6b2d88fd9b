#include "ingest/checking/problems.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint::detail {

namespace {

bool is_blank_or_comma(char c) { return c == ' ' || c == ',' || c == ';' || c == ':'; }

/// Appends a word; numbers, texts in quotes, and what names the record itself stand for any.
void append_kind_of_word(std::string_view word, std::string_view record, bool is_first, std::string& kind) {
  const bool is_quoted = word.front() == '"' && !is_first;  // the first one is the field
  const bool has_digit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_quoted || has_digit || (word.size() > 1 && record.find(word) != std::string_view::npos))
    kind += '*';
  else
    kind += word;
}

/// What problems of one kind have in common: the file and the sentence without its particulars and its advice.
std::string kind_of(const Problem& problem) {
  std::string kind = problem.file + '\n';
  std::string_view rest = std::string_view(problem.message).substr(0, problem.message.find("; "));
  bool is_first = true;
  while (!rest.empty()) {
    if (is_blank_or_comma(rest.front())) {
      kind += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    std::size_t end = 0;
    if (rest.front() == '"' && rest.find('"', 1) != std::string_view::npos)
      end = rest.find('"', 1) + 1;
    else
      while (end < rest.size() && !is_blank_or_comma(rest[end])) ++end;
    append_kind_of_word(rest.substr(0, end), problem.record, is_first, kind);
    is_first = false;
    rest.remove_prefix(end);
  }
  return kind;
}

}  // namespace

void Problems::add(Problem problem) {
  if (listen_) listen_(problem);
  ++total_;
  if (listing_ == Listing::all) {
    if (list_.size() < kept) list_.push_back(std::move(problem));
    return;
  }
  Kind& kind = kinds_[kind_of(problem)];
  if (++kind.count <= kept_of_a_kind && list_.size() < kept) {
    kind.last = list_.size();
    list_.push_back(std::move(problem));
  } else if (kind.last < list_.size()) {
    ++list_[kind.last].alike;
  }
}

bool Problems::knows(const Problem& problem) const {
  const auto kind = kinds_.find(kind_of(problem));
  if (kind != kinds_.end() && kind->second.count > kept_of_a_kind) return true;
  return std::any_of(list_.begin(), list_.end(), [&](const Problem& known) {
    return known.file == problem.file && known.line == problem.line && known.message == problem.message;
  });
}

std::vector<Problem> Problems::sorted() const {
  auto list = list_;
  std::stable_sort(list.begin(), list.end(), [](const Problem& a, const Problem& b) {
    return a.file != b.file ? a.file < b.file : a.line < b.line;
  });
  return list;
}

}  // namespace chokepoint::detail
