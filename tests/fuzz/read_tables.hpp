#pragma once

#include "chokepoint/support/error.hpp"
#include "ingest/formats/formats.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>
#include <string_view>

namespace chokepoint::fuzz {

/// Reads a text as one format after the other, whatever it looks like. What is read has rows of the columns it says;
/// what is refused is refused with a problem.
inline void read_as(std::string_view text, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const detail::Format* format = detail::find_format(name);
    require(format != nullptr);
    try {
      detail::InputFile file("fuzzed", text);
      std::string head;
      detail::recognise_format(detail::read_head(file, head));
      detail::TableSet tables;
      format->read(file, {}, tables);
      for (const auto& table : tables.tables) {
        const auto rows = table->rows({});
        for (detail::FlatRow row; rows->next(row);) require(row.values.size() == table->columns().size());
      }
    } catch (const IngestError& error) {
      require(!error.problems.empty() && !error.problems.front().message.empty());
    } catch (const UsageError&) {
      // An encoding that an XML declaration names and nobody knows.
    }
  }
}

}  // namespace chokepoint::fuzz
