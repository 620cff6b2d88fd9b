// Preloaded into a program, notes everything that reaches the files of one folder: what is written to them, when they
// and the folder are synced, which names they get and lose. From that log power_loss.py builds what a power cut may
// leave.
//
//   POWER_ROOT   the folder, without a slash at its end
//   POWER_LOG    the log: for each operation a line `kind inode offset size name [name]`, names percent-encoded,
//   followed
//                by `size` bytes where it is a write (W)
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

namespace {

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::mutex mutex;
int log_descriptor = -1;
std::string root;

using Open = int (*)(const char*, int, ...);
using OpenAt = int (*)(int, const char*, int, ...);
using Write = ssize_t (*)(int, const void*, size_t);

void prepare() {
  static const bool done = [] {
    const char* name = std::getenv("POWER_LOG");
    const char* folder = std::getenv("POWER_ROOT");
    if (name == nullptr || folder == nullptr) return false;
    root = std::string(folder) + "/";
    log_descriptor = next<Open>("open64")(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    return true;
  }();
  static_cast<void>(done);
}

std::string encoded(const std::string& name) {
  std::string text;
  for (const char c : name) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(c));
    text += c > ' ' && c < 127 && c != '%' ? std::string(1, c) : std::string(code);
  }
  return text.empty() ? "-" : text;
}

