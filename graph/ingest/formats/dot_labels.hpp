#pragma once

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Whether an attribute of DOT says how to draw. @see graphviz.org, attributes
bool is_drawing_attribute(std::string_view name);

/// The text that a label shows of a node of that name, without HTML tags, ports of records and escapes; empty for the
/// name itself.
/// @param is_record  whether the node's shape is a record, whose labels have fields
std::string dot_label_text(std::string_view label, bool is_record, std::string_view name);

}  // namespace chokepoint::detail
