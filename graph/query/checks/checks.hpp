#pragma once

#include "chokepoint/query/check.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The checks that look at one record after the other, in one pass over all of them.
enum class RecordCheck : std::uint8_t { unsourced, dangling, unknown_units, sole_source };

/// What the checks of one call share.
class CheckRun {
 public:
  /// @param lists_notes  whether notes are to be listed; else they are counted, which takes no memory
  /// @param progress  called now and then with how many records were looked at, of how many; may be empty
  CheckRun(Session& session, bool lists_notes, std::function<void(std::uint64_t, std::uint64_t)> progress)
      : session_(session), lists_notes_(lists_notes), progress_(std::move(progress)) {}

  [[nodiscard]] Session& session() const { return session_; }
  [[nodiscard]] bool lists_notes() const { return lists_notes_; }
  /// A check of records that will be asked for.
  void want(RecordCheck check) { wanted_[static_cast<std::size_t>(check)] = true; }
  /// What one of the wanted checks of records found; the first call looks at all records for all that are wanted.
  CheckFindings of_records(RecordCheck check);

 private:
  void look_at_records();

  Session& session_;
  bool lists_notes_;
  std::function<void(std::uint64_t, std::uint64_t)> progress_;
  std::array<bool, 4> wanted_{};
  std::array<CheckFindings, 4> found_;
  bool looked_ = false;
};

/// A check of the data. Each costs no more than a few passes over the records, whatever they hold.
struct Check {
  std::string_view name;
  Severity severity;
  std::string_view explains;
  CheckFindings (*run)(CheckRun&);
  std::optional<RecordCheck> of_records;  ///< it is one of these
};

CheckFindings find_unsourced(CheckRun& run);
CheckFindings find_dangling(CheckRun& run);
CheckFindings find_share_sums(CheckRun& run);
CheckFindings find_orphans(CheckRun& run);
CheckFindings find_open_repealed(CheckRun& run);
CheckFindings find_unknown_units(CheckRun& run);
CheckFindings find_rivals(CheckRun& run);
CheckFindings find_sole_sources(CheckRun& run);

}  // namespace chokepoint::detail
