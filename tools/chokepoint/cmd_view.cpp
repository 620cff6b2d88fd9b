#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/present/export.hpp"
#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/support/error.hpp"
#include "command.hpp"
#include "context.hpp"
#include "document_options.hpp"
#include "options.hpp"
#include "out_file.hpp"
#include "print.hpp"
#include "text_file.hpp"

#include <memory>
#include <optional>
#include <string>

namespace chokepoint::cli {

namespace {

struct ViewCommandParams {
  std::string answer;
  DocumentOptions document;
};

int run(Context& context, const ViewCommandParams& params) {
  refuse_picture(context.globals());
  if (context.prints_to_terminal()) throw UsageError("view writes a page for a browser; name a file: -o graph.html");
  GraphDocument document = to_document(context.session(), document_params(context, params.document));
  std::optional<Json> answer;
  if (!params.answer.empty()) {
    answer = parse_json(read_text_file(params.answer, "save an answer with --json -o " + params.answer));
    set_marks(document, marks_of_answer(*answer));
  }
  document.layout = layout_of(params.document);
  ExportResult fitted;
  fit_page(document, params.document.around, fitted);
  for (const std::string& remark : fitted.remarks) context.remark(remark);
  prepare_page(context.session(), document, answer);
  OutFile file(context.globals().output, context.globals().force);
  for (const std::string& warning : write_html(document, file.stream())) context.remark(warning);
  file.finish_last();
  return 0;
}

}  // namespace

Command view_command() {
  return {"view",
          integration_group,
          "Write the graph as one page that a browser explores without a network.",
          {{"view -o graph.html", "search, dates, facts and sources, tiers and paths"},
           {"view --around huawei --depth 2 -o huawei.html", "what surrounds a node"}},
          [](Options& options) -> Run {
            auto params = std::make_shared<ViewCommandParams>();
            options.optional_argument("ANSWER", params->answer,
                                      "A saved answer (--json -o FILE; - is standard input) to highlight in the graph");
            add_document_options(options, params->document);
            return [params](Context& context) { return run(context, *params); };
          }};
}

}  // namespace chokepoint::cli
