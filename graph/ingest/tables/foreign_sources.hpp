#pragma once

#include "chokepoint/model/record.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Sources that a table names by a title or an address and not by an id. May be asked from several threads.
class ForeignSources {
 public:
  /// The id of a source that is made for the text; itself where it is one.
  std::string id_of(std::string_view text);
  /// Title and address of a source that was made, if it was.
  void describe(Source& source) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> texts_;  ///< by id
};

}  // namespace chokepoint::detail
