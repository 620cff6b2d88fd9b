// Mapping. Nothing in the file is believed before it was looked at: the header has a checksum, every section must lie
// inside the file and be as long as the counts say. What the sections hold is checked where it is used (see Snapshot),
// or as a whole by `verify`.
#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot_file.hpp"
#include "model/embedded.hpp"
#include "snapshot/snapshot_format.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::FileHeader;
using detail::FileSection;

/// Files up to this size are verified when they are opened; it takes about a millisecond.
constexpr std::uint64_t small_file = std::uint64_t{4} << 20U;

[[noreturn]] void refuse(const char* why) { throw DamagedSnapshot(why); }

}  // namespace

/// Memory that a file is mapped to.
struct SnapshotFile::Mapping {
  const char* bytes = nullptr;
  std::size_t size = 0;
  std::vector<FileSection> sections;

  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (bytes != nullptr) ::munmap(const_cast<char*>(bytes), size);
  }
  void forget_pages() const { ::madvise(const_cast<char*>(bytes), size, MADV_DONTNEED); }
  [[nodiscard]] std::string_view view(const FileSection& section) const {
    return {bytes + section.offset, static_cast<std::size_t>(section.count * section.width)};
  }
  /// @return false when there is no such file
  bool map(const std::filesystem::path& path);
  FileHeader check_head();
};

