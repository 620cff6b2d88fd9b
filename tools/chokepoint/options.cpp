#include "options.hpp"

#include "split.hpp"

#include <CLI/CLI.hpp>

namespace chokepoint::cli {

namespace {

/// Shows `text` for the value and, where it lists choices, takes only those.
CLI::Option* with_text(CLI::Option* option, const std::string& text) {
  if (text.find('|') != std::string::npos) option->check(CLI::IsMember(split(text, '|')));
  return option->option_text(text);
}

}  // namespace

void Options::argument(const std::string& name, std::string& value, const std::string& description) {
  app_->add_option(name, value, description)->required();
}

void Options::optional_argument(const std::string& name, std::string& value, const std::string& description) {
  app_->add_option(name, value, description);
}

void Options::arguments(const std::string& name, std::vector<std::string>& values, const std::string& description) {
  app_->add_option(name, values, description)->required();
}

void Options::value(const std::string& names, std::string& value, const std::string& description,
                    const std::string& text) {
  with_text(app_->add_option(names, value, description), text);
}

void Options::required_value(const std::string& names, std::string& value, const std::string& description,
                             const std::string& text) {
  with_text(app_->add_option(names, value, description), text)->required();
}

void Options::list(const std::string& names, std::vector<std::string>& values, const std::string& description,
                   const std::string& text) {
  app_->add_option(names, values, description)->delimiter(',')->allow_extra_args(false)->option_text(text);
}

void Options::number(const std::string& names, std::size_t& value, const std::string& description) {
  app_->add_option(names, value, description)->check(CLI::NonNegativeNumber)->option_text("N");
}

void Options::number(const std::string& names, std::optional<std::uint32_t>& value, const std::string& description) {
  app_->add_option(names, value, description)->check(CLI::PositiveNumber)->option_text("N");
}

void Options::number(const std::string& names, std::optional<double>& value, const std::string& description,
                     const std::string& text) {
  app_->add_option(names, value, description)->option_text(text);
}

void Options::flag(const std::string& names, bool& value, const std::string& description) {
  app_->add_flag_callback(
      names, [&value] { value = true; }, description);
}

void Options::unset(const std::string& names, bool& value, const std::string& description) {
  app_->add_flag_callback(
      names, [&value] { value = false; }, description);
}

void Options::sources_flag(bool& with_sources) { flag("--sources", with_sources, "Show the citations of every fact"); }

void Options::walk_options(std::vector<std::string>& edge_types, bool& soft, bool& asked) {
  list("--edge-type", edge_types, "Walk only these edge types", "TYPE");
  unset("--hard", soft, "Leave out what is listed but never needed");
  flag("--asked", asked, "Also what counts only when asked for, such as substitutes");
}

void Options::view_options(ViewParams& view) {
  list("--include", view.include, "Use facts of this status too: forecast, planned, recommended", "STATUS");
  flag("--bridge", view.derived, "Use derived edges too");
  number("--min-confidence", view.min_confidence, "Leave out facts that state a lower confidence", "0..1");
  list("--without-source", view.without_sources, "Leave out facts that rest on this source alone", "ID");
}

}  // namespace chokepoint::cli
