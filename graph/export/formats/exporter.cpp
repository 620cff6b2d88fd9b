#include "chokepoint/export/exporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

#define CHOKEPOINT_EXPORTER(name, extension, description, leaves, call)                                          \
  Exporter{name, extension, description, leaves,                                                                 \
           [](const GraphDocument& document, [[maybe_unused]] const ExportOptions& options, std::ostream& out) { \
             return call;                                                                                        \
           }},
constexpr std::array table = {
#include "export/exporters.def"
};
#undef CHOKEPOINT_EXPORTER

const Exporter* find(std::string_view Exporter::*member, std::string_view value) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Exporter& exporter) { return exporter.*member == value; });
  return found == table.end() || value.empty() ? nullptr : &*found;
}

}  // namespace

std::span<const Exporter> exporters() { return table; }
std::optional<LayoutKind> parse_layout_kind(std::string_view text) {
  if (text == "auto") return LayoutKind::automatic;
  if (text == "layered") return LayoutKind::layered;
  if (text == "force") return LayoutKind::force;
  return std::nullopt;
}

std::string left_behind(const Exporter& exporter, const GraphDocument& document, const ExportOptions& options) {
  if (exporter.leaves == Leaves::all_but_names)
    return "left behind: everything but ids, types and labels; `export --to json` keeps it";
  if (exporter.leaves != Leaves::figures_and_titles) return {};
  const std::size_t figures = options.figures ? 0 : document.observations.size(), sources = document.sources.size();
  if (figures == 0 && sources == 0) return {};
  constexpr std::string_view keeps = "`export --to json` keeps them, and so does xlsx";
  if (figures == 0) return fmt::format("left behind: titles of {} sources; {}", sources, keeps);
  return fmt::format("left behind: {} figures and titles of {} sources; {}", figures, sources, keeps);
}

const Exporter* find_exporter(std::string_view name) { return find(&Exporter::name, name); }
const Exporter* find_exporter_for(std::string_view extension) { return find(&Exporter::extension, extension); }

}  // namespace chokepoint