bool SnapshotFile::Mapping::map(const std::filesystem::path& path) {
  // A pipe in its place must not hang the program.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) return false;
  if (descriptor < 0) throw IoError("cannot read " + path.string() + ": " + std::strerror(errno));
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  void* place = MAP_FAILED;
  if (is_file && status.st_size >= static_cast<off_t>(sizeof(FileHeader))) {
    size = static_cast<std::size_t>(status.st_size);
    place = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  ::close(descriptor);
  if (!is_file) refuse("is not a regular file");
  if (size == 0) refuse("is too short");
  if (place == MAP_FAILED) throw IoError("cannot map " + path.string() + ": " + std::strerror(errno));
  bytes = static_cast<const char*>(place);
  return true;
}

FileHeader SnapshotFile::Mapping::check_head() {
  FileHeader header{};
  std::memcpy(&header, bytes, sizeof header);
  if (header.magic != detail::file_magic) refuse("is no snapshot");
  if (header.version != detail::file_version) refuse("has another version");
  if (header.byte_order != detail::file_byte_order) refuse("was written by a machine of another byte order");
  if (header.file_size != size) refuse("is not as long as it says");
  if (header.section_count > (size - sizeof header) / sizeof(FileSection)) refuse("is cut off");
  const std::size_t head_size = sizeof header + header.section_count * sizeof(FileSection);
  std::string head(bytes, head_size);
  FileHeader unsigned_header = header;
  unsigned_header.checksum = 0;
  std::memcpy(head.data(), &unsigned_header, sizeof header);
  if (hash_bytes(head) != header.checksum) refuse("has a damaged header");
  if (header.nodes >= no_vertex || header.edges >= no_arc) refuse("has too many nodes or edges");
  sections.resize(header.section_count);
  std::memcpy(sections.data(), bytes + sizeof header, header.section_count * sizeof(FileSection));
  for (const FileSection& section : sections) {
    if (section.width == 0 || section.width > sizeof(std::uint64_t)) refuse("has values of a strange width");
    if (section.offset == 0) continue;
    if (section.offset % detail::section_alignment != 0 || section.offset < head_size || section.offset > size ||
        section.count > (size - section.offset) / section.width)
      refuse("has a section outside of it");
  }
  return header;
}

namespace {

/// Finds the sections of columns in the table.
class Binder {
 public:
  Binder(const char* bytes, const std::vector<FileSection>& sections, const FileHeader& header)
      : bytes_(bytes), header_(header) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const auto* entry = reinterpret_cast<const FileSection*>(bytes + sizeof(FileHeader)) + i;
      if (!entries_.emplace(sections[i].id, entry).second) refuse("has a section twice");
    }
  }

  template <typename T>
  void operator()(std::uint32_t id, Column<T>& column, detail::Extent extent) const {
    const FileSection& entry = find(id, sizeof(T), extent, column_may_be_absent(id));
    if (entry.offset == 0 && detail::is_always_array(id)) refuse("has edges in no place");
    if (entry.offset == 0) {
      column = Column<T>::constant(reinterpret_cast<const T*>(&entry.constant), entry.count);
    } else {
      column = std::span<const T>(values<T>(entry), entry.count);
    }
  }
  void operator()(std::uint32_t id, std::span<const char>& column, detail::Extent extent) const {
    const FileSection& entry = find(id, 1, extent, false);
    if (entry.offset == 0) refuse("has texts in no place");
    column = {values<char>(entry), entry.count};
  }
  void operator()(std::uint32_t id, KeyColumn& column, detail::Extent extent) const {
    const FileSection& entry = find(id, 0, extent, false);
    if (entry.offset == 0) refuse("has keys in no place");
    if (entry.width == sizeof(std::uint32_t)) {
      column = std::span<const std::uint32_t>(values<std::uint32_t>(entry), entry.count);
    } else if (entry.width == sizeof(std::int64_t)) {
      column = std::span<const std::int64_t>(values<std::int64_t>(entry), entry.count);
    } else {
      refuse("has keys of a strange width");
    }
  }
  void operator()(std::uint32_t id, ClaimColumn& column, detail::Extent extent) const {
    const FileSection& contested = find(id, sizeof(Arc), extent, false);
    const FileSection& claims = find(detail::claim_numbers, sizeof(Arc), extent, false);
    if (contested.count != claims.count || contested.offset == 0 || claims.offset == 0)
      refuse("has claims that are cut off");
    column = {{values<Arc>(contested), contested.count}, {values<Arc>(claims), claims.count}};
  }
  /// Texts are short and read at once, so that they are verified here.
  [[nodiscard]] std::string_view text(detail::TextSection id) const {
    const FileSection& entry = find(static_cast<std::uint32_t>(id), 1, detail::Extent::free, false);
    if (entry.offset == 0) refuse("has texts in no place");
    const std::string_view text(values<char>(entry), static_cast<std::size_t>(entry.count));
    if (hash_bytes(text) != entry.checksum) refuse("does not match its checksum");
    return text;
  }

 private:
  static bool column_may_be_absent(std::uint32_t id) { return id >= 64; }  // names
  template <typename T>
  const T* values(const FileSection& entry) const {
    return reinterpret_cast<const T*>(bytes_ + entry.offset);
  }
  /// @param width  0 for any
  [[nodiscard]] const FileSection& find(std::uint32_t id, std::size_t width, detail::Extent extent,
                                        bool may_be_absent) const {
    const auto found = entries_.find(id);
    if (found == entries_.end()) refuse("lacks a section");
    const FileSection& entry = *found->second;
    if (width != 0 && entry.width != width) refuse("has values of a strange width");
    std::uint64_t count = entry.count;
    switch (extent) {
      case detail::Extent::nodes: count = header_.nodes; break;
      case detail::Extent::nodes_and_one: count = header_.nodes + 1; break;
      case detail::Extent::edges: count = header_.edges; break;
      case detail::Extent::free: break;
    }
    if (entry.count != count && !(may_be_absent && entry.count == 0)) refuse("has a section of the wrong length");
    return entry;
  }
  const char* bytes_;
  const FileHeader& header_;
  std::map<std::uint32_t, const FileSection*> entries_;
};

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto end = text.find('\0');
    if (end == std::string_view::npos) refuse("has a group name that is cut off");
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (names.empty() || !names.front().empty()) refuse("lacks the default group");
  return names;
}

