#include "export/graphviz.hpp"

#include "chokepoint/export/graph_document.hpp"
#include "chokepoint/model/error.hpp"
#include "export/dot_picture.hpp"
#include "export/map_svg.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sstream>

extern char** environ;

namespace chokepoint {

namespace detail {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void fail(const std::string& what) { throw IoError(what + ": " + std::strerror(errno)); }

/// A nameless temporary file. The program reads and writes files and not pipes, so that neither side can wait for the
/// other, and a program that ends early raises no SIGPIPE here.
File temporary_file() {
  File file(std::tmpfile());
  if (file == nullptr) fail("cannot make a temporary file");
  fcntl(fileno(file.get()), F_SETFD, FD_CLOEXEC);
  return file;
}

std::string whole(std::FILE* file) {
  std::string text;
  std::rewind(file);
  std::array<char, 65536> piece;
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), file)) > 0;)
    text.append(piece.data(), got);
  if (std::ferror(file) != 0) fail("cannot read a temporary file");
  return text;
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  void redirect(std::FILE* file, int descriptor) {
    posix_spawn_file_actions_adddup2(&actions_, fileno(file), descriptor);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

}  // namespace

ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          std::string_view input) {
  const File in = temporary_file(), out = temporary_file(), errors = temporary_file();
  if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() || std::fflush(in.get()) != 0)
    fail("cannot write a temporary file");
  std::rewind(in.get());
  SpawnActions actions;
  actions.redirect(in.get(), STDIN_FILENO);
  actions.redirect(out.get(), STDOUT_FILENO);
  actions.redirect(errors.get(), STDERR_FILENO);
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  const int refused = posix_spawnp(&child, program.c_str(), actions.get(), nullptr, pointers.data(), environ);
  if (refused == ENOENT || refused == ENOTDIR) throw NotFoundError(program + " is not on PATH");
  if (refused != 0) throw IoError("cannot start " + program + ": " + std::strerror(refused));
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) fail("cannot wait for " + program);
  ProgramResult result;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.output = whole(out.get());
  result.errors = whole(errors.get());
  return result;
}

}  // namespace detail

namespace {

/// Above this Graphviz's layered layout takes minutes; our own positions are then used as they are.
constexpr std::size_t most_layered_edges = 400;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

ExportWarnings write_picture(const GraphDocument& document, PictureFormat format, std::ostream& out) {
  const bool large = document.edges.size() > most_layered_edges || document.nodes.size() > most_layered_edges;
  if (large && format == PictureFormat::svg) return detail::write_map(document, out);
  std::ostringstream dot;
  const detail::DotStyle style = large ? detail::DotStyle::map : detail::DotStyle::drawing;
  ExportWarnings warnings = detail::write_dot(document, style, dot);
  std::vector<std::string> arguments = {format == PictureFormat::svg ? "-Tsvg" : "-Tpng"};
  if (large) arguments.insert(arguments.end(), {"-Kneato", "-n2"});
  detail::ProgramResult result;
  try {
    result = detail::run_program("dot", arguments, dot.str());
  } catch (const NotFoundError&) {
    throw IoError(
        "SVG and PNG are drawn by Graphviz, whose program `dot` is not on PATH; install it (Debian, Ubuntu: "
        "apt install graphviz) or export DOT, GraphML or GEXF instead");
  }
  if (result.status != 0 || result.output.empty())
    throw IoError("Graphviz failed (exit code " + std::to_string(result.status) + "): " + first_line(result.errors));
  out.write(result.output.data(), static_cast<std::streamsize>(result.output.size()));
  return warnings;
}

}  // namespace chokepoint
