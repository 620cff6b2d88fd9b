#include "analysis/cut_oracle.hpp"
#include "analysis/failure_state.hpp"
#include "analysis/fatal_nodes.hpp"
#include "analysis/lanes.hpp"
#include "analysis/support_finder.hpp"
#include "analysis/witnesses.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chokepoint::detail {

namespace {

/// What the searches ask of a state.
struct GroupTest {
  const FailureState* state;
  bool operator()(ConeGroup g) const { return state->can_spare(g); }
};
struct NodeTest {
  const FailureState* state;
  bool operator()(ConeNode n) const { return state->has_failed(n); }
};

class SpreadingOracle final : public CutOracle {
 public:
  SpreadingOracle(std::shared_ptr<const Cone> cone, const SupportFinder& finder, const Witnesses& witnesses)
      : owner_(std::move(cone)),
        cone_(*owner_),
        state_(cone_),
        lanes_(cone_),
        fatal_(cone_),
        finder_(finder),
        witnesses_(witnesses) {
    fatal_.begin(can_spare_, has_failed_);
  }

  [[nodiscard]] std::unique_ptr<CutOracle> fork() const override {
    return std::make_unique<SpreadingOracle>(owner_, finder_, witnesses_);
  }
  [[nodiscard]] const std::vector<Vertex>& candidates() const override { return cone_.vertices(); }
  void push(EventIndex e) override {
    pushed_.push_back(e);
    witnesses_.push(e);
    state_.remove(e);
  }
  void pop() override {
    state_.undo();
    witnesses_.pop(pushed_.back());
    pushed_.pop_back();
  }
  bool support(std::vector<EventIndex>& events, const GoOn& /*go_on*/) override {
    finder_.find([&](ConeNode, ConeNode member) { return !state_.has_failed(member); }, events);
    return true;
  }
  bool last_support(std::vector<EventIndex>& events, const GoOn& go_on) override {
    if (!witnesses_.stands()) return support(events, go_on);
    witnesses_.critical(events);
    return true;
  }
  void screen(std::span<const EventIndex> events, std::vector<EventIndex>& killers,
              std::vector<EventIndex>& doubtful) override {
    doubtful.clear();
    std::copy_if(events.begin(), events.end(), std::back_inserter(doubtful),
                 [&](EventIndex e) { return !witnesses_.survives(e); });
    if (doubtful.empty()) return;
    fatal_.restart(state_.failures(), can_spare_, has_failed_);
    std::erase_if(doubtful, [&](EventIndex e) {
      const bool is_fatal = fatal_.has_event(e);
      if (is_fatal) killers.push_back(e);
      return is_fatal;
    });
    sort_nearest_first(cone_, doubtful);
  }
  [[nodiscard]] std::size_t batch_size() const override { return LaneMask::lanes; }
  void test(std::span<const EventIndex> batch, std::vector<EventIndex>& killers) override {
    const LaneMask fails = lanes_.run(
        has_failed_, [&](ConeNode n) { return fatal_.has(n); }, batch);
    for (std::size_t lane = 0; lane < batch.size(); ++lane) {
      if (!fails.test(lane)) continue;
      killers.push_back(batch[lane]);
      learn(batch.subspan(lane, 1));
    }
  }
  void learn(std::span<const EventIndex> killers) override {
    for (const EventIndex e : killers) {
      const auto nodes = cone_.nodes_of(e);
      if (nodes.size() == 1) fatal_.add(nodes.front(), can_spare_, has_failed_);
    }
  }

 private:
  std::shared_ptr<const Cone> owner_;
  const Cone& cone_;
  FailureState state_;
  FailureLanes lanes_;
  FatalNodes fatal_;
  SupportFinder finder_;
  Witnesses witnesses_;
  std::vector<EventIndex> pushed_;
  GroupTest can_spare_{&state_};
  NodeTest has_failed_{&state_};
};

}  // namespace

std::unique_ptr<CutOracle> make_spreading_oracle(std::shared_ptr<const Cone> cone, bool is_for_singles) {
  SupportFinder finder(*cone);
  // Few tests are made in a few batches; they need no more supports.
  const Witnesses witnesses(*cone, finder, is_for_singles ? LaneMask::lanes / 8 : 0,
                            [](ConeNode, ConeNode) { return true; });
  return std::make_unique<SpreadingOracle>(std::move(cone), finder, witnesses);
}

}  // namespace chokepoint::detail