/// Whether the text names the ontology that is compiled in. Reading that one only to see that it is another would be
/// the longest part of a short question.
bool may_be_standard(std::string_view text) {
  const std::string_view standard = detail::embedded("ontology.json").value_or(std::string_view());
  const auto key = standard.find("\"id\"");
  const auto begin = standard.find('"', key == std::string_view::npos ? key : key + 4);
  const auto end = standard.find('"', begin == std::string_view::npos ? begin : begin + 1);
  return end == std::string_view::npos || text.find(standard.substr(begin, end - begin + 1)) != std::string_view::npos;
}

std::shared_ptr<const Ontology> ontology_from(std::string_view text) {
  if (may_be_standard(text) && text == Ontology::standard().canonical_text())
    return {std::shared_ptr<const void>(), &Ontology::standard()};
  try {
    return std::make_shared<const Ontology>(Ontology::parse_canonical(text));
  } catch (const Error&) {
    refuse("has a damaged ontology");
  }
}

}  // namespace

std::shared_ptr<const SnapshotFile> SnapshotFile::open(const std::filesystem::path& path) {
  auto mapping = std::make_shared<Mapping>();
  if (!mapping->map(path)) return nullptr;
  const FileHeader header = mapping->check_head();
  const Binder bind(mapping->bytes, mapping->sections, header);
  SnapshotColumns columns;
  detail::for_each_column(columns, [&](auto id, auto& column, auto extent) { bind(id, column, extent); });
  columns.settled_from = header.settled_from;
  columns.settled_until = header.settled_until;
  columns.requirements_are_arcs = header.requirements_are_arcs == 1;
  if (columns.name_hash.size() != columns.name_node.size()) refuse("has names that are cut off");
  if (columns.replaces_edge.size() != columns.replaces_item.size()) refuse("has replacements that are cut off");

  std::shared_ptr<SnapshotFile> file(new SnapshotFile);
  SnapshotStamp& stamp = file->stamp_;
  const std::string_view uuid(header.uuid.data(), header.uuid.size());
  stamp.uuid = uuid.substr(0, uuid.find('\0'));
  const std::string_view token(header.token.data(), header.token.size());
  stamp.token = token.substr(0, token.find('\0'));
  stamp.token_at = header.token_at;
  stamp.revision = header.revision;
  stamp.device = header.device;
  stamp.inode = header.inode;
  stamp.size = header.size;
  stamp.modified_ns = header.modified_ns;
  stamp.changed_ns = header.changed_ns;
  stamp.change_counter = header.change_counter;
  file->datasets_ = bind.text(detail::TextSection::datasets);
  file->snapshot_ = std::make_shared<Snapshot>(ontology_from(bind.text(detail::TextSection::ontology)), columns,
                                               split_names(bind.text(detail::TextSection::group_names)), mapping);
  file->snapshot_->on_forget([memory = mapping.get()] { memory->forget_pages(); });
  file->mapping_ = std::move(mapping);
  if (file->size() <= small_file) {
    file->verify();
    file->is_verified_ = true;
  }
  return file;
}

RecordCounts SnapshotFile::counts(bool by_day) const {
  for (const FileSection& section : mapping_->sections) {
    if (section.id != static_cast<std::uint32_t>(detail::TextSection::counts)) continue;
    if (section.width != 1 || section.offset == 0) refuse("has texts in no place");
    const std::string_view bytes = mapping_->view(section);
    if (hash_bytes(bytes) != section.checksum) refuse("does not match its checksum");
    const Ontology& ontology = snapshot_->ontology();
    return unpacked_counts(bytes, ontology.node_types().size(), ontology.edge_types().size(), by_day);
  }
  refuse("was written before records were counted in it");
}

std::uint64_t SnapshotFile::size() const { return mapping_->size; }

void SnapshotFile::verify() const {
  for (const FileSection& section : mapping_->sections) {
    if (section.offset != 0 && hash_bytes(mapping_->view(section)) != section.checksum)
      refuse("does not match its checksum");
  }
  snapshot_->validate();
}

}  // namespace chokepoint
