#include "ingest/formats/dot_walk.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/formats/graph_tables.hpp"
#include "ingest/formats/plain_text.hpp"
#include "support/child_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <string_view>

namespace chokepoint::detail {

namespace {

constexpr const char* walk_program = R"gvpr(
BEGIN {
  graph_t todo[int];
  graph_t s;
  node_t n;
  int count;
  string q(string t) { return gsub(gsub(gsub(gsub(t, "%", "%25"), "\n", "%0A"), "\r", "%0D"), "\t", "%09"); }
  void fields(graph_t g, string kind, obj_t o) {
    string a = fstAttr(g, kind);
    while (a != "") {
      if (aget(o, a) != "") printf("\t%s\t%s", q(a), q(aget(o, a)));
      a = nxtAttr(g, kind, a);
    }
    printf("\n");
  }
}
BEG_G {
  printf("G\t%d\t%s\t%s\n", isDirect($G), q($G.name), hasAttr($G, "label") ? q(aget($G, "label")) : "");
  count = 1;
  todo[0] = $G;
  while (count > 0) {
    count = count - 1;
    for (s = fstsubg(todo[count]); s; s = nxtsubg(s)) {
      todo[count] = s;
      count = count + 1;
      if (index(s.name, "cluster") == 0) {
        printf("C\t%s\t%s\n", q(s.name), hasAttr(s, "label") ? q(aget(s, "label")) : "");
        for (n = fstnode(s); n; n = nxtnode_sg(s, n)) printf("M\t%s\n", q(n.name));
      }
    }
  }
}
N { printf("N\t%s", q($.name)); fields($G, "N", $); }
E { printf("E\t%s\t%s\t%s", q($.tail.name), q($.head.name), q($.name)); fields($G, "E", $); }
)gvpr";

constexpr std::chrono::seconds longest_walk{900};
constexpr std::uint64_t most_walk_output = std::uint64_t{64} << 30U;

/// What Graphviz may take for a file: it holds some 60 times its bytes (data/FORMATS.md), and 80 in the worst case
/// tried.
std::uint64_t most_walk_memory(std::uint64_t file_bytes) {
  constexpr std::uint64_t least = std::uint64_t{1} << 30U, most = std::uint64_t{16} << 30U, times = 256;
  return file_bytes > most / times ? most : std::max(least, times * file_bytes);
}

StreamFile copy_to_file(InputFile& file, const ReadContext& context) {
  StreamFile copy = temporary_stream();
  std::string part(std::size_t{1} << 18U, '\0');
  std::uint64_t bytes = 0;
  file.rewind();
  for (std::size_t got = 0; (got = file.read(part.data(), part.size())) > 0;) {
    const std::size_t mark = bytes == 0 && std::string_view(part).starts_with("\xEF\xBB\xBF") ? 3 : 0;
    bytes += got;
    if (std::fwrite(part.data() + mark, 1, got - mark, copy.get()) != got - mark)
      throw IoError(fmt::format("{}: writing a temporary copy: {}", file.name(), std::strerror(errno)));
    if (context.on_bytes) context.on_bytes(bytes);
  }
  if (std::fflush(copy.get()) != 0)
    throw IoError(fmt::format("{}: writing a temporary copy: {}", file.name(), std::strerror(errno)));
  std::rewind(copy.get());
  return copy;
}

/// gvpr ends well even of a text that it could not read; only its messages tell.
void check_end(const InputFile& file, const ProgramEnd& end) {
  if (end.timed_out) refuse_at(file, 0, "Graphviz takes too long to read it; give a smaller graph, or GraphML");
  const bool lacks_memory = end.status > 128 || end.errors.find("out of memory") != std::string::npos ||
                            end.errors.find("annot allocate") != std::string::npos;
  if (lacks_memory)
    refuse_at(file, 0,
              fmt::format(
                  "Graphviz, which reads DOT, ended for want of memory (it may take {} MiB); have the graph written as "
                  "GraphML, GML or CSV, which need none of it, or split it",
                  most_walk_memory(file.size()) >> 20U));
  const auto at = end.errors.find("Error: ");
  if (at == std::string::npos && end.status == 0) return;
  std::string why = at == std::string::npos ? end.errors : end.errors.substr(at + std::string_view("Error: ").size());
  why = why.substr(0, why.find('\n'));
  constexpr std::string_view name = "<stdin>: ";
  if (why.starts_with(name)) why.erase(0, name.size());
  std::uint64_t line = 0;
  if (const auto digits = why.find("line "); digits != std::string::npos)
    std::from_chars(why.data() + digits + 5, why.data() + why.size(), line);
  refuse_at(file, line, fmt::format("Graphviz cannot read it: {}", why.empty() ? "no reason given" : why));
}

}  // namespace

void walk_dot(InputFile& file, const ReadContext& context, const std::function<void(const std::string& line)>& take) {
  const StreamFile in = copy_to_file(file, context), out = temporary_stream();
  ProgramEnd end;
  try {
    end = run_filter("gvpr", {walk_program}, in.get(), out.get(),
                     {longest_walk, most_walk_memory(file.size()), most_walk_output});
  } catch (const NotFoundError&) {
    throw IoError(
        fmt::format("{}: DOT is read by Graphviz, whose program gvpr is not on PATH; install it (Debian, "
                    "Ubuntu: apt install graphviz) or save the graph as GraphML",
                    file.name()));
  }
  check_end(file, end);
  std::rewind(out.get());
  std::string line, part(std::size_t{1} << 18U, '\0');
  try {
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), out.get())) > 0;) {
      std::string_view rest = std::string_view(part).substr(0, got);
      for (auto at = rest.find('\n'); at != std::string_view::npos; at = rest.find('\n')) {
        line += rest.substr(0, at);
        take(line);
        line.clear();
        rest.remove_prefix(at + 1);
      }
      line += rest;
    }
  } catch (const UsageError& error) {
    refuse_at(file, 0, error.what());
  }
}

}  // namespace chokepoint::detail
