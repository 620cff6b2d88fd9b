#include "ingest/formats/dot_labels.hpp"

#include "ingest/formats/plain_text.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

// clang-format off
constexpr std::array<std::string_view, 78> drawing_attributes{
    "area", "arrowhead", "arrowsize", "arrowtail", "bb", "color", "colorscheme", "constraint", "decorate",
    "distortion", "edgehref", "edgetarget", "edgetooltip", "fillcolor", "fixedsize", "fontcolor", "fontname",
    "fontsize", "gradientangle", "head_lp", "headclip", "headhref", "headlabel", "headport", "headtarget",
    "headtooltip", "headURL", "height", "image", "imagepos", "imagescale", "labelangle", "labeldistance",
    "labelfloat", "labelfontcolor", "labelfontname", "labelfontsize", "labelhref", "labeljust", "labelloc",
    "labeltarget", "labeltooltip", "labelURL", "layer", "lhead", "lp", "ltail", "margin", "minlen", "nojustify",
    "ordering", "orientation", "penwidth", "peripheries", "pin", "pos", "radius", "rects", "regular", "root",
    "samehead", "sametail", "samplepoints", "shape", "shapefile", "showboxes", "sides", "skew", "sortv", "style",
    "tail_lp", "tailclip", "tailport", "vertices", "width", "xlp", "z", "_draw_"
};
// clang-format on

std::string squeezed(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_space)
      plain.push_back(c);
    else if (!plain.empty() && plain.back() != ' ')
      plain.push_back(' ');
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

std::string without_tags(std::string_view label) {
  std::string text;
  while (!label.empty()) {
    const auto open = label.find('<');
    text += label.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = label.find('>', open);
    label.remove_prefix(close == std::string_view::npos ? label.size() : close + 1);
    text.push_back(' ');
  }
  return squeezed(text);
}

/// Of the fields of a record the texts, without ports and braces.
std::string without_fields(std::string_view label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] == '<') {
      i = std::min(label.find('>', i), label.size());
    } else if (label[i] == '|') {
      text += " | ";
    } else if (label[i] != '{' && label[i] != '}') {
      text.push_back(label[i]);
    }
  }
  return squeezed(text);
}

}  // namespace

bool is_drawing_attribute(std::string_view name) {
  return std::find(drawing_attributes.begin(), drawing_attributes.end(), name) != drawing_attributes.end();
}

std::string dot_label_text(std::string_view label, bool is_record, std::string_view name) {
  if (label == "\\N") return {};
  const std::string lower = lower_ascii(label);
  const bool is_html = lower.find("</") != std::string::npos || lower.find("<br") != std::string::npos;
  std::string text = is_html ? without_tags(label) : is_record ? without_fields(label) : std::string(label);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain.push_back(text[i]);
    } else if (const char c = text[++i]; c == 'n' || c == 'l' || c == 'r') {
      plain.push_back(' ');
    } else if (c == 'N') {
      plain += name;
    } else {
      plain.push_back(c);
    }
  }
  return squeezed(without_entities(plain));
}

}  // namespace chokepoint::detail
