#include "out_file.hpp"

#include "chokepoint/support/error.hpp"
#include "signals.hpp"
#include "test_hold.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace chokepoint::cli {

namespace {

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

[[noreturn]] void fail(const std::string& what, const std::string& name) {
  const int code = errno;
  throw IoError(fmt::format("{} {}: {}", what, name, std::strerror(code)));
}

}  // namespace

std::filesystem::path resolved(const std::string& path) {
  std::error_code ignored;
  const auto real = std::filesystem::weakly_canonical(path, ignored);
  return ignored || real.empty() ? std::filesystem::path(path) : real;
}

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
  if (::stat(path.c_str(), &status) != 0) {
    if (::lstat(path.c_str(), &status) == 0 && !force)
      throw UsageError(fmt::format("{} is a link to a file that is not there; --force replaces it", path));
    return;
  }
  if (!S_ISREG(status.st_mode)) throw UsageError(fmt::format("{} is no regular file; leave out -o to print", path));
  if (!force) throw UsageError(fmt::format("{} exists; --force replaces it", path));
}

OutFile::OutFile(const std::string& path, bool force, Screen screen) : force_(force) {
  if (!is_standard_output(path)) {
    check_output(path, force);
    {
      const DelaySignals delay;
      file_ = std::make_unique<AsideFile>(resolved(path));
      remove_on_signal(file_->name());
    }
    hold_for_test("output");
  }
  buffer_ =
      std::make_unique<DescriptorBuffer>(file_ ? file_->descriptor() : STDOUT_FILENO, file_ ? path : "standard output");
  if (screen != Screen::none) screen_ = std::make_unique<SafeScreen>(*buffer_, screen);
  std::streambuf* first = screen_ ? static_cast<std::streambuf*>(screen_.get()) : buffer_.get();
  stream_ = std::make_unique<std::ostream>(first);
  // Lets the buffer's own exceptions through, which say what went wrong.
  stream_->exceptions(std::ios::badbit);
}

OutFile::~OutFile() { drop(); }

void OutFile::drop() {
  if (!file_) return;
  const DelaySignals delay;
  file_.reset();
  remove_on_signal({});
}

void OutFile::finish() { put_in_place(false); }
void OutFile::finish_last() { put_in_place(true); }

void OutFile::put_in_place(bool is_last) {
  stream_->flush();
  if (!file_) return;
  {
    const DelaySignals delay;
    if (!file_->put_in_place(force_ ? AsideFile::Existing::replaced : AsideFile::Existing::kept))
      throw UsageError(fmt::format("{} exists; --force replaces it", file_->target().string()));
    if (is_last) pass_over_signals();
  }
  drop();
}

}  // namespace chokepoint::cli
