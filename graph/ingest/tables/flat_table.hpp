#pragma once

#include "ingest/tables/flat_columns.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A column of a table as its format describes it, before anything is made of its name.
struct RawColumn {
  std::string name;
  FlatType type = FlatType::text;
  /// What the format itself says it holds: the `source` of an edge of GML is `from`. nullopt: its name decides.
  std::optional<Target> role;
  std::string key;       ///< with a role of label, code or attribute: its language, scheme or name
  bool is_told = false;  ///< somebody said that it holds this, as a profile does: its values are no matter of guessing
  bool is_made = false;  ///< what it holds is in our writing
};

/// One row; its values live until the next one is read.
struct FlatRow {
  std::uint64_t number = 0;                  ///< for messages; the header of a table is row 1
  std::uint64_t line = 0;                    ///< of the file, where the row begins; 0 where lines mean nothing
  std::span<const std::string_view> values;  ///< one a column; empty for none; several are joined by `list_mark`
  std::string fault;                         ///< why the row cannot be read, if so; then it has no values
};

/// Stands between the values of a cell that has several.
inline constexpr char list_mark = '\x1f';

/// The rows of a table from its beginning.
class FlatRows {
 public:
  virtual ~FlatRows() = default;
  /// @return false at the end. @throws IngestError
  virtual bool next(FlatRow& row) = 0;
};

/// A table of records of another program: a CSV file, a sheet, or what a reader made of the nodes or edges of a graph
/// file. It can be read as often as wanted.
class FlatTable {
 public:
  virtual ~FlatTable() = default;
  /// Of a sheet or a part of a file; empty for the only one.
  [[nodiscard]] virtual const std::string& name() const = 0;
  /// What its rows are, where the format says so; nullopt: its columns decide.
  [[nodiscard]] virtual std::optional<FlatKind> kind() const = 0;
  [[nodiscard]] virtual const std::vector<RawColumn>& columns() const = 0;
  /// Where in its file or sheet it begins, behind another table there and an empty row; 0 for the first one.
  [[nodiscard]] virtual std::uint64_t begins_at() const { return 0; }
  /// Whether the ends of its edges become nodes where no table lists them, beside tables of nodes, too.
  [[nodiscard]] virtual bool makes_ends() const { return false; }
  /// What its nodes are in a word of its field, `library`, where nothing else says it; empty: nobody knows.
  [[nodiscard]] virtual std::string_view things() const { return {}; }
  /// Whether it is of a place that writes decimal commas, for all that its layout tells.
  [[nodiscard]] virtual bool may_have_decimal_commas() const { return false; }
  /// @param on_bytes  called now and then with the bytes read so far; may be empty
  [[nodiscard]] virtual std::unique_ptr<FlatRows> rows(std::function<void(std::uint64_t)> on_bytes) const = 0;
};

}  // namespace chokepoint::detail
