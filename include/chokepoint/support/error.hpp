#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint {

/// What the process exit code says about a failure (design: command line, exit codes).
enum class ErrorKind : std::uint8_t {
  usage,      ///< 2: wrong arguments, ambiguous name, output exists
  bad_data,   ///< 3: malformed input; foreign, future or damaged database
  not_found,  ///< 4: an unknown node, or a file that is not there
  io,         ///< 5: reading or writing failed, database locked, disk full
};

/// A broken world: file, database, data or arguments. The message says what, where and what to try, and is
/// one line of plain text; text that came from data in it is NOT yet escaped for a terminal.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

/// Wrong arguments.
class UsageError : public Error {
 public:
  explicit UsageError(const std::string& message) : Error(ErrorKind::usage, message) {}
};

/// A node that is not in the graph, or a file that is not there. `candidates` are ids worth trying, best first.
class NotFoundError : public Error {
 public:
  explicit NotFoundError(const std::string& message, std::vector<std::string> suggested = {})
      : Error(ErrorKind::not_found, message), candidates(std::move(suggested)) {}
  std::vector<std::string> candidates;
};

/// The ontology is not valid, or data contradicts it.
class SchemaError : public Error {
 public:
  explicit SchemaError(const std::string& message) : Error(ErrorKind::bad_data, message) {}
};

/// SQLite failed; `sqlite_code` is its extended result code.
class StoreError : public Error {
 public:
  StoreError(ErrorKind kind, const std::string& message, int code = 0) : Error(kind, message), sqlite_code(code) {}
  int sqlite_code;
};

/// Reading or writing a file failed.
class IoError : public Error {
 public:
  explicit IoError(const std::string& message) : Error(ErrorKind::io, message) {}
};

/// One thing wrong with an input, where it is.
struct Problem {
  std::string file;         ///< as the user named it; "-" is standard input
  std::uint64_t line = 0;   ///< 1-based; 0 where no line applies
  std::string record;       ///< `node us`, `edge a -requires-> b`; empty where unknown
  std::string message;      ///< what, and what to try
  std::uint64_t alike = 0;  ///< how many further problems of its kind are counted and not listed
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// A refused input: the first three problems of each kind (1,000 at most are listed, all are counted). Nothing was
/// changed.
class IngestError : public Error {
 public:
  IngestError(const std::string& message, std::vector<Problem> found, std::uint64_t all)
      : Error(ErrorKind::bad_data, message), problems(std::move(found)), total(all) {}
  std::vector<Problem> problems;
  std::uint64_t total;
};

}  // namespace chokepoint
