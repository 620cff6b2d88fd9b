#include "ingest/files/input_file.hpp"

#include "chokepoint/support/error.hpp"
#include "ingest/files/text_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace chokepoint::detail {

namespace {

std::string lower_extension(const std::filesystem::path& path) {
  const auto lower = [](std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
  };
  std::string extension = lower(path.extension().string());
  return extension == ".gz" ? lower(path.stem().extension().string()) : extension;
}

/// Standard input can be read once only; two passes need a copy. `tmpfile` leaves no name behind.
StreamFile spool_standard_input() {
  StreamFile copy = temporary_stream();
  std::array<char, 65536> buffer{};
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), stdin)) > 0;)
    if (std::fwrite(buffer.data(), 1, got, copy.get()) != got)
      throw IoError(fmt::format("copying standard input: {}", std::strerror(errno)));
  if (std::fflush(copy.get()) != 0) throw IoError(fmt::format("copying standard input: {}", std::strerror(errno)));
  std::rewind(copy.get());
  return copy;
}

std::uint64_t size_of(std::FILE* file) {
  std::fseek(file, 0, SEEK_END);
  const long size = std::ftell(file);
  std::rewind(file);
  return static_cast<std::uint64_t>(std::max(0L, size));
}

}  // namespace

InputFile::InputFile(const std::filesystem::path& name, const TextEncoding& encoding) : name_(name.string()) {
  if (name == "-") {
    file_ = spool_standard_input();
    size_ = size_of(file_.get());
    unpack_and_convert(encoding.name);
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
  unpack_and_convert(encoding.name);
}

InputFile::InputFile(std::string name, std::string_view text, const TextEncoding& encoding)
    : name_(std::move(name)), size_(text.size()) {
  // Opened for reading, the buffer is never written through.
  file_.reset(fmemopen(const_cast<char*>(text.data()), text.size(), "rb"));
  if (!file_) throw IoError(fmt::format("{}: {}", name_, std::strerror(errno)));
  unpack_and_convert(encoding.name);
}

void InputFile::unpack_and_convert(const std::string& encoding) {
  const auto head = [&] {
    std::string text(4096, '\0');
    text.resize(read(text.data(), text.size()));
    rewind();
    return text;
  };
  std::string beginning = head();
  was_packed_ = is_gzip(beginning);
  if (was_packed_) {
    file_ = unpack_gzip(file_.get(), name_);
    size_ = size_of(file_.get());
    beginning = head();
  }
  if (is_binary(beginning)) return;
  encoding_ = encoding.empty() ? shown_encoding(beginning) : encoding;
  for (const std::string_view ours : {"utf-8", "UTF-8", "utf8", "UTF8"})
    if (encoding_ == ours) encoding_.clear();
  if (encoding_.empty()) return;
  file_ = convert_text(file_.get(), name_, encoding_);
  size_ = size_of(file_.get());
}

std::string InputFile::extension() const { return lower_extension(name_); }

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

bool InputFile::seek(std::uint64_t at) {
  return at <= size_ && std::fseek(file_.get(), static_cast<long>(at), SEEK_SET) == 0;
}

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
