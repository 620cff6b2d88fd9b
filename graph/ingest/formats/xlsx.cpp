#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "ingest/formats/xlsx_sheet.hpp"
#include "ingest/formats/zip_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace chokepoint::detail {

// Office Open XML workbooks (ECMA-376), as Excel, LibreOffice and most libraries write them.

namespace {

constexpr std::size_t most_sheets = 1000;
constexpr std::size_t most_merged = 200000, most_links = 200000;

struct SheetEntry {
  std::string name, relation;
  bool is_hidden = false;
};

/// Takes elements only.
class ElementHandler : public XmlHandler {
 public:
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class RelationsHandler : public ElementHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attributes["Type"];
    found.push_back({std::string(attributes["Id"]), std::string(type.substr(type.rfind('/') + 1)),
                     std::string(attributes["Target"])});
  }
  struct Relation {
    std::string id, type, target;
  };
  std::vector<Relation> found;
};

class WorkbookHandler : public ElementHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") from_1904 = attributes["date1904"] == "1" || attributes["date1904"] == "true";
    if (name == "sheet" && sheets.size() < most_sheets)
      sheets.push_back({std::string(attributes["name"]), std::string(attributes["id"]),
                        attributes["state"] == "hidden" || attributes["state"] == "veryHidden"});
  }
  std::vector<SheetEntry> sheets;
  bool from_1904 = false;
};

unsigned as_number(std::string_view text) {
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class StylesHandler : public ElementHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt")
      codes_[as_number(attributes["numFmtId"])] = style_of_code(attributes["formatCode"]);
    else if (name == "cellXfs")
      in_cells_ = true;
    else if (name == "xf" && in_cells_)
      styles.push_back(style(as_number(attributes["numFmtId"])));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  std::vector<CellStyle> styles;

 private:
  [[nodiscard]] CellStyle style(unsigned id) const {
    const auto found = codes_.find(id);
    return found != codes_.end() ? found->second : style_of_builtin(id);
  }
  std::map<unsigned, CellStyle> codes_;
  bool in_cells_ = false;
};

/// The texts of a workbook; runs of several formats are one, and how it is spoken is left out.
class TextsHandler : public XmlHandler {
 public:
  explicit TextsHandler(TextStore& texts) : texts_(texts) {}
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") in_sound_ = true;
    in_text_ = name == "t" && !in_sound_;
  }
  void end(std::string_view name) override {
    if (name == "si") texts_.add(text_);
    if (name == "rPh") in_sound_ = false;
    if (name == "t") in_text_ = false;
  }
  void text(std::string_view text) override {
    if (in_text_ && text_.size() < 2 * XlsxSheet::cell_limit) text_ += text;
  }

 private:
  TextStore& texts_;
  std::string text_;
  bool in_text_ = false, in_sound_ = false;
};

/// Takes what is about the cells and stands behind them.
class BehindRowsHandler : public ElementHandler {
 public:
  /// @param targets  of links, by relation
  explicit BehindRowsHandler(const std::map<std::string, std::string>& targets) : targets_(targets) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "mergeCell" && name != "hyperlink") return;
    const std::string_view block = attributes["ref"];
    const auto colon = block.find(':');
    const auto first = cell_place(block.substr(0, colon));
    const auto last = colon == std::string_view::npos ? first : cell_place(block.substr(colon + 1));
    if (!first || !last) return;
    if (name == "mergeCell" && found.merged.size() < most_merged)
      found.merged.emplace(first->row, MergedCells{*first, *last});
    const auto target = targets_.find(std::string(attributes["id"]));
    if (name == "hyperlink" && target != targets_.end()) add_link(*first, *last, target->second);
  }
  BehindRows found;
  bool has_more = false;  ///< links that there was no room for

 private:
  void add_link(const CellPlace& first, const CellPlace& last, const std::string& address) {
    for (std::uint32_t row = first.row; row <= last.row; ++row)
      for (std::uint32_t column = first.column; column <= last.column; ++column) {
        if (has_more || found.links.size() >= most_links) {
          has_more = true;
          return;
        }
        found.links.try_emplace({row, column}, address);
      }
  }
  const std::map<std::string, std::string>& targets_;
};

class XlsxReader {
 public:
  XlsxReader(InputFile& file, const ReadContext& context, TableSet& set)
      : file_(file), context_(context), set_(set), zip_(file) {}

  void read() {
    for (const std::string& name : zip_.names())
      if (name.ends_with("workbook.bin"))
        refuse_at(file_, 0, "a binary workbook (.xlsb) is not read; save it as .xlsx or CSV");
    const std::string workbook = workbook_path();
    WorkbookHandler handler;
    if (!parse(workbook, handler)) refuse_at(file_, 0, "it holds no workbook; save it as .xlsx or CSV");
    read_relations(workbook);
    parts_.from_1904 = handler.from_1904;
    read_parts();
    if (handler.sheets.size() >= most_sheets)
      set_.remarks.push_back(fmt::format("only the first {} sheets are read", most_sheets));
    for (const SheetEntry& sheet : handler.sheets) read_sheet(sheet);
    if (set_.tables.empty()) refuse_at(file_, 0, "no sheet of it has a row; its first row names the columns");
  }

 private:
  bool parse(const std::string& part, XmlHandler& handler) {
    XmlReader reader(fmt::format("{} ({})", file_.name(), part), handler);
    return zip_.read(part, [&](std::string_view text, bool is_last) {
      reader.feed(text, is_last);
      if (context_.on_bytes) context_.on_bytes(zip_.bytes_read());
      return true;
    });
  }

