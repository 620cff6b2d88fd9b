#pragma once

#include "chokepoint/model/record.hpp"
#include "ingest/checking/problems.hpp"
#include "store/writer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Takes the records of an input, already checked one by one.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void dataset(const DatasetInfo& info, const Place& place) = 0;
  virtual void source(Source&& source, const Place& place) = 0;
  virtual void node(const Node& node, const Place& place) = 0;
  /// A node that no table lists: an edge names it. Where its id or name is known already, it is that node; only
  /// otherwise it is made. Its type may be empty.
  virtual void made_node(const Node& node, const Place& place) = 0;
  /// A node whose record was refused: what names it is not to blame.
  virtual void refused_node(std::string_view id) = 0;
  /// Edges that will be handed over soon, first some time before and then again nearer to it: what they name is fetched
  /// from memory meanwhile. Edges need not be announced.
  virtual void prefetch(const Edge& /*edge*/, PrefetchStage /*stage*/) {}
  /// The edge may be changed; its strings are used again for the next one.
  /// @param claim  its claim_hash, where that is known already
  virtual void edge(Edge& edge, const Place& place, std::optional<std::uint64_t> claim) = 0;
  virtual void observation(Observation& observation, const Place& place) = 0;
};

/// Something that records can be read from: files of one format.
class RecordInput {
 public:
  virtual ~RecordInput() = default;
  /// Hands over datasets, sources and nodes; edges may stand before the nodes they name. Called once, first.
  virtual void read_nodes(RecordSink& sink) = 0;
  /// Hands over edges and observations. Called once, after read_nodes().
  virtual void read_facts(RecordSink& sink) = 0;
  /// What the first file is called.
  [[nodiscard]] virtual std::string name() const = 0;
  /// Of its files, unpacked; 0 where that is not known.
  [[nodiscard]] virtual std::uint64_t bytes() const { return 0; }
  /// What was done with values that must be known, a line each; complete after read_facts().
  [[nodiscard]] virtual std::vector<std::string> remarks() const { return {}; }
  /// What may be meant by input that was refused, a line each.
  [[nodiscard]] virtual std::vector<std::string> hints() const { return {}; }
  /// Whether ids mean what they mean in our own files; known after read_nodes().
  [[nodiscard]] virtual bool ids_are_ours() const { return true; }
  /// Fills in what the input knows of a source that its records cite and nobody defines.
  virtual void describe_source(Source& /*source*/) const {}
  /// Problems that read_facts() met and read_nodes() had met before are told once.
  [[nodiscard]] virtual const Problems& seen_twice() const = 0;
};

}  // namespace chokepoint::detail
