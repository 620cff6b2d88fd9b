#include "chokepoint/export/page.hpp"

#include "chokepoint/export/render.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <ostream>

namespace chokepoint {

namespace {

std::size_t length_of_character(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xF0) return 4;
  return lead >= 0xE0 ? 3 : 2;
}

/// A piece of text that is never broken, and whether a space stood before it.
struct TextPiece {
  std::string_view text;
  bool after_space = false;
};

bool closes(std::string_view character) {
  constexpr std::string_view closing[] = {"，", "。", "；", "：", "）", "、", "％", "”", "》", "］"};
  return std::ranges::find(closing, character) != std::end(closing);
}

/// Whether a piece ends with a mark that opens.
bool opens(std::string_view piece) {
  constexpr std::string_view opening[] = {"（", "“", "《", "［"};
  return std::ranges::any_of(opening, [&](std::string_view mark) { return piece.ends_with(mark); });
}

/// Words, and wide characters one by one; a closing mark stays with what it closes.
std::vector<TextPiece> text_pieces(std::string_view text) {
  std::vector<TextPiece> pieces;
  bool after_space = false, after_wide = true;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      after_space = true;
      ++at;
      continue;
    }
    const std::size_t length = std::min(length_of_character(static_cast<unsigned char>(text[at])), text.size() - at);
    const std::string_view character = text.substr(at, length);
    const bool is_wide = display_width(character) > 1;
    const bool joins = !pieces.empty() && !after_space &&
                       (closes(character) || opens(pieces.back().text) || (!is_wide && !after_wide));
    // A number keeps its percent sign.
    const bool is_unit = !pieces.empty() && after_space && character == "%";
    if (joins || is_unit) {
      TextPiece& last = pieces.back();
      last.text = {last.text.data(), static_cast<std::size_t>(character.data() - last.text.data()) + length};
    } else {
      pieces.push_back({character, after_space});
    }
    after_space = false;
    after_wide = is_wide;
    at += length;
  }
  return pieces;
}

std::string notes_text(const std::vector<std::size_t>& notes) {
  std::string text;
  for (const std::size_t note : notes) text += fmt::format(" [{}]", note);
  return text;
}

/// Characters with a meaning in Markdown get a backslash.
std::string html_text(std::string_view raw) {
  std::string out;
  for (const char character : escape_for_terminal(raw)) {
    switch (character) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += character;
    }
  }
  return out;
}

/// Commands in a sentence are code.
std::string html_sentence(std::string_view raw) {
  std::string out;
  for (const SentencePart& part : sentence_parts(raw))
    out += part.is_code ? "<code>" + html_text(part.text) + "</code>" : html_text(part.text);
  return out;
}

bool is_web_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
    };
    const std::uint32_t three = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
    for (unsigned i = 0; i < 4; ++i) out += at + i > bytes.size() ? '=' : digits[(three >> (18U - 6U * i)) & 63U];
  }
  return out;
}

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4ae;--line:#3d444d;--paper:#0d1117;--link:#6cb6ff}}
body{margin:0 auto;max-width:46rem;padding:1.5rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.1rem;margin:1.6rem 0 .4rem;border-bottom:1px solid var(--line)}
ul{margin:.3rem 0;padding-left:1.2rem}ul ul{color:var(--soft)}
a{color:var(--link)}sup{line-height:0}sup a{text-decoration:none}footer,figcaption{color:var(--soft);font-size:.9rem}
.sources{font-size:.8rem;line-height:1.35}
code{font:.9em ui-monospace,"DejaVu Sans Mono",monospace;white-space:nowrap}
figure{margin:1rem 0}img{max-width:100%;height:auto;background:#fff;border:1px solid var(--line)}
@page{size:A4;margin:18mm}@media print{body{max-width:none;padding:0;font-size:10pt}.sources{columns:2;font-size:7pt}h2{break-after:avoid}}
)";

