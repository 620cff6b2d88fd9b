#include "present/words/facts.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/record_fields.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

std::string_view sign_of(Bound bound) {
  switch (bound) {
    case Bound::exact: return "";
    case Bound::about: return "≈ ";
    case Bound::at_least: return "≥ ";
    case Bound::at_most: return "≤ ";
  }
  return "";
}

/// Thousands separated in the whole part of a plain number; others (exponents) as they are.
std::string grouped(const std::string& text) {
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
  if (end - begin < 5) return text;
  std::string out = text.substr(0, begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin && (end - i) % 3 == 0) out += ',';
    out += text[i];
  }
  return out + text.substr(end);
}

/// A number with a word for its size, where that says it exactly; others with their thousands separated.
std::string scaled(const Session& session, const std::string& token) {
  struct Scale {
    double size;
    std::string_view name;
  };
  constexpr std::array english{Scale{1e12, "trillion"}, Scale{1e9, "billion"}, Scale{1e6, "million"}};
  constexpr std::array chinese{Scale{1e12, "万亿"}, Scale{1e8, "亿"}, Scale{1e4, "万"}};
  double value = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), value);
  if (read.ec != std::errc() || read.ptr != token.data() + token.size() || std::abs(value) < 1e6) return grouped(token);
  for (const Scale& scale : session.language() == "zh" ? chinese : english) {
    if (std::abs(value) < scale.size) continue;
    const std::string text = fmt::format("{:.6g}", value / scale.size);
    double again = 0;
    std::from_chars(text.data(), text.data() + text.size(), again);
    // 33.7 times a billion is off by a few millionths: what six digits leave out is far more.
    constexpr double noise = 1e-12;
    if (std::abs(again * scale.size - value) > noise * std::abs(value) || text.find('e') != std::string::npos)
      return grouped(token);
    return fmt::format("{} {}", grouped(text), scale.name);
  }
  return grouped(token);
}

std::string with_unit(const Session& session, std::string text, std::string_view unit) {
  if (unit.empty()) return text;
  const std::string label = unit_label(session, unit);
  // A percent sign and Chinese units stand close to their number.
  return text + " " + label;
}

}  // namespace

std::string qualifier(Names& names, std::string_view preposition, const std::string& id) {
  if (id.empty()) return {};
  const std::string before = word(names.session(), preposition);
  const bool joined = before.ends_with("：");
  return before + (joined ? "" : " ") + names.label(id);
}

std::string number_text(double value) { return grouped(format_number(value)); }

std::string large_number_text(const Session& session, double value) { return scaled(session, format_number(value)); }

std::string share_text(double share, Bound bound) {
  // Six significant digits hide the binary noise of 0.07 * 100.
  return fmt::format("{}{:.6g} %", sign_of(bound), share * 100);
}

std::string amount_text(const Session& session, double amount, std::string_view unit, Bound bound) {
  return with_unit(session, std::string(sign_of(bound)) + scaled(session, format_number(amount)), unit);
}

std::string said_of(const Session& session, std::string_view attributes, std::string_view name, std::string text) {
  return text_in(session.language(), attributes, name, std::move(text));
}

std::string value_text(const Session& session, const Observation& observation) {
  if (observation.value.is_string())
    return with_unit(session, said_of(session, observation.attributes, "value", observation.value.as_string()),
                     observation.unit);
  std::string text(sign_of(observation.bound));
  if (observation.value.is_number()) text += scaled(session, observation.value.as_number().token);
  if (observation.value_high) text += " – " + scaled(session, format_number(*observation.value_high));
  return with_unit(session, std::move(text), observation.unit);
}

