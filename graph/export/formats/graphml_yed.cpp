#include "export/formats/graphml_yed.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

namespace {

std::string yed_colour(Colour colour) { return fmt::format("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b); }

void declare(XmlWriter& xml, std::string_view record, std::string_view graphics) {
  xml.open("key", XmlWriter::Place::line);
  xml.attribute("id", graphics);
  xml.attribute("for", record);
  xml.attribute("yfiles.type", graphics);
  xml.close();
}

}  // namespace

void declare_yed_keys(XmlWriter& xml) {
  declare(xml, "node", "nodegraphics");
  declare(xml, "edge", "edgegraphics");
}

void write_yed_node(XmlWriter& xml, std::string_view label, Point place, double size, Colour colour) {
  xml.open("data");
  xml.attribute("key", "nodegraphics");
  xml.open("y:ShapeNode");
  xml.open("y:Geometry");
  // yEd's place is the upper left corner.
  xml.attribute("x", place.x - size / 2);
  xml.attribute("y", -place.y - size / 2);
  xml.attribute("width", size);
  xml.attribute("height", size);
  xml.close();
  xml.open("y:Fill");
  xml.attribute("color", yed_colour(colour));
  xml.attribute("transparent", "false");
  xml.close();
  xml.open("y:NodeLabel");
  xml.attribute("modelName", "sides");
  xml.attribute("modelPosition", "s");
  xml.text(label);
  xml.close();
  xml.open("y:Shape");
  xml.attribute("type", "ellipse");
  xml.close();
  xml.close();
  xml.close();
}

void write_yed_edge(XmlWriter& xml, const TypeLook& look) {
  xml.open("data");
  xml.attribute("key", "edgegraphics");
  xml.open("y:PolyLineEdge");
  xml.open("y:LineStyle");
  xml.attribute("color", yed_colour(look.colour));
  xml.attribute("type", "line");
  xml.attribute("width", "1.0");
  xml.close();
  xml.open("y:Arrows");
  xml.attribute("source", "none");
  xml.attribute("target", "standard");
  xml.close();
  xml.open("y:EdgeLabel");
  xml.text(look.label);
  xml.close();
  xml.close();
  xml.close();
}

}  // namespace chokepoint::detail
