#include "chokepoint/present/brief.hpp"
#include "command.hpp"
#include "context.hpp"
#include "elapsed_time_line.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "print.hpp"
#include "signals.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

namespace chokepoint::cli {

namespace {

constexpr std::size_t page_width = 80;

BriefResult ask(Context& context, const BriefParams& params) {
  const ElapsedTimeLine waiting{"gathering what is known", context.globals().quiet};
  return make_brief(context.session(), params);
}

/// The page itself, as Markdown or HTML.
int write_page(Context& context, const BriefParams& params, bool as_html) {
  const BriefResult result = ask(context, params);
  Page page = brief_page(context.session(), result);
  if (as_html)
    for (const std::string& sentence : draw_brief(context.session(), result, page)) context.remark(sentence);
  OutFile file(context.globals().output, context.globals().force,
               context.prints_to_terminal() ? Screen::text : Screen::none);
  as_html ? write_page_html(page, file.stream()) : write_page_markdown(page, file.stream());
  file.finish_last();
  for (const std::string& text : context.session().remarks()) context.remark(text);
  return 0;
}

int run(Context& context, BriefParams params) {
  const Form form = choose_form(context.globals());
  // One picture by name is a page of its own.
  const bool as_html = form.exporter != nullptr && form.exporter->extension == ".html" && form.picture.empty();
  params.drawn = form.format == Format::graph;
  if (as_html || form.format == Format::markdown) return write_page(context, params, as_html);
  const std::size_t width = context.prints() ? terminal_width() : 0;
  const BriefResult result = ask(context, params);
  return context.print(brief_answer(context.session(), result, width > 0 ? width : page_width));
}

}  // namespace

Command brief_command() {
  return {"brief",
          look_up_group,
          "Put on one page what is known of a thing, firm, country or policy, with numbered sources.",
          {{"brief nvidia-h100 --as-of 2025-05-01", "what it needs, what stops it, who restricts it"},
           {"brief bis-rule-2022-10 -o brief.html --force", "a measure, for a browser or the printer"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<BriefParams>();
            options.argument("NODE", params->node, "Id, label, alias or code");
            options.number("--limit", params->limit, "Statements of each list (default 6); 0 for all");
            options.view_options(params->view);
            params->threads = std::max(1U, std::thread::hardware_concurrency());
            return [params](Context& context) { return run(context, *params); };
          }};
}

}  // namespace chokepoint::cli
