#include "ingest/input_file.hpp"

#include "chokepoint/model/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace chokepoint::detail {

namespace {

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return extension;
}

/// Standard input can be read once only; two passes need a copy. `tmpfile` leaves no name behind.
std::FILE* spool_standard_input() {
  std::FILE* copy = std::tmpfile();
  if (copy == nullptr) throw IoError(fmt::format("no temporary file for standard input: {}", std::strerror(errno)));
  std::array<char, 65536> buffer{};
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), stdin)) > 0;) {
    if (std::fwrite(buffer.data(), 1, got, copy) != got) {
      const int why = errno;
      std::fclose(copy);
      throw IoError(fmt::format("copying standard input: {}", std::strerror(why)));
    }
  }
  std::rewind(copy);
  return copy;
}

}  // namespace

InputFile::InputFile(const std::filesystem::path& name) : name_(name.string()) {
  if (name == "-") {
    file_.reset(spool_standard_input());
    std::fseek(file_.get(), 0, SEEK_END);
    size_ = static_cast<std::uint64_t>(std::max(0L, std::ftell(file_.get())));
    std::rewind(file_.get());
    return;
  }
  std::error_code failed;
  const auto status = std::filesystem::status(name, failed);
  if (!std::filesystem::exists(status)) throw NotFoundError(fmt::format("{}: no such file", name_));
  // A FIFO or device could block for ever or never end; a folder inside a folder is not a dataset file.
  if (!std::filesystem::is_regular_file(status)) throw UsageError(fmt::format("{}: not a regular file", name_));
  file_.reset(std::fopen(name.c_str(), "rb"));
  if (!file_) throw IoError(fmt::format("{}: {}", name_, std::strerror(errno)));
  size_ = std::filesystem::file_size(name, failed);
}

InputFile::InputFile(std::string name, std::string_view text) : name_(std::move(name)), size_(text.size()) {
  // Opened for reading, the buffer is never written through.
  file_.reset(fmemopen(const_cast<char*>(text.data()), text.size(), "rb"));
  if (!file_) throw IoError(fmt::format("{}: {}", name_, std::strerror(errno)));
}

bool InputFile::says_lines() const {
  const std::string extension = lower_extension(name_);
  return extension == ".jsonl" || extension == ".ndjson";
}

std::size_t InputFile::read(char* buffer, std::size_t bytes) {
  const std::size_t got = std::fread(buffer, 1, bytes, file_.get());
  if (got == 0 && std::ferror(file_.get()) != 0) throw IoError(fmt::format("{}: {}", name_, std::strerror(errno)));
  return got;
}

void InputFile::rewind() { std::rewind(file_.get()); }

std::vector<std::filesystem::path> expand_inputs(const std::vector<std::filesystem::path>& inputs) {
  std::vector<std::filesystem::path> files;
  for (const auto& input : inputs) {
    std::error_code failed;
    if (input == "-" || !std::filesystem::is_directory(input, failed)) {
      files.push_back(input);
      continue;
    }
    std::vector<std::filesystem::path> inside;
    for (const auto& entry : std::filesystem::directory_iterator(input, failed)) {
      const std::string extension = lower_extension(entry.path());
      if (extension == ".json" || extension == ".jsonl" || extension == ".ndjson") inside.push_back(entry.path());
    }
    if (failed) throw IoError(fmt::format("{}: {}", input.string(), failed.message()));
    if (inside.empty()) throw UsageError(fmt::format("{}: holds no .json or .jsonl file", input.string()));
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

}  // namespace chokepoint::detail
