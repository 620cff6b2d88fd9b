// Writing: never through a map, never over an old file. A reader sees the old file or the whole new one.
#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/support/aside_file.hpp"
#include "snapshot/snapshot_format.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::FileHeader;
using detail::FileSection;

/// A section that waits to be written.
struct Pending {
  FileSection entry{};
  const void* bytes = nullptr;
};

template <typename T>
std::string_view as_bytes(const T* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

class Sections {
 public:
  template <typename T>
  void operator()(std::uint32_t id, const Column<T>& column, detail::Extent) {
    const bool is_constant =
        column.is_constant() ||
        (column.size() > 1 && std::memcmp(column.data(), column.data() + 1, (column.size() - 1) * sizeof(T)) == 0);
    if (is_constant && !column.empty() && !detail::is_always_array(id)) {
      Pending section;
      section.entry = {id, sizeof(T), 0, column.size(), 0, 0};
      std::memcpy(&section.entry.constant, column.data(), sizeof(T));
      list_.push_back(section);
    } else {
      add(id, column.data(), column.size());
    }
  }
  void operator()(std::uint32_t id, const std::span<const char>& bytes, detail::Extent) {
    add(id, bytes.data(), bytes.size());
  }
  void operator()(std::uint32_t id, const KeyColumn& keys, detail::Extent) {
    if (!keys.narrow().empty()) return add(id, keys.narrow().data(), keys.narrow().size());
    std::vector<std::uint32_t>& narrow = narrow_keys_.emplace_back(keys.size());
    bool fits = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      fits = fits && keys[i] >= 0 && keys[i] <= std::numeric_limits<std::uint32_t>::max();
      narrow[i] = static_cast<std::uint32_t>(keys[i]);
    }
    if (fits) return add(id, narrow.data(), narrow.size());
    std::vector<std::int64_t>& wide = wide_keys_.emplace_back(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) wide[i] = keys[i];
    add(id, wide.data(), wide.size());
  }
  void operator()(std::uint32_t id, const ClaimColumn& claim, detail::Extent) {
    add(id, claim.contested().data(), claim.contested().size());
    add(detail::claim_numbers, claim.claims().data(), claim.claims().size());
  }
  void add_text(detail::TextSection id, std::string_view text) {
    add(static_cast<std::uint32_t>(id), text.data(), text.size());
  }

  /// Gives every section its place. @return the size of the file
  std::uint64_t arrange() {
    std::uint64_t at = sizeof(FileHeader) + list_.size() * sizeof(FileSection);
    for (Pending& section : list_) {
      if (section.bytes == nullptr) continue;
      at = (at + detail::section_alignment - 1) / detail::section_alignment * detail::section_alignment;
      section.entry.offset = at;
      at += section.entry.count * section.entry.width;
    }
    return at;
  }
  [[nodiscard]] const std::vector<Pending>& list() const { return list_; }

 private:
  template <typename T>
  void add(std::uint32_t id, const T* values, std::size_t count) {
    static constexpr char nothing = 0;
    Pending section;
    section.entry = {id, sizeof(T), 0, count, hash_bytes(as_bytes(values, count)), 0};
    section.bytes = count == 0 ? static_cast<const void*>(&nothing) : values;
    list_.push_back(section);
  }
  std::vector<Pending> list_;
  std::vector<std::vector<std::uint32_t>> narrow_keys_;
  std::vector<std::vector<std::int64_t>> wide_keys_;
};

/// Puts sections into a file, one after the other.
class SectionStream {
 public:
  explicit SectionStream(const std::filesystem::path& target) : file_(target) {}

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      // The system keeps what is written at once in one piece of memory, and maps such pieces as a whole: small ones
      // let a question that touches little take up little.
      const std::size_t piece = std::min(bytes.size(), piece_size - position_ % piece_size);
      file_.write(bytes.substr(0, piece));
      position_ += piece;
      bytes.remove_prefix(piece);
    }
  }
  void pad_to(std::uint64_t offset) { write(std::string(offset - position_, '\0')); }
  void put_in_place() { file_.put_in_place(AsideFile::Existing::replaced); }

 private:
  static constexpr std::size_t piece_size = std::size_t{1} << 16U;
  AsideFile file_;
  std::uint64_t position_ = 0;
};

FileHeader header_of(const Snapshot& snapshot, const SnapshotStamp& stamp) {
  FileHeader header{};
  header.magic = detail::file_magic;
  header.version = detail::file_version;
  header.byte_order = detail::file_byte_order;
  header.nodes = snapshot.vertex_count();
  header.edges = snapshot.edge_count();
  std::copy_n(stamp.uuid.begin(), std::min(stamp.uuid.size(), header.uuid.size()), header.uuid.begin());
  std::copy_n(stamp.token.begin(), std::min(stamp.token.size(), header.token.size()), header.token.begin());
  header.token_at = stamp.token_at;
  header.revision = stamp.revision;
  header.device = stamp.device;
  header.inode = stamp.inode;
  header.size = stamp.size;
  header.modified_ns = stamp.modified_ns;
  header.changed_ns = stamp.changed_ns;
  header.change_counter = stamp.change_counter;
  header.settled_from = snapshot.columns().settled_from;
  header.settled_until = snapshot.columns().settled_until;
  header.requirements_are_arcs = snapshot.columns().requirements_are_arcs ? 1 : 0;
  return header;
}

}  // namespace

void SnapshotFile::write(const std::filesystem::path& path, const Snapshot& snapshot, const SnapshotStamp& stamp,
                         std::string_view datasets) {
  Sections sections;
  detail::for_each_column(snapshot.columns(),
                          [&](auto id, const auto& column, auto extent) { sections(id, column, extent); });
  std::string groups;
  for (const std::string& name : snapshot.group_names()) groups.append(name).push_back('\0');
  sections.add_text(detail::TextSection::ontology, snapshot.ontology().canonical_text());
  sections.add_text(detail::TextSection::group_names, groups);
  sections.add_text(detail::TextSection::datasets, datasets);
  const std::string counts = packed(snapshot.counts() ? *snapshot.counts() : counts_of(snapshot));
  sections.add_text(detail::TextSection::counts, counts);

  FileHeader header = header_of(snapshot, stamp);
  header.file_size = sections.arrange();
  header.section_count = static_cast<std::uint32_t>(sections.list().size());
  std::string head(sizeof header, '\0');
  for (const Pending& section : sections.list()) head += as_bytes(&section.entry, 1);
  std::memcpy(head.data(), &header, sizeof header);
  header.checksum = hash_bytes(head);
  std::memcpy(head.data(), &header, sizeof header);

  SectionStream file(path);
  file.write(head);
  for (const Pending& section : sections.list()) {
    if (section.entry.offset == 0) continue;
    file.pad_to(section.entry.offset);
    file.write({static_cast<const char*>(section.bytes), section.entry.count * section.entry.width});
  }
  file.put_in_place();
}

}  // namespace chokepoint
