#include "out_file.hpp"

#include "chokepoint/model/error.hpp"
#include "signals.hpp"
#include "test_hold.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace chokepoint::cli {

namespace {

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

[[noreturn]] void fail(const std::string& what, const std::string& name) {
  const int code = errno;
  throw IoError(fmt::format("{} {}: {}", what, name, std::strerror(code)));
}

/// The file a link points to, so that writing through a link changes its target and keeps the link.
std::filesystem::path resolved(const std::string& path) {
  std::error_code ignored;
  const auto real = std::filesystem::weakly_canonical(path, ignored);
  return ignored || real.empty() ? std::filesystem::path(path) : real;
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);  // best effort: some file systems cannot sync a folder
  ::close(descriptor);
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

void DescriptorBuffer::write_all(const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor_, text, size);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE) throw ClosedPipe{};
      fail("cannot write", name_);
    }
    text += written;
    size -= static_cast<std::size_t>(written);
  }
}

int DescriptorBuffer::sync() {
  const auto size = static_cast<std::size_t>(pptr() - pbase());
  // Emptied first: a failed write must not be tried again when the stream is torn down.
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  write_all(buffer_.data(), size);
  return 0;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type character) {
  sync();
  if (!traits_type::eq_int_type(character, traits_type::eof())) sputc(traits_type::to_char_type(character));
  return traits_type::not_eof(character);
}

std::streamsize DescriptorBuffer::xsputn(const char* text, std::streamsize size) {
  const auto length = static_cast<std::size_t>(size);
  if (length > static_cast<std::size_t>(epptr() - pptr())) sync();
  if (length > buffer_.size()) {
    write_all(text, length);
  } else {
    std::memcpy(pptr(), text, length);
    pbump(static_cast<int>(length));
  }
  return size;
}

void check_output(const std::string& path, bool force) {
  if (is_standard_output(path)) return;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;
  if (!S_ISREG(status.st_mode)) throw UsageError(fmt::format("{} is no regular file; leave out -o to print", path));
  if (!force) throw UsageError(fmt::format("{} exists; --force replaces it", path));
}

OutFile::OutFile(const std::string& path, bool force, Screen screen) : force_(force), descriptor_(STDOUT_FILENO) {
  if (!is_standard_output(path)) {
    check_output(path, force);
    target_ = resolved(path);
    std::string name = (target_.parent_path() / ("." + target_.filename().string() + ".XXXXXX")).string();
    {
      const DelaySignals delay;
      descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
      if (descriptor_ < 0) fail("cannot write", path);
      temporary_ = name;
      remove_on_signal(temporary_);
    }
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(descriptor_, 0666 & ~mask);
    hold_for_test("output");
  }
  buffer_ = std::make_unique<DescriptorBuffer>(descriptor_, target_.empty() ? "standard output" : path);
  if (screen != Screen::none) screen_ = std::make_unique<SafeScreen>(*buffer_, screen);
  std::streambuf* first = screen_ ? static_cast<std::streambuf*>(screen_.get()) : buffer_.get();
  stream_ = std::make_unique<std::ostream>(first);
  // Lets the buffer's own exceptions through, which say what went wrong.
  stream_->exceptions(std::ios::badbit);
}

OutFile::~OutFile() {
  if (temporary_.empty()) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
  remove_on_signal({});
}

void OutFile::finish() {
  stream_->flush();
  if (temporary_.empty()) return;
  if (::fsync(descriptor_) != 0) fail("cannot write", target_.string());
  const unsigned flags = force_ ? 0U : static_cast<unsigned>(RENAME_NOREPLACE);
  int result = ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), flags);
  // Some file systems know no exclusive rename; the check before is then all there is.
  if (result != 0 && (errno == EINVAL || errno == ENOSYS)) result = std::rename(temporary_.c_str(), target_.c_str());
  if (result != 0 && errno == EEXIST) throw UsageError(fmt::format("{} exists; --force replaces it", target_.string()));
  if (result != 0) fail("cannot write", target_.string());
  ::close(descriptor_);
  temporary_.clear();
  remove_on_signal({});
  sync_folder(target_.parent_path());
}

}  // namespace chokepoint::cli
