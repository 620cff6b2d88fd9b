#include "chokepoint/export/exporter.hpp"

#include <algorithm>
#include <array>

namespace chokepoint {

namespace {

#define CHOKEPOINT_EXPORTER(name, extension, description, call)                                                  \
  Exporter{name, extension, description,                                                                         \
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

const Exporter* find_exporter(std::string_view name) { return find(&Exporter::name, name); }
const Exporter* find_exporter_for(std::string_view extension) { return find(&Exporter::extension, extension); }

}  // namespace chokepoint
