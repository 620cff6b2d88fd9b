#include "snapshot/arc_scan.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

/// Edges of one window lie in one run of pages that the system brings in together.
constexpr unsigned window_shift = 14;
/// What touching a window may cost: that many targets, gates and offsets, each in a run of 64 KiB.
constexpr std::size_t window_bytes = std::size_t{4} << 16U;

constexpr std::uint8_t hard_type = 0;
constexpr std::uint8_t soft_type = 1;
constexpr std::uint8_t soft_without_item = 2;
constexpr std::uint8_t soft_when_released = 3;

}  // namespace

ArcScan::ArcScan(const ArcGraph& graph)
    : graph_(&graph),
      snapshot_(&graph.view().snapshot()),
      to_(snapshot_->columns().to.data()),
      in_from_(snapshot_->columns().in_from.data()),
      in_arc_(snapshot_->columns().in_arc.data()),
      gate_(snapshot_->columns().gate.data()),
      in_gate_(snapshot_->columns().in_gate.data()),
      out_offset_(snapshot_->columns().out_offset),
      in_offset_(snapshot_->columns().in_offset),
      is_local_(graph.view().is_local()) {
  for (const EdgeType& type : snapshot_->ontology().edge_types()) {
    const bool is_soft = type.dependency && type.dependency->strength == Strength::soft;
    const auto& released = snapshot_->columns().node_released;
    const bool may_be_released =
        type.role == Role::make && (!released.is_constant() || (!released.empty() && released.front() != 0));
    soft_types_.push_back(is_soft                   ? soft_type
                          : type.role == Role::flow ? soft_without_item
                          : may_be_released         ? soft_when_released
                                                    : hard_type);
  }
  out_actions_ = actions(ArcGraph::leaves_from);
  in_actions_ = actions(ArcGraph::leaves_to);
  out_quick_ = quick(out_actions_, ArcGraph::leaves_from);
  in_quick_ = quick(in_actions_, ArcGraph::leaves_to);
}

/// Where the gate of an edge tells its type, and that the type is admitted, a view with a bit for each edge tells the
/// rest.
ArcScan::Actions ArcScan::quick(const Actions& table, std::uint8_t wanted) const {
  Actions quick{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const std::size_t type = byte & gate_type_mask;
    if (table[byte] == skip || table[byte] == closed) {
      quick[byte] = quick_no;
    } else if (table[byte] != ask) {
      quick[byte] = quick_yes;
    } else {
      const bool is_known = !is_local_ && type != gate_type_mask && type < graph_->rules_.size();
      const std::uint8_t rule = is_known ? graph_->rules_[type] : 0;
      quick[byte] = (rule & wanted) != 0 && (rule & ArcGraph::is_particular) == 0 ? quick_bit : quick_ask;
    }
  }
  return quick;
}

/// What to do with an edge of each gate byte. What a gate cannot tell is asked: a type whose number does not fit, an
/// item that decides.
ArcScan::Actions ArcScan::actions(std::uint8_t wanted) const {
  Actions table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const std::size_t type = byte & gate_type_mask;
    const Gate gate = graph_->view().gate(static_cast<std::uint8_t>(byte));
    if (type == gate_type_mask) {
      table[byte] = ask;
    } else if (type >= graph_->rules_.size()) {
      table[byte] = ask;  // no builder writes that; a look at the edge finds the damage
    } else if ((graph_->rules_[type] & wanted) == 0) {
      table[byte] = skip;
    } else if (gate == Gate::closed) {
      table[byte] = closed;
    } else if (gate == Gate::open && soft_types_[type] <= soft_type &&
               (graph_->rules_[type] & ArcGraph::is_particular) == 0) {
      table[byte] = soft_types_[type] == soft_type ? pass_soft : pass;
    } else {
      table[byte] = ask;
    }
  }
  return table;
}

bool ArcScan::is_soft(std::uint16_t type, Arc e) const {
  switch (soft_types_[type]) {
    case soft_type: return true;
    case soft_without_item: return graph_->item_[e] == no_vertex;
    case soft_when_released: {
      const auto& dependency = snapshot_->ontology().edge_types()[type].dependency;
      return dependency && graph_->released_[dependency->from_depends ? graph_->from_[e] : graph_->to_[e]] != 0;
    }
    default: return false;
  }
}

std::optional<Fate> ArcScan::look(Arc e, std::uint8_t wanted) {
  if (e >= graph_->edge_count_ || graph_->type_[e] >= graph_->rules_.size()) damaged();
  const std::uint16_t type = graph_->type_[e];
  const std::uint8_t rule = graph_->rules_[type];
  if ((rule & wanted) == 0) return std::nullopt;
  if (graph_->from_[e] >= graph_->vertex_count_ || graph_->to_[e] >= graph_->vertex_count_) damaged();
  if (!graph_->is_needed(e, rule)) return std::nullopt;
  const Fate fate = graph_->view().fate(e);
  if (fate == Fate::unwanted) return std::nullopt;
  if (fate == Fate::counts && is_soft(type, e)) met_soft_ = true;
  return fate;
}

void ArcScan::keep_memory_below(std::size_t bytes) {
  if (!snapshot_->is_mapped()) return;
  windows_.assign((std::size_t{graph_->edge_count_} >> window_shift) + 1, false);
  limit_ = bytes;
}

void ArcScan::count_window(Arc place) {
  const std::size_t window = place >> window_shift;
  if (windows_[window]) return;
  if (touched_ + window_bytes > limit_) {
    snapshot_->forget_pages();
    std::fill(windows_.begin(), windows_.end(), false);
    touched_ = 0;
  }
  windows_[window] = true;
  touched_ += window_bytes;
}

}  // namespace chokepoint
