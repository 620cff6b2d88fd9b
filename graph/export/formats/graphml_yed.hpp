#pragma once

#include "export/layout/picture.hpp"
#include "export/text/xml_writer.hpp"

#include <string_view>

namespace chokepoint::detail {

/// Keys of yEd's node and edge graphics. @see yWorks, "yEd GraphML"
void declare_yed_keys(XmlWriter& xml);
/// An ellipse of the type's colour with its label. yEd's y axis points down.
void write_yed_node(XmlWriter& xml, std::string_view label, Point place, double size, Colour colour);
/// A line of the type's colour with an arrow and the type's label.
void write_yed_edge(XmlWriter& xml, const TypeLook& look);

}  // namespace chokepoint::detail
