#pragma once

#include "chokepoint/export/page.hpp"
#include "chokepoint/query/brief.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Turns a result into statements, numbering the sources in the order in which they are named.
class BriefWriter {
 public:
  BriefWriter(Session& session, const BriefResult& brief) : session_(&session), names_(session), brief_(&brief) {
    for (const Source& source : brief.sources) known_.emplace(source.id, &source);
  }

  Page write();

 private:
  [[nodiscard]] std::string word(std::string_view english) const { return detail::word(*session_, english); }
  std::string label(const std::string& id) { return names_.label(id); }
  std::string named(const std::string& id) { return names_.named(id); }
  [[nodiscard]] const std::string& id() const { return brief_->node.id; }
  [[nodiscard]] std::size_t most() const {
    return brief_->limit == 0 ? std::numeric_limits<std::size_t>::max() : brief_->limit;
  }
  /// Names in one statement.
  [[nodiscard]] std::size_t most_in_list() const { return brief_->limit == 0 ? most() : brief_->limit + 2; }
  /// `A, B, C +4`.
  std::string list(const std::vector<std::string>& ids, std::size_t most, bool with_ids = false);
  [[nodiscard]] std::string joined(const std::vector<std::string>& texts, std::size_t most) const;
  /// `SoftBank (softbank) (90.6 %)`: how much of it, and whether that is only planned.
  std::string with_measure(const Edge& edge, const std::string& other);
  std::size_t number(const std::string& source);
  std::vector<std::size_t> notes(const std::vector<std::string>& sources);
  template <typename Records>
  std::vector<std::size_t> notes_of(const Records& records) {
    std::vector<std::string> ids;
    for (const auto& record : records)
      for (const Citation& citation : record.sources) ids.push_back(citation.source);
    return notes(ids);
  }
  PageSection& section(std::string_view title);
  void add(std::string text, std::vector<std::size_t> notes, std::size_t level = 0);
  void more(std::size_t count, std::string_view command);
  [[nodiscard]] bool is_chinese() const { return session_->language() == "zh"; }
  [[nodiscard]] std::string_view colon() const { return is_chinese() ? "：" : ": "; }
  [[nodiscard]] std::string_view comma() const { return is_chinese() ? "，" : ", "; }
  [[nodiscard]] std::string_view list_comma() const { return is_chinese() ? "、" : ", "; }

  void what_it_is();
  void measure();
  void needs();
  void stops();
  void add_pairs(const BriefStops& stops, bool any);
  void dependents();
  void seats();
  void concentration();
  void restrictions();
  void market();
  void issued();
  void changes();
  void figures();
  void unknown();
  void add_sources();

  std::string need_text(const BriefNeed& need);
  std::string concentration_text(const BriefConcentration& row);
  /// @param markets  of those that are alike but for it
  std::string restriction_text(const Restriction& r, bool names_thing, const std::vector<std::string>& markets);
  void add_responses(const RestrictionsResult& result, const std::set<std::string>& policies);
  void add_restriction_list(const RestrictionsResult& result, bool names_thing, std::string_view command);

  Session* session_;
  detail::Names names_;
  const BriefResult* brief_;
  std::map<std::string, const Source*> known_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> cited_;
  Page page_;
};

}  // namespace chokepoint::detail
