#include "tests/support/bad_records.hpp"

#include "model/rapidjson_config.hpp"
#include "tests/support/support.hpp"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace chokepoint::test {

namespace {

const std::filesystem::path& data_dir() {
  static const std::filesystem::path path = source_dir() / "tests/data";
  return path;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (document.HasParseError()) throw std::runtime_error("no JSON: " + text.substr(0, 80));
  return document;
}

std::string changed(const Sample& sample, const rapidjson::Value& row) {
  rapidjson::Document document = parsed(sample.text);
  const rapidjson::Pointer place(row["at"].GetString());
  if (row.HasMember("value"))
    place.Set(document, row["value"], document.GetAllocator());
  else
    place.Erase(document);
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  document.Accept(writer);
  return out.GetString();
}

}  // namespace

std::vector<Sample> valid_samples() {
  std::vector<Sample> samples;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir() / "samples")) {
    const std::string name = entry.path().filename().string();
    const std::string schema = name.substr(0, name.find('.')) + ".schema.json";
    if (entry.path().extension() != ".jsonl") {
      samples.push_back({name, schema, read(entry.path())});
      continue;
    }
    std::istringstream lines(read(entry.path()));
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number)
      samples.push_back({name + "#" + std::to_string(number), schema, line});
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return samples;
}

std::vector<BadRecord> bad_records() {
  const std::vector<Sample> samples = valid_samples();
  const rapidjson::Document table = parsed(read(data_dir() / "bad_records.json"));
  std::vector<BadRecord> records;
  for (const auto& row : table.GetArray()) {
    const std::string name = row["sample"].GetString();
    const auto sample = std::find_if(samples.begin(), samples.end(), [&](const Sample& s) { return s.name == name; });
    if (sample == samples.end()) throw std::runtime_error("no sample " + name);
    records.push_back(
        {row["schema"].GetString(), row["keyword"].GetString(), name, row["at"].GetString(), changed(*sample, row)});
  }
  return records;
}

}  // namespace chokepoint::test
