#pragma once

#include "chokepoint/query/ground.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace chokepoint::cli {

inline constexpr const char* data_group = "Data";
inline constexpr const char* look_up_group = "Look up";
inline constexpr const char* dependency_group = "Dependencies";
inline constexpr const char* chokepoint_group = "Chokepoints";
inline constexpr const char* integration_group = "Integration";

/// A command's options: the few shapes that ours have. Every value that is referred to must outlive the parsing.
/// `names` are as CLI11 takes them (`-k,--count`); `text` is what --help shows for the value, and where it lists
/// choices (`a|b`), nothing else is accepted. CLI11 itself stays behind this, which keeps the commands quick to
/// compile.
class Options {
 public:
  explicit Options(CLI::App& app) : app_(&app) {}

  /// A required word. @param name  in capitals, as the usage line shows it
  void argument(const std::string& name, std::string& value, const std::string& description);
  void optional_argument(const std::string& name, std::string& value, const std::string& description);
  /// One word or more.
  void arguments(const std::string& name, std::vector<std::string>& values, const std::string& description);

  void value(const std::string& names, std::string& value, const std::string& description, const std::string& text);
  void required_value(const std::string& names, std::string& value, const std::string& description,
                      const std::string& text);
  /// Takes one value each time it is named (`--type firm --type chip`), or several with commas.
  void list(const std::string& names, std::vector<std::string>& values, const std::string& description,
            const std::string& text);
  /// The same, of texts that may hold commas: names of columns.
  void texts(const std::string& names, std::vector<std::string>& values, const std::string& description,
             const std::string& text);
  void number(const std::string& names, std::size_t& value, const std::string& description);
  /// At least 1.
  void number(const std::string& names, std::optional<std::uint32_t>& value, const std::string& description);
  void number(const std::string& names, std::optional<double>& value, const std::string& description,
              const std::string& text);
  void flag(const std::string& names, bool& value, const std::string& description);
  /// A flag that is no longer there: not listed, and a usage error that says why.
  void refused(const std::string& names, const std::string& why);
  /// A flag that makes `value` false.
  void unset(const std::string& names, bool& value, const std::string& description);

  /// `--sources`: citations in the tables.
  void sources_flag(bool& with_sources);
  /// Which dependencies are walked: --edge-type, --hard, --asked.
  void walk_options(std::vector<std::string>& edge_types, bool& soft, bool& asked);
  /// Which facts an analysis uses: --include, --bridge, --min-confidence, --without-source.
  void view_options(ViewParams& view);

 private:
  CLI::App* app_;
};

}  // namespace chokepoint::cli
