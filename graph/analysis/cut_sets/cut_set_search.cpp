#include "analysis/cut_sets/cut_set_search.hpp"

#include "analysis/cut_sets/known_sets.hpp"
#include "analysis/cut_sets/search_workers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Sets of one size, one after the other; the members of each are sorted.
using FlatSets = std::vector<EventIndex>;

/// Follows branches on a thread of its own.
class Brancher {
 public:
  /// @param wanted  [events] 1: a set must have one of these; empty: any set will do
  Brancher(CutOracle& oracle, const KnownSets& known, std::span<const std::uint8_t> wanted, std::size_t worker)
      : oracle_(&oracle), blocked_(known, oracle.candidates().size()), wanted_(wanted), worker_(worker) {}

  /// Takes root branches until none is left.
  void work(SearchWorkers& crew, std::size_t order, std::span<const EventIndex> roots, std::vector<FlatSets>& found) {
    order_ = order;
    const std::size_t room = crew.room();
    const GoOn go_on = [&] { return !is_full_ && crew.may_go_on(worker_, false); };
    std::size_t forbidden = 0;
    // All branches before the next one were begun: when they found more than there is room for, it is not needed.
    while (crew.found() <= room && crew.may_go_on(worker_, true)) {
      const std::size_t i = crew.next_task();
      if (i >= roots.size()) break;
      for (; forbidden < i; ++forbidden) blocked_.forbid(roots[forbidden]);
      found_ = &found[i];
      left_ = room;
      is_full_ = false;
      enter(roots[i], go_on, crew);
      crew.finish_task();
    }
    while (forbidden > 0) blocked_.allow(roots[--forbidden]);
  }
  [[nodiscard]] std::uint64_t tests() const { return tests_; }

 private:
  void enter(EventIndex e, const GoOn& go_on, SearchWorkers& crew) {
    oracle_->push(e);
    blocked_.push(e);
    extend(go_on, crew);
    blocked_.pop();
    oracle_->pop();
  }

  /// Goes on with every event that may be added to what was pushed, which fails nothing: it contains no known set.
  void extend(const GoOn& go_on, SearchWorkers& crew) {
    const std::size_t depth = blocked_.pushed().size();
    std::vector<EventIndex>& branches = branches_[depth];
    const bool is_last = depth + 1 == order_;
    if (!(is_last ? oracle_->last_support(branches, go_on) : oracle_->support(branches, go_on))) return;
    const bool is_picky = is_last && !wanted_.empty() &&
                          std::ranges::none_of(blocked_.pushed(), [&](EventIndex e) { return wanted_[e] != 0; });
    std::erase_if(branches, [&](EventIndex e) { return blocked_.has(e) || (is_picky && wanted_[e] == 0); });
    if (branches.empty()) return;
    if (is_last) return finish(branches, go_on, crew);
    std::size_t done = 0;
    for (; done < branches.size() && go_on(); ++done) {
      enter(branches[done], go_on, crew);
      blocked_.forbid(branches[done]);
    }
    while (done > 0) blocked_.allow(branches[--done]);
  }

  /// Tries the last member of a set.
  void finish(std::span<const EventIndex> events, const GoOn& go_on, SearchWorkers& crew) {
    tests_ += events.size();
    last_.clear();
    oracle_->screen(events, last_, doubtful_);
    for (std::size_t first = 0; first < doubtful_.size(); first += oracle_->batch_size()) {
      if (first > 0 && !go_on()) break;
      oracle_->test(std::span(doubtful_).subspan(first, std::min(oracle_->batch_size(), doubtful_.size() - first)),
                    last_);
    }
    std::sort(last_.begin(), last_.end());
    is_full_ = last_.size() > left_;
    if (is_full_) last_.resize(left_ + 1);  // one more says that there are more
    left_ -= std::min(left_, last_.size());
    for (const EventIndex e : last_) {
      const auto begin = static_cast<std::ptrdiff_t>(found_->size());
      found_->insert(found_->end(), blocked_.pushed().begin(), blocked_.pushed().end());
      found_->push_back(e);
      std::sort(found_->begin() + begin, found_->end());
    }
    crew.count_found(last_.size());
  }

  static constexpr std::size_t most_depth = 4;

  CutOracle* oracle_;
  Blocked blocked_;
  std::span<const std::uint8_t> wanted_;
  std::size_t worker_;
  std::size_t order_ = 0;
  FlatSets* found_ = nullptr;  ///< by this branch
  std::size_t left_ = 0;       ///< sets that this branch may still add
  bool is_full_ = false;       ///< this branch alone has found more than there is room for
  std::uint64_t tests_ = 0;
  std::array<std::vector<EventIndex>, most_depth> branches_;  ///< by depth
  std::vector<EventIndex> last_, doubtful_;
};

class Search {
 public:
  Search(CutOracle& oracle, const CutSetOptions& options, CutSets& result)
      : oracle_(&oracle), options_(&options), result_(&result), known_(oracle.candidates().size()) {}

  void run(std::size_t first, std::size_t last) {
    for (std::size_t order = first; order <= last && result_->complete; ++order) {
      FlatSets sets;
      const bool is_done = order == 1 ? find_singles(sets) : find_sets(order, sets);
      const std::size_t room = options_->limit - std::min(options_->limit, result_->sets.size());
      result_->complete = is_done && sets.size() / order <= room;
      sets.resize(std::min(sets.size(), room * order));
      add(order, sets);
      if (!result_->complete) return;
      result_->order_done = order;
      if (order == 2 || order == 3) known_.set(order, sets);
    }
  }

