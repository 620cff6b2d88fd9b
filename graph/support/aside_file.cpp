#include "chokepoint/support/aside_file.hpp"

#include "chokepoint/support/error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace chokepoint {

namespace {

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// The name of a descriptor, by which a nameless file is given one.
std::string path_of(int descriptor) { return fmt::format("/proc/self/fd/{}", descriptor); }

/// A new file without a name, or -1 where there are no such files or they could not be named.
int nameless_file(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0) return -1;
  struct stat seen {};
  if (::stat(path_of(descriptor).c_str(), &seen) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

/// While one lives, signals wait: nothing ends the program between giving a file a name and putting it in its place.
class DelayedSignals {
 public:
  DelayedSignals() : before_{} {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~DelayedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  DelayedSignals(const DelayedSignals&) = delete;
  DelayedSignals& operator=(const DelayedSignals&) = delete;

 private:
  sigset_t before_;
};

/// What a name beside a file begins with.
std::string hidden_name(const std::filesystem::path& file) {
  return (file.parent_path() / ("." + file.filename().string() + ".")).string();
}

}  // namespace

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

AsideFile::AsideFile(std::filesystem::path target)
    : target_(std::move(target)), descriptor_(nameless_file(folder_of(target_))) {
  if (descriptor_ >= 0) return;
  name_ = hidden_name(target_) + "XXXXXX";
  descriptor_ = ::mkostemp(name_.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    name_.clear();
    fail();
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor_, 0666 & ~mask);
}

AsideFile::~AsideFile() {
  close();
  if (!name_.empty()) ::unlink(name_.c_str());
}

void AsideFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void AsideFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Only what has a name can be put over another file.
void AsideFile::take_a_name() {
  for (unsigned number = 0;; ++number) {
    std::string name = hidden_name(target_) + fmt::format("{}-{}", ::getpid(), number);
    if (::linkat(AT_FDCWD, path_of(descriptor_).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      name_ = std::move(name);
      return;
    }
    if (errno != EEXIST) fail();
  }
}

/// @return whether its name is that of the target now, which nothing had
bool AsideFile::take_free_place() {
  int result = 0;
  if (name_.empty()) {
    result = ::linkat(AT_FDCWD, path_of(descriptor_).c_str(), AT_FDCWD, target_.c_str(), AT_SYMLINK_FOLLOW);
  } else {
    result = ::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE);
    // Some file systems know no exclusive rename; what was looked at before is then all there is.
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) result = std::rename(name_.c_str(), target_.c_str());
  }
  if (result == 0) name_.clear();
  if (result != 0 && errno != EEXIST) fail();
  return result == 0;
}

bool AsideFile::put_in_place(Existing existing) {
  if (::fsync(descriptor_) != 0) fail();
  const DelayedSignals delay;
  if (!take_free_place()) {
    if (existing == Existing::kept) return false;
    if (name_.empty()) take_a_name();
    if (std::rename(name_.c_str(), target_.c_str()) != 0) fail();
    name_.clear();
  }
  close();
  sync_folder(folder_of(target_));
  return true;
}

void AsideFile::fail() const {
  const int code = errno;
  throw IoError("cannot write " + target_.string() + ": " + std::strerror(code));
}

}  // namespace chokepoint
