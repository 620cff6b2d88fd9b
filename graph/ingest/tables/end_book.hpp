#pragma once

#include "ingest/files/text_index.hpp"
#include "ingest/records/record_input.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The nodes that rows of edges name, where no table lists them. Names that differ in case, width and
/// accents alone are one; the other spellings are its aliases. Memory: by
/// the nodes, in some 50 bytes each besides what their rows say of them: a row may be as short as `a,b`.
class EndBook {
 public:
  /// @param id, label, type  as the row has them; the label and the type may be empty
  void add(std::string_view id, std::string_view label, std::string_view type, const Place& place);
  /// Says an attribute of a node that was added; several values of it are a list.
  void describe(std::string_view id, const std::string& attribute, std::string_view value);
  /// Hands the nodes over in the order in which they were met, each with its id as the label where it has no other.
  /// @param type  of those that no row gives one; may be empty. @param source  that they cite
  void emit(RecordSink& sink, const std::string& type, const std::string& source);
  [[nodiscard]] std::size_t size() const { return folded_.size(); }
  /// Which names were taken for others that are spelled otherwise; empty where none was.
  [[nodiscard]] std::string remark() const;
  /// Which names end in the mark of a note; empty where none does. O(names)
  [[nodiscard]] std::string note_remark() const;
  /// Which numbers were taken for others that are written without a point; empty where none was. To be asked behind
  /// `emit`.
  [[nodiscard]] std::string number_remark() const;

 private:
  /// What few ends have in files of very many.
  struct More {
    std::string id;  ///< as it is written; empty where it is the folded one
    std::string label, type;
    std::vector<std::string> aliases;  ///< labels that other rows give it
    std::map<std::string, std::vector<std::string>> attributes;
  };
  struct Spot {
    std::uint64_t line;
    std::uint32_t file_number;
    std::uint32_t spelling;  ///< hash of the id as it was first written
  };
  void note_spelling(std::uint32_t number, std::string_view id);
  [[nodiscard]] std::optional<std::uint32_t> bare_number_of(std::uint32_t number) const;
  void unite_numbers();

  TextIndex folded_;                                            ///< the folded ids
  std::deque<Spot> spots_;                                      ///< of each; in pieces, so that growing copies nothing
  std::unordered_map<std::uint32_t, More> more_;                ///< by number
  std::vector<std::pair<std::string, std::string>> respelled_;  ///< the first few: other spelling, first one
  std::size_t respelled_count_ = 0;
  std::uint64_t pointed_count_ = 0;
  std::string pointed_;                  ///< the first of these numbers
  std::vector<std::string_view> files_;  ///< by number
};

}  // namespace chokepoint::detail
