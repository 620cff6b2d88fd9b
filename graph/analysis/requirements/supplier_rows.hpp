#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/analysis/wholes.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <vector>

namespace chokepoint::detail {

/// One row of a supplier or maker group before it is read in a layer.
struct SupplierRow {
  Vertex supplier = no_vertex;
  Arc arc = no_arc;
};

/// What reading the rows of one group gave.
struct SupplierReading {
  Layer layer = Layer::none;     ///< none: no row is left, there is no group
  bool has_both_layers = false;  ///< some are left out because they are of the other one
  bool has_rest = false;
  bool has_unknown_shares = false;
  bool has_ranges = false;
  bool is_rescaled = false;
  bool states_shares = false;  ///< of some row it is known how much it supplies
  bool parts_exceed = false;   ///< the parts of some whole have more than it
  double taken_off = 0;        ///< of what the shares of wholes are written as
  double open_share = 0;
  double recorded_sum = 1;  ///< by which known shares were divided, so that they add up to 1; 1: they were not
};

/// Reads the rows of one supplier group (one dependent, edge type and group name) in one layer:
///
///   1. a layer is empty when no row but minor ones is left; rows without a layer go with either; the wanted layer
///      is read, failing it the other one;
///   2. rows of one supplier are not added up unless they differ in origin: a row for the whole beats rows by
///      origin, a share in a market beside shares without one is no share of the whole;
///   3. known shares of parts are taken off their wholes' (see Wholes), unless several suppliers are needed and no
///      share is known;
///   4. known shares are normalised when they add up to [0.985, 1.05], scaled down beyond, and leave an anonymous
///      rest when they add up to less and nobody's share is unknown.
///
/// @see graph/SEMANTICS.md §2.2, 2.7, 3.2
class SupplierReader {
 public:
  SupplierReader(const View& view, bool keep_minor)
      : snapshot_(&view.snapshot()), wholes_(view), keep_minor_(keep_minor) {}

  /// @param rows     in any order; used as scratch
  /// @param members  gets one member a row, appended; minor rows only where their share is known
  SupplierReading read(std::vector<SupplierRow>& rows, Layer wanted, std::vector<RequirementMember>& members);

  struct LayerChoice {
    Layer layer = Layer::none;  ///< none: no layer has rows
    bool has_both = false;
  };
  /// The layer to read: the wanted one unless only the other has rows that are not minor.
  [[nodiscard]] LayerChoice layer_to_read(const std::vector<SupplierRow>& rows, Layer wanted) const;

 private:
  [[nodiscard]] bool is_minor(Arc e) const;
  void add_members(std::vector<SupplierRow>& rows, std::vector<RequirementMember>& members);

  const Snapshot* snapshot_;
  Wholes wholes_;
  bool keep_minor_;
  std::vector<SupplierRow> kept_;
};

}  // namespace chokepoint::detail