 private:
  [[nodiscard]] std::size_t workers(std::size_t tasks) const {
    return std::max<std::size_t>(1, std::min<std::size_t>(options_->threads, tasks));
  }
  CutOracle& oracle_of(std::size_t worker) { return worker == 0 ? *oracle_ : *forks_[worker - 1]; }
  void make_forks(std::size_t workers) {
    while (forks_.size() + 1 < workers) forks_.push_back(oracle_->fork());
  }

  /// @return false when the caller stopped the search
  bool find_singles(FlatSets& sets) {
    SearchWorkers alone(*options_, 1, 0, 0);
    std::vector<EventIndex> events, doubtful;
    if (!oracle_->last_support(events, [&] { return alone.may_go_on(0, false); })) return false;
    result_->tests += events.size();
    oracle_->screen(events, sets, doubtful);
    const std::size_t size = oracle_->batch_size();
    SearchWorkers crew(*options_, 1, (doubtful.size() + size - 1) / size, 0);
    const std::size_t count = workers((doubtful.size() + size - 1) / size);
    make_forks(count);
    const std::size_t screened = sets.size();
    crew.count_found(screened);
    std::mutex mutex;  // of `sets`
    crew.run(count, [&](std::size_t worker) {
      CutOracle& oracle = oracle_of(worker);
      std::vector<EventIndex> mine, news;
      if (worker > 0) oracle.screen({}, mine, news);
      std::size_t seen = screened;
      while (crew.may_go_on(worker, true)) {
        const std::size_t first = crew.next_task() * size;
        if (first >= doubtful.size()) break;
        {
          // What others found in the meantime is near, and need not be followed further than to there.
          const std::lock_guard lock(mutex);
          news.assign(sets.begin() + static_cast<std::ptrdiff_t>(seen), sets.end());
          seen = sets.size();
        }
        oracle.learn(news);
        mine.clear();
        oracle.test(std::span(doubtful).subspan(first, std::min(size, doubtful.size() - first)), mine);
        crew.count_found(mine.size());
        crew.finish_task();
        const std::lock_guard lock(mutex);
        sets.insert(sets.end(), mine.begin(), mine.end());
      }
    });
    std::sort(sets.begin(), sets.end());
    return !crew.is_stopped();
  }
  /// @return false when the caller stopped the search
  bool find_sets(std::size_t order, FlatSets& sets) {
    SearchWorkers alone(*options_, order, 0, result_->sets.size());
    const GoOn go_on = [&] { return alone.may_go_on(0, false); };
    std::vector<EventIndex> roots;
    if (!alone.may_go_on(0, true) || !oracle_->support(roots, go_on) || !oracle_->prepare(roots, go_on)) return false;
    SearchWorkers crew(*options_, order, roots.size(), result_->sets.size());
    std::vector<FlatSets> found(roots.size());
    const std::size_t count = workers(roots.size());
    make_forks(count);
    std::vector<std::uint64_t> tests(count, 0);
    const std::vector<std::uint8_t> wanted = wanted_in(order);
    crew.run(count, [&](std::size_t worker) {
      Brancher brancher(oracle_of(worker), known_, wanted, worker);
      brancher.work(crew, order, roots, found);
      tests[worker] = brancher.tests();
    });
    for (const std::uint64_t each : tests) result_->tests += each;
    for (const FlatSets& each : found) sets.insert(sets.end(), each.begin(), each.end());
    return !crew.is_stopped();
  }

  /// [events] 1: one that sets of the largest size must hold one of; empty where all are asked for.
  [[nodiscard]] std::vector<std::uint8_t> wanted_in(std::size_t order) const {
    std::vector<std::uint8_t> wanted;
    if (order < options_->order || options_->one_of.empty()) return wanted;
    for (const Vertex v : oracle_->candidates()) {
      wanted.push_back(std::ranges::binary_search(options_->one_of, v) ? 1 : 0);
    }
    return wanted;
  }

  /// Adds sets of one size to the answer, sorted.
  void add(std::size_t order, const FlatSets& sets) {
    const auto begin = static_cast<std::ptrdiff_t>(result_->sets.size());
    for (std::size_t i = 0; i < sets.size(); i += order) {
      CutSet& set = result_->sets.emplace_back();
      for (std::size_t j = 0; j < order; ++j) set.members.push_back(oracle_->candidates()[sets[i + j]]);
    }
    std::sort(result_->sets.begin() + begin, result_->sets.end(),
              [](const CutSet& a, const CutSet& b) { return a.members < b.members; });
  }

  CutOracle* oracle_;
  std::vector<std::unique_ptr<CutOracle>> forks_;  ///< of the workers from 1 on
  const CutSetOptions* options_;
  CutSets* result_;
  KnownSets known_;
};

}  // namespace

void search_cut_sets(CutOracle& oracle, const CutSetOptions& options, std::size_t first, std::size_t last,
                     CutSets& result) {
  Search(oracle, options, result).run(first, last);
}

}  // namespace chokepoint::detail