/// The path of a descriptor, as the system knows it.
std::string path_of(int descriptor) {
  char link[64], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t size = readlink(link, path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

std::string absolute(int folder, const char* name) {
  if (name[0] == '/') return name;
  if (folder != AT_FDCWD) return path_of(folder) + "/" + name;
  char here[4096];
  return getcwd(here, sizeof here) == nullptr ? name : std::string(here) + "/" + name;
}

std::string in_root(const std::string& path) {
  prepare();
  return log_descriptor >= 0 && path.starts_with(root) ? path.substr(root.size()) : std::string();
}

unsigned long long inode_of(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

unsigned long long inode_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

void note(char kind, unsigned long long inode, unsigned long long offset, const void* bytes, std::size_t size,
          const std::string& name, const std::string& other = {}) {
  const std::lock_guard<std::mutex> lock(mutex);
  char head[96];
  std::snprintf(head, sizeof head, "%c %llu %llu %zu ", kind, inode, offset, size);
  std::string line = head + encoded(name) + " " + encoded(other) + "\n";
  if (bytes != nullptr) line.append(static_cast<const char*>(bytes), size);
  static const auto write_it = next<Write>("write");
  for (std::size_t at = 0; at < line.size();) {
    const ssize_t written = write_it(log_descriptor, line.data() + at, line.size() - at);
    if (written <= 0) std::abort();
    at += static_cast<std::size_t>(written);
  }
}

bool is_ours(int descriptor) {
  prepare();
  return log_descriptor >= 0 && path_of(descriptor).starts_with(root);
}

bool exists(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

int opened(int descriptor, const std::string& path, bool was_there, int flags) {
  if (descriptor < 0 || (flags & O_CREAT) == 0 || (flags & O_TMPFILE) == O_TMPFILE) {
    // A file without a name is noted when it gets one.
  } else if (const std::string name = in_root(path); !name.empty() && !was_there) {
    note('C', inode_of(descriptor), 0, nullptr, 0, name);
  }
  if (descriptor >= 0 && (flags & O_TRUNC) != 0 && is_ours(descriptor))
    note('T', inode_of(descriptor), 0, nullptr, 0, "");
  return descriptor;
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

#define POWER_OPEN(function)                                         \
  int function(const char* path, int flags, ...) {                   \
    va_list arguments;                                               \
    va_start(arguments, flags);                                      \
    const mode_t mode = mode_of(flags, arguments);                   \
    va_end(arguments);                                               \
    const std::string whole = absolute(AT_FDCWD, path);              \
    const bool was_there = exists(whole);                            \
    static const auto call = next<Open>(#function);                  \
    return opened(call(path, flags, mode), whole, was_there, flags); \
  }
POWER_OPEN(open)
POWER_OPEN(open64)

#define POWER_OPENAT(function)                                               \
  int function(int folder, const char* path, int flags, ...) {               \
    va_list arguments;                                                       \
    va_start(arguments, flags);                                              \
    const mode_t mode = mode_of(flags, arguments);                           \
    va_end(arguments);                                                       \
    const std::string whole = absolute(folder, path);                        \
    const bool was_there = exists(whole);                                    \
    static const auto call = next<OpenAt>(#function);                        \
    return opened(call(folder, path, flags, mode), whole, was_there, flags); \
  }
POWER_OPENAT(openat)
POWER_OPENAT(openat64)

#define POWER_MKOSTEMP(function)                                         \
  int function(char* name, int flags) {                                  \
    static const auto call = next<int (*)(char*, int)>(#function);       \
    const int descriptor = call(name, flags);                            \
    return opened(descriptor, absolute(AT_FDCWD, name), false, O_CREAT); \
  }
POWER_MKOSTEMP(mkostemp)
POWER_MKOSTEMP(mkostemp64)

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static const auto call = next<Write>("write");
  const bool ours = is_ours(descriptor);
  const off_t at = ours ? lseek(descriptor, 0, SEEK_CUR) : 0;
  const ssize_t written = call(descriptor, bytes, size);
  if (ours && written > 0)
    note('W', inode_of(descriptor), static_cast<unsigned long long>(at), bytes, static_cast<std::size_t>(written), "");
  return written;
}

#define POWER_PWRITE(function, offset_type)                                                       \
  ssize_t function(int descriptor, const void* bytes, size_t size, offset_type offset) {          \
    static const auto call = next<ssize_t (*)(int, const void*, size_t, offset_type)>(#function); \
    const ssize_t written = call(descriptor, bytes, size, offset);                                \
    if (written > 0 && is_ours(descriptor))                                                       \
      note('W', inode_of(descriptor), static_cast<unsigned long long>(offset), bytes,             \
           static_cast<std::size_t>(written), "");                                                \
    return written;                                                                               \
  }
POWER_PWRITE(pwrite, off_t)
POWER_PWRITE(pwrite64, off64_t)

#define POWER_TRUNCATE(function, offset_type)                                                 \
  int function(int descriptor, offset_type size) noexcept {                                   \
    static const auto call = next<int (*)(int, offset_type)>(#function);                      \
    const int result = call(descriptor, size);                                                \
    if (result == 0 && is_ours(descriptor))                                                   \
      note('T', inode_of(descriptor), static_cast<unsigned long long>(size), nullptr, 0, ""); \
    return result;                                                                            \
  }
POWER_TRUNCATE(ftruncate, off_t)
POWER_TRUNCATE(ftruncate64, off64_t)

#define POWER_SYNC(function)                                             \
  int function(int descriptor) {                                         \
    static const auto call = next<int (*)(int)>(#function);              \
    const int result = call(descriptor);                                 \
    if (result == 0 && (path_of(descriptor) + "/" == (prepare(), root))) \
      note('D', 0, 0, nullptr, 0, "");                                   \
    else if (result == 0 && is_ours(descriptor))                         \
      note('S', inode_of(descriptor), 0, nullptr, 0, "");                \
    return result;                                                       \
  }
POWER_SYNC(fsync)
POWER_SYNC(fdatasync)

int unlink(const char* path) noexcept {
  static const auto call = next<int (*)(const char*)>("unlink");
  const std::string name = in_root(absolute(AT_FDCWD, path));
  const int result = call(path);
  if (result == 0 && !name.empty()) note('U', 0, 0, nullptr, 0, name);
  return result;
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  static const auto call = next<int (*)(int, const char*, int)>("unlinkat");
  const std::string name = in_root(absolute(folder, path));
  const int result = call(folder, path, flags);
  if (result == 0 && !name.empty()) note('U', 0, 0, nullptr, 0, name);
  return result;
}

int remove(const char* path) noexcept {
  static const auto call = next<int (*)(const char*)>("remove");
  const std::string name = in_root(absolute(AT_FDCWD, path));
  const int result = call(path);
  if (result == 0 && !name.empty()) note('U', 0, 0, nullptr, 0, name);
  return result;
}

int rename(const char* from, const char* to) noexcept {
  static const auto call = next<int (*)(const char*, const char*)>("rename");
  const std::string a = in_root(absolute(AT_FDCWD, from)), b = in_root(absolute(AT_FDCWD, to));
  const int result = call(from, to);
  if (result == 0 && !b.empty()) note('R', 0, 0, nullptr, 0, a, b);
  return result;
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  static const auto call = next<int (*)(int, const char*, int, const char*, unsigned)>("renameat2");
  const std::string a = in_root(absolute(from_folder, from)), b = in_root(absolute(to_folder, to));
  const int result = call(from_folder, from, to_folder, to, flags);
  if (result == 0 && !b.empty()) note('R', 0, 0, nullptr, 0, a, b);
  return result;
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  static const auto call = next<int (*)(int, const char*, int, const char*, int)>("linkat");
  const std::string target = absolute(to_folder, to), name = in_root(target);
  const int result = call(from_folder, from, to_folder, to, flags);
  if (result == 0 && !name.empty()) note('L', inode_of(target), 0, nullptr, 0, name);
  return result;
}

}  // extern "C"