std::string short_value_text(const Session& session, const Observation& observation) {
  std::string text = value_text(session, observation);
  if (session.language() != "en" || observation.value.is_string()) return text;
  for (const auto& [name, letters] :
       {std::pair(" trillion", " tn"), std::pair(" billion", " bn"), std::pair(" million", " m")})
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
      text.replace(at, std::string_view(name).size(), letters);
  // A unit whose id is a symbol (USD, TWh, nm) is known by it.
  const std::string label = unit_label(session, observation.unit);
  const bool is_symbol = observation.unit.size() <= 3 ||
                         std::ranges::any_of(observation.unit, [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string symbol = observation.unit == "percent" ? "%" : is_symbol ? observation.unit : label;
  if (symbol.size() < label.size() && text.ends_with(label))
    text.replace(text.size() - label.size(), label.size(), symbol);
  return text;
}

std::string unit_label(const Session& session, std::string_view unit) {
  const Term* term = session.ontology().unit(unit);
  return term == nullptr ? std::string(unit) : std::string(label_of(term->labels, session.language(), unit));
}

std::string indicator_label(const Session& session, std::string_view indicator) {
  const Term* term = session.ontology().indicator(indicator);
  return term == nullptr ? std::string(indicator) : std::string(label_of(term->labels, session.language(), indicator));
}

std::string when_text(const Session& session, std::string_view since, std::string_view until, std::string_view as_of) {
  std::string text;
  if (!since.empty() && since == until) {
    text = since;
  } else if (!since.empty() || !until.empty()) {
    text = fmt::format("{}{}–{}{}", since, since.empty() ? "" : " ", until.empty() ? "" : " ", until);
  }
  if (!as_of.empty()) append_part(session, text, word(session, "as of") + " " + std::string(as_of));
  return text;
}

std::string status_text(const Session& session, Status status) {
  return status == Status::reported ? std::string() : word(session, to_string(status));
}

std::string citations_text(std::span<const Citation> citations) {
  std::string text;
  for (const Citation& citation : citations) {
    if (!text.empty()) text += "; ";
    text += citation.source;
    if (!citation.locator.empty()) text += " " + citation.locator;
    if (!citation.read.empty()) text += " [" + citation.read + "]";
  }
  return text;
}

std::string measure_text(const Session& session, const Edge& edge) {
  std::string text;
  if (edge.share) append_part(session, text, share_text(*edge.share, edge.bound));
  if (edge.amount) append_part(session, text, amount_text(session, *edge.amount, edge.unit, edge.bound));
  for_each_field<Edge>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::number) {
      const std::optional<double>& value = edge.*field.member;
      if (value && !field.label.empty())
        append_part(session, text,
                    fmt::format("{} {}{}", word(session, field.label), sign_of(edge.bound), number_text(*value)));
    }
  });
  return text;
}

std::string detail_text(Names& names, const Edge& edge) {
  const Session& session = names.session();
  std::string text;
  append_part(session, text, qualifier(names, "of", edge.item));
  append_part(session, text, qualifier(names, "in", edge.market));
  append_part(session, text, qualifier(names, "from", edge.origin));
  append_part(session, text, measure_text(session, edge));
  // A mode that only repeats its edge type says nothing new.
  for (const auto* name : {"mode", "role"})
    if (const auto value = text_attribute(edge.attributes, name); value && *value != edge.type)
      append_part(session, text, said_of(session, edge.attributes, name, word(session, *value)));
  if (edge.significance == Significance::minor) append_part(session, text, word(session, "minor"));
  if (!edge.group.empty()) append_part(session, text, word(session, "alternatives") + " " + edge.group);
  return text;
}

std::string detail_text(Names& names, const Observation& observation) {
  const Session& session = names.session();
  std::string text;
  append_part(session, text, qualifier(names, "of", observation.item));
  append_part(session, text, qualifier(names, "in", observation.market));
  if (!observation.relative_to.empty())
    append_part(session, text, word(session, "Relative to") + " " + names.label(observation.relative_to));
  return text;
}

std::string record_text(const Session& session, std::string_view record) {
  const std::size_t end = std::min(record.find(' '), record.size());
  return word(session, record.substr(0, end)) + std::string(record.substr(end));
}

std::string sentence(Names& names, const Edge& edge) {
  std::string text = fmt::format("{} {} {}", names.named(edge.from), relation_label(names.session(), edge.type, true),
                                 names.named(edge.to));
  if (const std::string more = detail_text(names, edge); !more.empty()) text += ": " + more;
  return text;
}

Json edges_json(std::span<const Edge> edges) {
  Json list = Json::array();
  for (const Edge& edge : edges) list.push(to_json(edge));
  return list;
}

Json observations_json(std::span<const Observation> observations) {
  Json list = Json::array();
  for (const Observation& observation : observations) list.push(to_json(observation));
  return list;
}

}  // namespace chokepoint::detail