  /// @param part  of which the relations are; empty for those of the file
  std::vector<RelationsHandler::Relation> relations(const std::string& part) {
    const auto slash = part.rfind('/') + 1;  // npos + 1 is 0
    RelationsHandler handler;
    parse(part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels", handler);
    return handler.found;
  }
  /// Where a relation leads from a folder.
  static std::string target_path(std::string folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    while (target.starts_with("../")) {
      target.remove_prefix(3);
      if (!folder.empty()) folder.pop_back();
      folder.resize(folder.rfind('/') + 1);
    }
    return folder + std::string(target);
  }
  std::string workbook_path() {
    for (const auto& relation : relations(""))
      if (relation.type == "officeDocument") return target_path("", relation.target);
    return "xl/workbook.xml";
  }
  void read_relations(const std::string& workbook) {
    const std::string folder = workbook.substr(0, workbook.rfind('/') + 1);
    for (auto& relation : relations(workbook)) {
      const std::string path = target_path(folder, relation.target);
      if (relation.type == "sharedStrings") texts_path_ = path;
      if (relation.type == "styles") styles_path_ = path;
      sheets_[relation.id] = {relation.type, path};
    }
  }
  void read_parts() {
    StylesHandler styles;
    if (!styles_path_.empty()) parse(styles_path_, styles);
    parts_.styles = std::move(styles.styles);
    TextsHandler texts(parts_.texts);
    if (!texts_path_.empty()) parse(texts_path_, texts);
  }

  /// Merged blocks and links stand behind the rows; a sheet without any is parsed once.
  BehindRows behind_rows(const std::string& path, const std::string& name) {
    bool has_any = false;
    std::string seam;
    zip_.read(path, [&](std::string_view text, bool) {
      for (const std::string_view sign : {"<mergeCell", "<hyperlink"}) {
        const std::string joint = seam + std::string(text.substr(0, sign.size()));
        has_any = has_any || text.find(sign) != std::string_view::npos || joint.find(sign) != std::string::npos;
      }
      seam = text.substr(text.size() - std::min(text.size(), std::size_t{10}));
      return !has_any;
    });
    std::map<std::string, std::string> targets;
    for (RelationsHandler::Relation& relation : relations(path)) {
      if (relation.type == "hyperlink") targets.emplace(std::move(relation.id), std::move(relation.target));
      if (relation.type == "comments" || relation.type == "threadedComment")
        set_.remarks.push_back(fmt::format("sheet {}: comments on cells are left out", name));
    }
    if (!has_any) return {};
    BehindRowsHandler handler(targets);
    parse(path, handler);
    if (handler.has_more)
      set_.remarks.push_back(fmt::format("sheet {}: only the first {} links of cells are kept", name, most_links));
    return std::move(handler.found);
  }

  void read_sheet(const SheetEntry& sheet) {
    const auto found = sheets_.find(sheet.relation);
    if (found == sheets_.end() || found->second.first != "worksheet") {
      set_.remarks.push_back(fmt::format("left out: {}, which holds no cells", sheet.name));
      return;
    }
    const std::string& path = found->second.second;
    auto table = std::make_unique<SpooledTable>(sheet.name);
    XlsxSheet handler(
        *table, parts_, behind_rows(path, sheet.name), [&](const std::string& cell, const std::string& message) {
          refuse_at(file_, 0, message,
                    cell.empty() ? "sheet " + sheet.name : fmt::format("sheet {}, cell {}", sheet.name, cell));
        });
    try {
      if (!parse(path, handler))
        refuse_at(file_, 0, "the workbook names a sheet that it has not; save it again", sheet.name);
      handler.finish();
    } catch (const UsageError& error) {
      refuse_at(file_, 0, error.what(), "sheet " + sheet.name);
    }
    tell(sheet, handler, *table);
    if (table->row_count() > 0) set_.tables.push_back(std::move(table));
    for (auto& more : handler.take_more()) set_.tables.push_back(std::move(more));
  }
  void tell(const SheetEntry& sheet, const XlsxSheet& handler, const SpooledTable& table) {
    const std::string name = "sheet " + sheet.name;
    if (sheet.is_hidden)
      set_.remarks.push_back(name + " is hidden, and read; --table NAME names each sheet that is meant");
    if (table.row_count() == 0) set_.remarks.push_back(name + " has no rows below a header, and is left out");
    for (const std::string& remark : handler.remarks()) set_.remarks.push_back(name + ": " + remark);
  }

  InputFile& file_;
  const ReadContext& context_;
  TableSet& set_;
  ZipArchive zip_;
  WorkbookParts parts_;
  std::string texts_path_, styles_path_;
  std::map<std::string, std::pair<std::string, std::string>> sheets_;  ///< type and path by relation
};

}  // namespace

std::optional<std::string> looks_like_xlsx(const FileHead& head) {
  if (head.text.starts_with("\xD0\xCF\x11\xE0") && head.extension.starts_with(".xls"))
    return "it begins as an old or encrypted Excel file";
  if (!head.text.starts_with("PK\x03\x04")) return std::nullopt;
  const bool has_parts = head.text.find("[Content_Types].xml") != std::string_view::npos ||
                         head.text.find("xl/") != std::string_view::npos;
  if (has_parts || head.extension.starts_with(".xls")) return "it is a ZIP archive with the parts of a workbook";
  return std::nullopt;
}

void read_xlsx(InputFile& file, const ReadContext& context, TableSet& tables) {
  std::string text;
  const FileHead head = read_head(file, text);
  if (head.text.starts_with("\xD0\xCF\x11\xE0"))
    refuse_at(file, 0,
              "an old (.xls) or encrypted Excel file is not read; save it as .xlsx without a password, or as CSV");
  XlsxReader(file, context, tables).read();
}

}  // namespace chokepoint::detail
