#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/graphs/gexf_time.hpp"
#include "ingest/graphs/graph_handler.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// GEXF 1.1 to 1.3, with its times: bounds of an element, spells, moments (timestamps), and values that change.
class GexfHandler : public GraphHandler {
 public:
  GexfHandler(const GraphContext& context, const OnElement& on_element)
      : GraphHandler(GraphFileFormat::gexf, context, on_element) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;

 protected:
  void take_attribute(std::string_view name, std::string_view value) override;
  void complete() override;
  void emit_element() override;

 private:
  /// A value of a declared attribute while it holds, or at one moment.
  struct Dated {
    std::size_t column = 0;
    std::string value;
    GexfPeriod period;
    std::string moment;
    std::string span{};  ///< `10/20`, of times that are no dates
    bool is_claimed = false;
  };
  /// What makes one of several edges that one element stands for.
  struct VariantEdge {
    std::vector<std::pair<std::size_t, std::string>> values;  ///< by column
  };
  static constexpr std::size_t most_spells = 100'000;  ///< of one element

  void declare(const XmlAttributes& attributes);
  void take_value(const XmlAttributes& attributes);
  void take_dated(std::size_t column, std::string_view text, const XmlAttributes& attributes, bool is_first);
  void take_spell(const XmlAttributes& attributes);
  void take_moments(std::string_view list);
  void take_intervals(std::string_view list);
  GexfPeriod period_of(const GexfBounds& bounds);

  void place_times();
  void keep_numbers(const GexfBounds& bounds);
  void place_periods(std::vector<GexfPeriod>& periods);
  void place_moments();
  void place_dated();
  void place_series(std::size_t column, std::vector<const Dated*>& series);
  bool make_figures(std::size_t column, const std::vector<const Dated*>& series, const std::string& name);
  void keep_list(std::size_t column, const std::vector<const Dated*>& series, const std::string& name);
  void make_claims(const std::vector<const Dated*>& claims);
  [[nodiscard]] Json json_of(std::size_t column, const std::string& value) const;

  GraphShape* declaring_ = nullptr;  ///< whose attributes are being declared
  GraphShape* defaulted_ = nullptr;
  std::size_t default_column_ = 0;
  std::string value_;

  // Of the element that is being read.
  GexfBounds bounds_;
  std::vector<GexfBounds> spells_;
  std::vector<std::string> moments_;
  std::vector<Dated> dated_;
  Json figures_;
  void keep_to_spells(const std::vector<VariantEdge>& spells);
  std::vector<VariantEdge> variants_;
};

}  // namespace chokepoint::detail
