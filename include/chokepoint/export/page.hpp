#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// A statement of a page, with the numbers of the sources that say so.
struct PageLine {
  std::string text;
  std::size_t level = 0;             ///< 0 or 1: below the statement before it
  std::vector<std::size_t> notes{};  ///< places in the page's sources, from 1; sorted
};

/// A drawing that belongs to a section; HTML shows it.
struct PagePicture {
  std::string caption;
  std::string svg;
};

struct PageSection {
  std::string title;
  std::vector<PageLine> lines{};
  std::vector<PagePicture> pictures{};
};

/// Where statements come from.
struct PageSource {
  std::string text;
  std::string url{};   ///< may be empty; only http and https become links
  std::string name{};  ///< short; empty: none
};

/// A page for people to read: title, sections of statements, numbered sources. Text from data is as it is; each writer
/// makes it safe for what it writes.
struct Page {
  std::string language = "en";
  std::string title;
  std::vector<std::string> lead{};  ///< sentences below the title
  std::vector<PageSection> sections{};
  std::string sources_title{};
  std::vector<PageSource> sources{};  ///< number 1 first
  /// What a screen says below the names of the sources, one behind the other, in place of their texts and addresses;
  /// empty: it has those.
  std::string sources_hint{};
  std::string foot{};  ///< a sentence at the end
};

/// Lines of at most `width` columns: the first begins with `first`, the others with as many spaces as it is wide.
/// Breaks at spaces and beside wide characters; what has neither (an id, a date, an address) stays whole.
std::vector<std::string> wrap_text(std::string_view first, std::string_view text, std::size_t width);

/// The page for a screen, as lines of at most `width` columns.
std::vector<std::string> page_lines(const Page& page, std::size_t width);
/// Markdown: a heading a section, a list item a statement. Markup in text is escaped.
void write_page_markdown(const Page& page, std::ostream& out);
/// One HTML file that stands alone: no script, no request to anywhere, pictures inside; dark where the reader's screen
/// is, and made for A4 paper. Text is escaped.
void write_page_html(const Page& page, std::ostream& out);

}  // namespace chokepoint
