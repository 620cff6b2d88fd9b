#include "export/formats/zip_writer.hpp"

#include "chokepoint/support/error.hpp"

#include <minizip/zip.h>

#include <algorithm>
#include <cstring>

namespace chokepoint::detail {

namespace {

/// A string as minizip writes files.
struct Bytes {
  std::string text;
  std::size_t at = 0;
};

Bytes& bytes_of(void* stream) { return *static_cast<Bytes*>(stream); }

void* open_bytes(void* opaque, const void*, int) { return opaque; }
uLong read_bytes(void*, void* stream, void* buffer, uLong size) {
  Bytes& bytes = bytes_of(stream);
  const std::size_t got = std::min<std::size_t>(size, bytes.text.size() - bytes.at);
  std::memcpy(buffer, bytes.text.data() + bytes.at, got);
  bytes.at += got;
  return got;
}
uLong write_bytes(void*, void* stream, const void* buffer, uLong size) {
  Bytes& bytes = bytes_of(stream);
  if (bytes.text.size() < bytes.at + size) bytes.text.resize(bytes.at + size);
  std::memcpy(bytes.text.data() + bytes.at, buffer, size);
  bytes.at += size;
  return size;
}
ZPOS64_T tell_bytes(void*, void* stream) { return bytes_of(stream).at; }
long seek_bytes(void*, void* stream, ZPOS64_T offset, int origin) {
  Bytes& bytes = bytes_of(stream);
  std::size_t at = offset;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) at += bytes.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) at += bytes.text.size();
  if (at > bytes.text.size()) return -1;
  bytes.at = at;
  return 0;
}
int close_bytes(void*, void*) { return 0; }
int error_of_bytes(void*, void*) { return 0; }

void require(bool good) {
  if (!good) throw IoError("the archive of an .xlsx file could not be packed");
}

}  // namespace

struct ZipWriter::Impl {
  Bytes bytes;
  zipFile archive = nullptr;
  bool is_open = false;

  void end_entry() {
    if (is_open) require(zipCloseFileInZip(archive) == ZIP_OK);
    is_open = false;
  }
};

ZipWriter::ZipWriter() : impl_(std::make_unique<Impl>()) {
  zlib_filefunc64_def functions{open_bytes, read_bytes,  write_bytes,    tell_bytes,
                                seek_bytes, close_bytes, error_of_bytes, &impl_->bytes};
  impl_->archive = zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  require(impl_->archive != nullptr);
}

ZipWriter::~ZipWriter() {
  if (impl_->archive != nullptr) zipClose(impl_->archive, nullptr);
}

void ZipWriter::begin(const std::string& name) {
  impl_->end_entry();
  zip_fileinfo info{};
  info.tmz_date = {.tm_sec = 0, .tm_min = 0, .tm_hour = 0, .tm_mday = 1, .tm_mon = 0, .tm_year = 1980};
  constexpr int is_large = 1;
  require(zipOpenNewFileInZip64(impl_->archive, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED,
                                Z_DEFAULT_COMPRESSION, is_large) == ZIP_OK);
  impl_->is_open = true;
}

void ZipWriter::add(std::string_view bytes) {
  require(zipWriteInFileInZip(impl_->archive, bytes.data(), static_cast<unsigned>(bytes.size())) == ZIP_OK);
}

std::string ZipWriter::finish() {
  impl_->end_entry();
  const int closed = zipClose(impl_->archive, nullptr);
  impl_->archive = nullptr;
  require(closed == ZIP_OK);
  return std::move(impl_->bytes.text);
}

}  // namespace chokepoint::detail
