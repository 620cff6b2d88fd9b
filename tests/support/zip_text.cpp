#include "tests/support/zip_text.hpp"

#include <cstdint>
#include <string_view>

namespace chokepoint::test {

namespace {

std::uint32_t crc_of(std::string_view text) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

std::string little(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (; text.size() < bytes; value >>= 8U) text.push_back(static_cast<char>(value & 0xFFU));
  return text;
}

/// What the header of an entry and the list at the end have in common.
std::string common_header(const std::string& name, const std::string& text) {
  return little(20, 2) + little(0, 8) + little(crc_of(text), 4) + little(text.size(), 4) + little(text.size(), 4) +
         little(name.size(), 2) + little(0, 2);
}

}  // namespace

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string zip, list;
  for (const auto& [name, text] : entries) {
    list += "PK\x01\x02" + little(20, 2) + common_header(name, text) + little(0, 10) + little(zip.size(), 4) + name;
    zip += "PK\x03\x04" + common_header(name, text) + name + text;
  }
  const std::string end = little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2) +
                          little(list.size(), 4) + little(zip.size(), 4) + little(0, 2);
  return zip + list + "PK\x05\x06" + end;
}

std::string gzip_of(const std::string& text) {
  constexpr std::size_t most = 0xFFFF;
  std::string packed = "\x1F\x8B\x08" + little(0, 6) + "\xFF";
  std::string_view rest = text;
  do {
    const std::string_view block = rest.substr(0, most);
    rest.remove_prefix(block.size());
    packed += little(rest.empty() ? 1 : 0, 1) + little(block.size(), 2) + little(~block.size(), 2) + std::string(block);
  } while (!rest.empty());
  return packed + little(crc_of(text), 4) + little(text.size(), 4);
}

}  // namespace chokepoint::test
