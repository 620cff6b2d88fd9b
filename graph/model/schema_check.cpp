#include "model/schema_check.hpp"

#include "model/embedded.hpp"
#include "model/json_builder.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <stdexcept>

namespace chokepoint::detail {

std::optional<std::string> schema_violation(std::string_view schema, std::string_view text) {
  const auto schema_text = embedded(schema);
  if (!schema_text) throw std::logic_error(fmt::format("no schema {} was compiled in", schema));
  rapidjson::Document schema_json;
  schema_json.Parse(schema_text->data(), schema_text->size());
  if (schema_json.HasParseError()) throw std::logic_error(fmt::format("the schema {} is no JSON", schema));
  const rapidjson::SchemaDocument document(schema_json);
  rapidjson::SchemaValidator validator(document);
  rapidjson::MemoryStream stream(text.data(), text.size());
  // The flags of our own reader except numbers as text, which a validator could not compare; our reader runs
  // afterwards and applies its limits.
  rapidjson::Reader reader;
  const auto result =
      reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(stream, validator);
  if (!validator.IsValid()) {
    rapidjson::StringBuffer where;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
    const char* keyword = validator.GetInvalidSchemaKeyword();
    return fmt::format("at {}: breaks the rule `{}` of its schema", where.GetString(), keyword ? keyword : "?");
  }
  if (result.IsError()) return fmt::format("byte {}: {}", result.Offset(), json_error_text(result.Code()));
  return std::nullopt;
}

}  // namespace chokepoint::detail
