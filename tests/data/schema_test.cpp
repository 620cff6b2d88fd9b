// The JSON Schemas as RapidJSON reads them; tests/data/bad_records.py holds them against another validator and sees to
// it that no keyword goes untested.
#include "model/rapidjson_config.hpp"
#include "tests/support/bad_records.hpp"
#include "tests/support/support.hpp"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

namespace chokepoint {
namespace {

/// The schemas of data/schema/, which refer to each other by file name.
class Schemas : public rapidjson::IRemoteSchemaDocumentProvider {
 public:
  /// RapidJSON 1.1 states a length that is one too short, so the name is read up to its `#`.
  const rapidjson::SchemaDocument* GetRemoteDocument(const char* uri, rapidjson::SizeType /*length*/) override {
    return &get(std::string(uri, std::strcspn(uri, "#")));
  }

  const rapidjson::SchemaDocument& get(const std::string& name) {
    auto& schema = by_name_[name];
    if (schema) return *schema;
    std::ifstream in(test::source_dir() / "data/schema" / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    EXPECT_FALSE(document.HasParseError()) << name;
    schema = std::make_unique<rapidjson::SchemaDocument>(document, this);
    return *schema;
  }

  bool accepts(const std::string& name, const std::string& text) {
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    EXPECT_FALSE(document.HasParseError()) << text;
    rapidjson::SchemaValidator validator(get(name));
    return document.Accept(validator) && validator.IsValid();
  }

 private:
  std::map<std::string, std::unique_ptr<rapidjson::SchemaDocument>> by_name_;
};

TEST(JsonSchemas, AcceptEveryValidSample) {
  Schemas schemas;
  const auto samples = test::valid_samples();
  EXPECT_GE(samples.size(), 3U);
  for (const auto& sample : samples) EXPECT_TRUE(schemas.accepts(sample.schema, sample.text)) << sample.name;
}

TEST(JsonSchemas, RefuseOneBadRecordPerKeyword) {
  Schemas schemas;
  const auto records = test::bad_records();
  EXPECT_GE(records.size(), 100U);
  for (const auto& record : records)
    EXPECT_FALSE(schemas.accepts(record.schema, record.text))
        << record.sample << record.at << " breaks " << record.keyword;
}

}  // namespace
}  // namespace chokepoint
