#include "ingest/identity/slug.hpp"

#include "chokepoint/model/text.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

std::string letters_of(std::string_view name) {
  std::string slug;
  for (const char c : fold(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace

std::string slug_of(std::string_view name) {
  std::string slug = letters_of(name);
  return slug.size() <= 100 ? slug : std::string();
}

std::string made_source_id(std::string_view text) {
  std::string_view rest = text;
  for (const std::string_view head : {"https://", "http://", "www."})
    if (rest.starts_with(head)) rest.remove_prefix(head.size());
  std::string slug = letters_of(rest);
  constexpr std::size_t longest = 60;
  if (!slug.empty() && slug.size() <= longest && rest.size() == text.size() && slug.size() + 3 >= rest.size())
    return slug;
  slug.resize(std::min(slug.size(), longest));
  return (slug.empty() ? "source" : slug) + "-" + hash_hex(text).substr(0, 8);
}

}  // namespace chokepoint::detail
