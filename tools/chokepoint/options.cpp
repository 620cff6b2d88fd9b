#include "options.hpp"

#include "chokepoint/model/text.hpp"
#include "split.hpp"
#include "validators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace chokepoint::cli {

namespace {

/// CLI11 would show a type's name; the argument's own name says enough.
constexpr const char* no_text = " ";

/// Shows `text` for the value and, where it lists choices, takes only those.
CLI::Option* with_text(CLI::Option* option, const std::string& text) {
  option->check(not_empty());
  if (text.find('|') != std::string::npos) option->check(one_of(split(text, '|')));
  return option->option_text(text);
}

/// Whole numbers in ASCII digits, at least `least`.
CLI::Validator whole_number(std::size_t least) {
  return {[least](const std::string& text) {
            std::size_t value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
            const bool is_number = error != std::errc::invalid_argument && end == text.data() + text.size();
            if (is_number && (error == std::errc::result_out_of_range || value > most))
              return fmt::format("\"{}\" is too large; at most {}", text, most);
            return is_number && value >= least ? std::string()
                                               : fmt::format("\"{}\" is no whole number of {} or more", text, least);
          },
          ""};
}

/// Numbers as people write them, with a point: 0.5, 1e-3.
CLI::Validator decimal_number() {
  return {[](const std::string& text) {
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            const bool valid = error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
            return valid ? std::string() : fmt::format("\"{}\" is no number such as 0.5", text);
          },
          ""};
}

/// For what is named by its place among the words.
CLI::Validator not_empty_argument() {
  return {[](const std::string& text) {
            return text.empty() ? std::string("the value is empty; give one") : std::string();
          },
          ""};
}

}  // namespace

CLI::Validator not_empty() {
  return {[](const std::string& text) {
            return text.empty() ? std::string("the value is empty; leave the option out or give one") : std::string();
          },
          ""};
}

CLI::Validator one_of(std::vector<std::string> choices) {
  return {[choices = std::move(choices)](const std::string& text) {
            if (std::ranges::find(choices, text) != choices.end()) return std::string();
            const auto near = suggest(text, choices, 1);
            return fmt::format("\"{}\" is none of {}{}", text, fmt::join(choices, ", "),
                               near.empty() ? "" : "; did you mean " + near.front() + "?");
          },
          ""};
}

void Options::argument(const std::string& name, std::string& value, const std::string& description) {
  app_->add_option(name, value, description)->required()->check(not_empty_argument())->option_text(no_text);
}

void Options::optional_argument(const std::string& name, std::string& value, const std::string& description) {
  app_->add_option(name, value, description)->check(not_empty_argument())->option_text(no_text);
}

void Options::arguments(const std::string& name, std::vector<std::string>& values, const std::string& description) {
  app_->add_option(name, values, description)->required()->check(not_empty_argument())->option_text(no_text);
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
  app_->add_option(names, values, description)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(not_empty())
      ->option_text(text);
}

void Options::texts(const std::string& names, std::vector<std::string>& values, const std::string& description,
                    const std::string& text) {
  app_->add_option(names, values, description)->allow_extra_args(false)->check(not_empty())->option_text(text);
}

void Options::number(const std::string& names, std::size_t& value, const std::string& description) {
  app_->add_option(names, value, description)->check(whole_number(0))->option_text("N");
}

void Options::number(const std::string& names, std::optional<std::uint32_t>& value, const std::string& description) {
  app_->add_option(names, value, description)->check(whole_number(1))->option_text("N");
}

void Options::number(const std::string& names, std::optional<double>& value, const std::string& description,
                     const std::string& text) {
  app_->add_option(names, value, description)->check(not_empty())->check(decimal_number())->option_text(text);
}

void Options::flag(const std::string& names, bool& value, const std::string& description) {
  app_->add_flag_callback(
      names, [&value] { value = true; }, description);
}

void Options::refused(const std::string& names, const std::string& why) {
  app_->add_flag_callback(names, [names, why] { throw UsageError(names + ": " + why); })->group("");
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
