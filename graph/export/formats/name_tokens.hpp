#pragma once

#include "chokepoint/export/graph_document.hpp"
#include "export/layout/picture.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// `text` with every character that an ASCII XML name token cannot hold replaced by `_`; `_` for an empty one.
std::string name_token(std::string_view text);

/// Ids as XML name tokens (NMTOKEN), which schemas ask for: ids that are some already stay, the others are replaced by
/// `name_token`, and what that makes equal to another gets `-2`, `-3`, ….
class NameTokens {
 public:
  /// Leaves every id as it is.
  NameTokens() = default;
  /// @param ids  unique; the views are not kept
  explicit NameTokens(const std::vector<std::string_view>& ids);
  /// The token of an id; a view into `id` or into this object.
  [[nodiscard]] std::string_view operator[](std::string_view id) const;

 private:
  std::map<std::string, std::string, std::less<>> tokens_;  ///< only those that differ
};

NameTokens node_tokens(const GraphDocument& document);
NameTokens edge_tokens(const GraphDocument& document, const UniqueEdgeIds& ids);

}  // namespace chokepoint::detail
