#pragma once

#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/export/fault_tree.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/names.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Makes one fault tree of several chains from causes to one node: what they share stands once. Only what a chain names
/// is in it, each input with its share and its sources.
class FaultTreeBuilder {
 public:
  /// @param top  what the chains end in
  FaultTreeBuilder(Names& names, std::shared_ptr<const Snapshot> snapshot, const Subject& top, std::string title);

  /// Adds what failed, or what sets a capacity. @param fate  of `top`
  void add(const NodeFate& fate);
  void mark(Vertex node, chokepoint::Mark mark);
  void stops_alone(Vertex node);
  /// A line below the names of an event: `0–9 %`.
  void set_detail(const Subject& subject, std::string text);
  void add_note(std::string sentence);

  /// The tree as it stands, ready to be drawn.
  [[nodiscard]] FaultTreePicture tree() const;

 private:
  struct GateKey {
    Subject subject, owner;
    GroupKind kind;
    std::string name;
    bool by_place;
    friend auto operator<=>(const GateKey&, const GateKey&) = default;
  };
  struct Gate {
    std::uint32_t needed = 0, of = 0;
    bool has_failed = false;
    std::map<std::pair<Subject, bool>, std::set<Arc>> members;  ///< by (subject, cut)
  };
  [[nodiscard]] std::string subject_label(const Subject& subject) const;
  [[nodiscard]] std::string relation_of(const GateKey& key, const Gate& gate) const;
  [[nodiscard]] FaultTreeGate drawn_gate(const GateKey& key, const Gate& gate, PictureSources& sources,
                                         const std::map<Arc, Edge>& edges,
                                         const std::map<Subject, std::size_t>& number) const;
  [[nodiscard]] std::map<Arc, Edge> read_edges() const;

  Names* names_;
  std::shared_ptr<const Snapshot> snapshot_;
  Subject top_;
  PictureFrame frame_;
  std::map<GateKey, Gate> gates_;
  std::map<Vertex, chokepoint::Mark> marks_;
  std::set<Vertex> alone_;
  std::map<Subject, std::string> details_;
  std::set<Subject> subjects_;
};

/// `any of 3`, `2 of 3`, `all of 4`, of one input `the only one` or `needed`: what stands in a gate.
std::string gate_text(const Session& session, GateRule rule, std::size_t k, std::size_t n, bool is_need);

/// The legend of what a tree shows: its gates, its marks, cut inputs and shared events, as far as they occur.
std::vector<LegendEntry> fault_tree_legend(const Session& session, const FaultTreePicture& tree);

/// How small a tree may become on paper: letters of 11 pixels stay legible.
inline constexpr double least_page_scale = 0.65;

}  // namespace chokepoint::detail
