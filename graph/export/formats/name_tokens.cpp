#include "export/formats/name_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::detail {

namespace {

bool is_token_character(char character) {
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') || character == '.' || character == '_' || character == '-' ||
         character == ':';
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

}  // namespace

std::string name_token(std::string_view text) {
  std::string token(text.empty() ? std::string_view("_") : text);
  for (char& character : token)
    if (!is_token_character(character)) character = '_';
  return token;
}

NameTokens::NameTokens(const std::vector<std::string_view>& ids) {
  std::set<std::string_view> taken;
  for (const std::string_view id : ids)
    if (is_token(id)) taken.insert(id);
  for (const std::string_view id : ids) {
    if (is_token(id)) continue;
    const std::string stem = name_token(id);
    std::string& token = tokens_[std::string(id)];
    token = stem;
    for (int number = 2; !taken.insert(token).second; ++number) token = fmt::format("{}-{}", stem, number);
  }
}

std::string_view NameTokens::operator[](std::string_view id) const {
  if (tokens_.empty()) return id;
  const auto found = tokens_.find(id);
  return found == tokens_.end() ? id : std::string_view(found->second);
}

NameTokens node_tokens(const GraphDocument& document) {
  std::vector<std::string_view> ids;
  ids.reserve(document.nodes.size());
  for (const Node& node : document.nodes) ids.emplace_back(node.id);
  return NameTokens(ids);
}

NameTokens edge_tokens(const GraphDocument& document, const UniqueEdgeIds& ids) {
  std::vector<std::string_view> views;
  views.reserve(document.edges.size());
  for (std::size_t row = 0; row < document.edges.size(); ++row) views.push_back(ids[row]);
  return NameTokens(views);
}

}  // namespace chokepoint::detail
