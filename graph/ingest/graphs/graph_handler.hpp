#pragma once

#include "ingest/files/xml_reader.hpp"
#include "ingest/graphs/graph_file.hpp"
#include "ingest/graphs/graph_shape.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What GraphML and GEXF have in common: nodes and edges, some inside others, with values of what the file declares.
class GraphHandler : public XmlHandler {
 public:
  using OnElement = std::function<void(const GraphElement&)>;
  GraphHandler(GraphFileFormat format, const GraphContext& context, const OnElement& on_element);

  void attach(const XmlReader& reader) { reader_ = &reader; }
  [[nodiscard]] const GraphRemarks& remarks() const { return remarks_; }
  void forget_remarks() { remarks_.clear(); }
  /// How often the file has said so far what its elements may have.
  [[nodiscard]] std::size_t declarations() const { return declarations_; }

  void text(std::string_view text) override;

 protected:
  static constexpr std::size_t npos = GraphShape::npos;
  static constexpr std::size_t longest_value = std::size_t{1} << 20U;

  /// Takes an attribute of an element that begins.
  /// @param is_known  whether it is one of its format
  virtual void take_attribute(std::string_view name, std::string_view value) = 0;
  /// The element is there with all that stands in it.
  virtual void complete() {}
  virtual void emit_element() { emit(); }

  void begin(GraphShape& shape, const XmlAttributes& attributes);
  void end_element();
  /// @param direction  of edges that say none
  void begin_graph(std::string_view direction);
  void end_graph();
  /// Hands over the element that is being read: at its end, or where others begin inside it.
  void flush(bool goes_inside);
  void emit();
  void refuse_late(std::string_view what) const;
  [[nodiscard]] GraphShape& open() { return *open_; }
  /// The shape of nodes or of edges that is not `shape`.
  [[nodiscard]] GraphShape& other(const GraphShape& shape) { return &shape == &nodes_ ? edges_ : nodes_; }
  /// The column of a key; one that nobody declared is kept under its own name, and told.
  std::size_t require_column(std::string_view key);
  /// A column for something that is an attribute, whatever its name is elsewhere.
  std::size_t property_column(std::string_view name, FlatType type, bool is_list = false);
  void put_attribute(std::string_view name, std::string_view value);
  void put(std::size_t column, std::string& value);
  void refresh() { open_->refresh(context_.options.columns, is_ours_, remarks_); }
  std::string& at(GraphSlot slot) { return open_->at(slot); }
  void gather() {
    text_.clear();
    is_gathering_ = true;
  }

  GraphContext context_;
  const XmlReader* reader_ = nullptr;
  GraphShape nodes_, edges_;
  GraphShape* open_ = nullptr;  ///< of the element that is being read
  GraphRemarks remarks_;
  std::size_t declarations_ = 0;
  bool is_ours_ = false;   ///< the file was written by us
  std::string direction_;  ///< of edges that say none; empty for directed
  std::string text_;       ///< what is being gathered
  bool is_gathering_ = false;

 private:
  struct Around {
    bool is_element = false;
    bool is_node = false;
    std::string name;       ///< its label, or else its id
    std::string direction;  ///< what held around a graph
  };
  void name_around();
  [[noreturn]] void refuse_many(std::string_view name) const;

  const OnElement& on_element_;
  GraphTypes types_;
  std::vector<Around> around_;  ///< elements and graphs around what is being read, itself included
  std::uint64_t line_ = 0;
};

/// What XML Schema and Python call a truth, as `true` or `false`; another text as it is.
std::string_view plain_truth(std::string_view text);

}  // namespace chokepoint::detail