void write_html_notes(const std::vector<std::size_t>& notes, std::ostream& out) {
  for (const std::size_t note : notes) out << fmt::format(R"(<sup> <a href="#s{0}">[{0}]</a></sup>)", note);
}

void write_html_lines(const std::vector<PageLine>& lines, std::ostream& out) {
  out << "<ul>\n";
  bool is_inside = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool below = lines[i].level > 0;
    if (below && !is_inside) out << "<ul>\n";
    if (!below && is_inside) out << "</ul></li>\n";
    is_inside = below;
    out << "<li>" << html_sentence(lines[i].text);
    write_html_notes(lines[i].notes, out);
    const bool opens = !below && i + 1 < lines.size() && lines[i + 1].level > 0;
    out << (opens ? "\n" : "</li>\n");
  }
  out << (is_inside ? "</ul></li>\n</ul>\n" : "</ul>\n");
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view first, std::string_view text, std::size_t width) {
  const std::string safe = escape_for_terminal(text);
  const std::string indent(display_width(first), ' ');
  std::vector<std::string> lines{std::string(first)};
  std::size_t used = indent.size();
  bool is_empty = true;
  for (const TextPiece& piece : text_pieces(safe)) {
    const std::size_t wide = display_width(piece.text);
    const std::size_t space = piece.after_space && !is_empty ? 1 : 0;
    if (!is_empty && used + space + wide > width) {
      lines.push_back(indent);
      used = indent.size();
      is_empty = true;
    }
    if (!is_empty && space > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += piece.text;
    used += wide;
    is_empty = false;
  }
  return lines;
}

std::vector<std::string> page_lines(const Page& page, std::size_t width) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view first, std::string_view text) {
    for (std::string& line : wrap_text(first, text, width)) lines.push_back(std::move(line));
  };
  add("", page.title);
  for (const std::string& sentence : page.lead) add("", sentence);
  for (const PageSection& section : page.sections) {
    if (section.lines.empty()) continue;
    lines.emplace_back();
    add("", section.title);
    for (const PageLine& line : section.lines) add(line.level > 0 ? "  - " : "- ", line.text + notes_text(line.notes));
  }
  if (!page.sources.empty()) {
    lines.emplace_back();
    add("", page.sources_title);
  }
  if (!page.sources.empty() && !page.sources_hint.empty()) {
    std::string names;
    for (std::size_t i = 0; i < page.sources.size(); ++i)
      names += fmt::format("{}[{}]\u00a0{}", i == 0 ? "" : ", ", i + 1, page.sources[i].name);  // never apart
    add("  ", names);
    add("  ", page.sources_hint);
  }
  const std::size_t digits = std::to_string(page.sources.size()).size();
  for (std::size_t i = 0; i < page.sources.size() && page.sources_hint.empty(); ++i)
    add(fmt::format("  {:>{}} ", fmt::format("[{}]", i + 1), digits + 2),
        page.sources[i].text + (page.sources[i].url.empty() ? "" : " " + page.sources[i].url));
  if (!page.foot.empty()) {
    lines.emplace_back();
    add("", page.foot);
  }
  return lines;
}

void write_page_markdown(const Page& page, std::ostream& out) {
  out << "# " << markdown_text(page.title) << '\n';
  for (const std::string& sentence : page.lead) out << '\n' << markdown_sentence(sentence) << '\n';
  for (const PageSection& section : page.sections) {
    if (section.lines.empty()) continue;
    out << "\n## " << markdown_text(section.title) << "\n\n";
    for (const PageLine& line : section.lines)
      out << (line.level > 0 ? "  - " : "- ") << markdown_sentence(line.text) << markdown_text(notes_text(line.notes))
          << '\n';
  }
  if (!page.sources.empty()) out << "\n## " << markdown_text(page.sources_title) << "\n\n";
  for (std::size_t i = 0; i < page.sources.size(); ++i) {
    const PageSource& source = page.sources[i];
    out << i + 1 << ". " << markdown_text(source.text);
    if (!source.url.empty()) out << ' ' << markdown_text(source.url);
    out << '\n';
  }
  if (!page.foot.empty()) out << '\n' << markdown_sentence(page.foot) << '\n';
}

void write_page_html(const Page& page, std::ostream& out) {
  out << "<!DOCTYPE html>\n<html lang=\"" << html_text(page.language) << "\">\n<head>\n<meta charset=\"utf-8\">\n"
      << R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; )"
      << "style-src 'unsafe-inline'\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" << html_text(page.title)
      << "</title>\n<style>" << style << "</style>\n</head>\n<body>\n<main>\n<h1>" << html_text(page.title)
      << "</h1>\n";
  for (const std::string& sentence : page.lead) out << "<p>" << html_sentence(sentence) << "</p>\n";
  for (const PageSection& section : page.sections) {
    if (section.lines.empty() && section.pictures.empty()) continue;
    out << "<section>\n<h2>" << html_text(section.title) << "</h2>\n";
    if (!section.lines.empty()) write_html_lines(section.lines, out);
    for (const PagePicture& picture : section.pictures)
      out << "<figure><img alt=\"" << html_text(picture.caption) << "\" src=\"data:image/svg+xml;base64,"
          << base64(picture.svg) << "\"><figcaption>" << html_text(picture.caption) << "</figcaption></figure>\n";
    out << "</section>\n";
  }
  if (!page.sources.empty())
    out << "<section>\n<h2>" << html_text(page.sources_title) << "</h2>\n<ol class=\"sources\">\n";
  for (std::size_t i = 0; i < page.sources.size(); ++i) {
    const PageSource& source = page.sources[i];
    out << "<li id=\"s" << i + 1 << "\">" << html_text(source.text);
    if (is_web_address(source.url))
      out << " <a rel=\"noreferrer\" href=\"" << html_text(source.url) << "\">" << html_text(source.url) << "</a>";
    else if (!source.url.empty())
      out << ' ' << html_text(source.url);
    out << "</li>\n";
  }
  if (!page.sources.empty()) out << "</ol>\n</section>\n";
  out << "</main>\n";
  if (!page.foot.empty()) out << "<footer><p>" << html_sentence(page.foot) << "</p></footer>\n";
  out << "</body>\n</html>\n";
}

}  // namespace chokepoint
