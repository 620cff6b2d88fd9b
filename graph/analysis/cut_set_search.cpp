#include "analysis/cut_set_search.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace chokepoint::detail {

namespace {

class Search {
 public:
  Search(CutOracle& oracle, const CutSetOptions& options)
      : oracle_(oracle), options_(options), forbidden_(oracle.candidates().size(), 0) {}

  CutSets run() && {
    for (order_ = 1; order_ <= options_.order && !is_stopped_; ++order_) {
      extend(0);
      if (!is_stopped_) result_.order_done = order_;
    }
    result_.complete = !is_stopped_;
    for (const auto& events : known_) {
      CutSet set;
      for (const EventIndex e : events) set.members.push_back(oracle_.candidates()[e]);
      result_.sets.push_back(std::move(set));
    }
    std::sort(result_.sets.begin(), result_.sets.end(), [](const CutSet& a, const CutSet& b) {
      return std::pair(a.members.size(), a.members) < std::pair(b.members.size(), b.members);
    });
    return std::move(result_);
  }

 private:
  /// Goes on with every event that may be added to what was pushed.
  void extend(std::size_t depth) {
    std::vector<EventIndex> branches = oracle_.support();
    std::erase_if(branches, [&](EventIndex e) { return forbidden_[e] != 0 || contains_known(e); });
    if (pushed_.size() + 1 == order_) {
      finish(branches);
      return;
    }
    std::vector<EventIndex> done;
    for (std::size_t i = 0; i < branches.size() && !is_stopped_; ++i) {
      if (depth == 0) report(static_cast<double>(i) / static_cast<double>(branches.size()));
      const EventIndex e = branches[i];
      pushed_.push_back(e);
      if (!oracle_.push(e)) extend(depth + 1);
      oracle_.pop();
      pushed_.pop_back();
      forbidden_[e] = 1;
      done.push_back(e);
    }
    for (const EventIndex e : done) forbidden_[e] = 0;
  }

  /// Tries the last member of a set.
  void finish(const std::vector<EventIndex>& events) {
    result_.tests += events.size();
    const auto go_on = [&](double part) {
      report(pushed_.empty() ? part : part_);
      return !is_stopped_;
    };
    for (const EventIndex e : oracle_.killers(events, go_on)) {
      if (known_.size() >= options_.limit) {
        is_stopped_ = true;
        return;
      }
      std::vector<EventIndex> set = pushed_;
      set.push_back(e);
      std::sort(set.begin(), set.end());
      known_.insert(std::move(set));
    }
    tests_since_report_ += events.size();
    if (tests_since_report_ > report_interval) report(part_);
  }

  /// Whether what was pushed and `e` contain a set that is known already.
  [[nodiscard]] bool contains_known(EventIndex e) const {
    const std::size_t subsets = std::size_t{1} << pushed_.size();
    for (std::size_t bits = 0; bits < subsets; ++bits) {
      std::vector<EventIndex> some{e};
      for (std::size_t i = 0; i < pushed_.size(); ++i) {
        if (((bits >> i) & 1U) != 0) some.push_back(pushed_[i]);
      }
      std::sort(some.begin(), some.end());
      if (known_.contains(some)) return true;
    }
    return std::find(pushed_.begin(), pushed_.end(), e) != pushed_.end();
  }

  void report(double part) {
    part_ = part;
    tests_since_report_ = 0;
    if (options_.keep_going && !options_.keep_going({order_, known_.size(), part})) is_stopped_ = true;
  }

  static constexpr std::size_t report_interval = 20'000;

  CutOracle& oracle_;
  const CutSetOptions& options_;
  CutSets result_;
  std::size_t order_ = 1;
  std::vector<EventIndex> pushed_;
  std::vector<std::uint8_t> forbidden_;
  std::set<std::vector<EventIndex>> known_;
  std::size_t tests_since_report_ = 0;
  double part_ = 0;
  bool is_stopped_ = false;
};

}  // namespace

CutSets search_cut_sets(CutOracle& oracle, const CutSetOptions& options) { return Search(oracle, options).run(); }

}  // namespace chokepoint::detail
