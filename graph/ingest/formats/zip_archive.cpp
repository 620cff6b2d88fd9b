#include "ingest/formats/zip_archive.hpp"

#include "ingest/formats/format.hpp"

#include <fmt/format.h>
#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <map>

namespace chokepoint::detail {

namespace {

/// An InputFile as minizip reads files.
struct ZipSource {
  InputFile& file;
  std::uint64_t at = 0, furthest = 0;
};

ZipSource& source_of(void* stream) { return *static_cast<ZipSource*>(stream); }

void* open_source(void* opaque, const void*, int) { return opaque; }
uLong read_source(void*, void* stream, void* buffer, uLong size) {
  ZipSource& source = source_of(stream);
  std::size_t got = 0;
  while (got < size) {
    const std::size_t part = source.file.read(static_cast<char*>(buffer) + got, size - got);
    if (part == 0) break;
    got += part;
  }
  source.at += got;
  source.furthest = std::max(source.furthest, source.at);
  return got;
}
ZPOS64_T tell_source(void*, void* stream) { return source_of(stream).at; }
long seek_source(void*, void* stream, ZPOS64_T offset, int origin) {
  ZipSource& source = source_of(stream);
  std::uint64_t at = offset;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) at += source.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) at += source.file.size();
  if (!source.file.seek(at)) return -1;
  source.at = at;
  return 0;
}
int close_source(void*, void*) { return 0; }
int source_error(void*, void*) { return 0; }

std::string lower_name(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

struct ZipArchive::Impl {
  struct Entry {
    unz64_file_pos at{};
    std::uint64_t bytes = 0;
  };
  ZipSource source;
  unzFile zip = nullptr;
  std::vector<std::string> names{};
  std::map<std::string, Entry> entries{};

  ~Impl() {
    if (zip != nullptr) unzClose(zip);
  }
  [[noreturn]] void refuse(const std::string& message) const { refuse_at(source.file, 0, message); }

  void open() {
    zlib_filefunc64_def functions{};
    functions.zopen64_file = open_source;
    functions.zread_file = read_source;
    functions.ztell64_file = tell_source;
    functions.zseek64_file = seek_source;
    functions.zclose_file = close_source;
    functions.zerror_file = source_error;
    functions.opaque = &source;
    zip = unzOpen2_64(source.file.name().c_str(), &functions);
    if (zip == nullptr) refuse("the ZIP archive is cut short or damaged; fetch or save it again");
  }

  void list() {
    std::uint64_t total = 0;
    for (int result = unzGoToFirstFile(zip); result != UNZ_END_OF_LIST_OF_FILE; result = unzGoToNextFile(zip)) {
      if (result != UNZ_OK) refuse("the list of what is in the ZIP archive is damaged; save it again");
      if (names.size() >= most_entries) refuse(fmt::format("the ZIP archive has more than {} entries", most_entries));
      std::array<char, 512> name{};
      unz_file_info64 info{};
      if (unzGetCurrentFileInfo64(zip, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) != UNZ_OK)
        refuse("the list of what is in the ZIP archive is damaged; save it again");
      if (info.size_filename >= name.size()) continue;
      Entry entry;
      unzGetFilePos64(zip, &entry.at);
      entry.bytes = info.uncompressed_size;
      total += check(name.data(), info);
      if (total > most_bytes) refuse(fmt::format("unpacked it would have more than {} GiB", most_bytes >> 30U));
      names.emplace_back(name.data());
      entries.emplace(lower_name(names.back()), entry);
    }
  }

  [[nodiscard]] std::uint64_t check(const char* name, const unz_file_info64& info) const {
    constexpr uLong is_encrypted = 1;
    if ((info.flag & is_encrypted) != 0) refuse(fmt::format("{} is encrypted; save the file without a password", name));
    if (info.uncompressed_size > most_entry_bytes)
      refuse(fmt::format("{} would have more than {} GiB; split it", name, most_entry_bytes >> 30U));
    if (info.uncompressed_size > bomb_bytes && info.uncompressed_size / most_ratio > info.compressed_size)
      refuse(fmt::format("{} would become more than {} times as large as it is packed", name, most_ratio));
    return info.uncompressed_size;
  }
};

ZipArchive::ZipArchive(InputFile& file) : impl_(new Impl{{file}}) {
  file.rewind();
  impl_->open();
  impl_->list();
}

ZipArchive::~ZipArchive() = default;

const std::vector<std::string>& ZipArchive::names() const { return impl_->names; }
bool ZipArchive::has(std::string_view name) const { return impl_->entries.contains(lower_name(name)); }
std::uint64_t ZipArchive::bytes_read() const { return impl_->source.furthest; }

bool ZipArchive::read(std::string_view name, const std::function<bool(std::string_view, bool)>& take) {
  const auto found = impl_->entries.find(lower_name(name));
  if (found == impl_->entries.end()) return false;
  const auto damaged = [&] { impl_->refuse(fmt::format("{} in it is damaged; fetch or save it again", name)); };
  if (unzGoToFilePos64(impl_->zip, &found->second.at) != UNZ_OK || unzOpenCurrentFile(impl_->zip) != UNZ_OK) damaged();
  std::string part(std::size_t{1} << 18U, '\0');
  std::uint64_t bytes = 0;
  for (;;) {
    const int got = unzReadCurrentFile(impl_->zip, part.data(), static_cast<unsigned>(part.size()));
    if (got < 0) damaged();
    bytes += static_cast<std::uint64_t>(got);
    if (bytes > found->second.bytes) damaged();
    if (got == 0) break;
    if (!take(std::string_view(part).substr(0, static_cast<std::size_t>(got)), false)) {
      unzCloseCurrentFile(impl_->zip);
      return true;
    }
  }
  if (bytes != found->second.bytes || unzCloseCurrentFile(impl_->zip) != UNZ_OK) damaged();
  take({}, true);
  return true;
}

}  // namespace chokepoint::detail
