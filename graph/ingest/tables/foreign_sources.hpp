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
  /// A source that a table of sources describes.
  void add(Source source);
  /// What is known of a source that is made: all that a table says, else its title and address.
  void describe(Source& source) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> texts_;  ///< by id
  std::map<std::string, Source, std::less<>> described_;   ///< by id
};

}  // namespace chokepoint::detail
