#include "ingest/eto_quirks.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint::detail {

namespace {

/// What the tables say of the supply of one input or stage.
struct Market {
  double country_sum = 0;
  bool has_country_share = false;
  std::string largest_country;  ///< ISO code of the largest stated share
  double largest_share = 0;
  std::set<std::string> firm_countries;  ///< seats of its firms that are not negligible
  bool any = false;
};

std::map<std::string, Market> markets_of(const EtoTables& tables) {
  std::map<std::string, const EtoProvider*> provider;
  for (const EtoProvider& p : tables.providers) provider[p.id] = &p;
  std::map<std::string, Market> markets;
  for (const EtoProvision& provision : tables.provisions) {
    Market& market = markets[provision.provided];
    const EtoProvider& from = *provider.at(provision.provider);
    market.any = true;
    if (from.type != "country") {
      if (!provision.negligible) market.firm_countries.insert(iso_country(from.country));
      continue;
    }
    if (!provision.share_percent) continue;
    market.country_sum += *provision.share_percent;
    market.has_country_share = true;
    if (*provision.share_percent > market.largest_share && !is_residual_provider(from.name)) {
      market.largest_share = *provision.share_percent;
      market.largest_country = iso_country(from.name);
    }
  }
  return markets;
}

void add_other_names(const EtoTables& tables, std::vector<std::string>& quirks) {
  std::map<std::string, std::string> name;
  for (const EtoInput& input : tables.inputs) name[input.id] = input.name;
  for (const EtoStage& stage : tables.stages) name[stage.id] = stage.name;
  for (const EtoProvider& provider : tables.providers) name[provider.id] = provider.name;
  std::map<std::string, std::set<std::string>> others;
  const auto note = [&](const std::string& id, const std::string& used) {
    if (!used.empty() && used != name[id]) others[id].insert(used);
  };
  for (const EtoProvision& provision : tables.provisions) {
    note(provision.provider, provision.provider_name);
    note(provision.provided, provision.provided_name);
  }
  for (const EtoRelation& relation : tables.relations) {
    note(relation.input, relation.input_name);
    note(relation.whole, relation.whole_name);
  }
  for (const auto& [id, names] : others)
    quirks.push_back(fmt::format("{} \"{}\" is also called {}; kept as alias", id, name[id], fmt::join(names, ", ")));
}

void add_idle_providers(const EtoTables& tables, std::vector<std::string>& quirks) {
  std::set<std::string> busy;
  for (const EtoProvision& provision : tables.provisions) busy.insert(provision.provider);
  std::vector<std::string> idle;
  for (const EtoProvider& provider : tables.providers)
    if (!busy.contains(provider.id)) idle.push_back(fmt::format("{} {}", provider.id, provider.name));
  if (!idle.empty())
    quirks.push_back(fmt::format("{} providers provide nothing and are kept: {}", idle.size(), fmt::join(idle, ", ")));
}

void add_alike_providers(const EtoTables& tables, std::vector<std::string>& quirks) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const EtoProvider& provider : tables.providers)
    by_name[fold(provider.name)].push_back(fmt::format("{} {}", provider.id, provider.name));
  for (const auto& [name, providers] : by_name)
    if (providers.size() > 1)
      quirks.push_back(fmt::format("providers with one name are kept apart: {}", fmt::join(providers, ", ")));
}

void add_supply(const EtoTables& tables, std::vector<std::string>& quirks) {
  const auto markets = markets_of(tables);
  std::set<std::string> categories;
  for (const EtoRelation& relation : tables.relations)
    if (relation.variant) categories.insert(relation.whole);
  std::vector<std::string> without, both;
  for (const EtoInput& input : tables.inputs) {
    const bool supplied = markets.contains(input.id);
    if (!supplied && input.type != "process" && input.type != "ultimate_output") without.push_back(input.id);
    if (supplied && categories.contains(input.id)) both.push_back(input.id);
  }
  if (!without.empty())
    quirks.push_back(fmt::format("{} inputs have no supplier row: {}", without.size(), fmt::join(without, ", ")));
  if (!both.empty())
    quirks.push_back(
        fmt::format("{} categories have suppliers of their own besides their variants; those are ignored: {}",
                    both.size(), fmt::join(both, ", ")));
  for (const auto& [id, market] : markets) {
    if (market.has_country_share && std::abs(market.country_sum - 100) > 0.5)
      quirks.push_back(
          fmt::format("{}: the shares of its countries add up to {} %", id, format_number(market.country_sum)));
    if (!market.largest_country.empty() && !market.firm_countries.empty() &&
        !market.firm_countries.contains(market.largest_country))
      quirks.push_back(fmt::format("{}: the layers disagree: {} has {} %, but its large firms have their seats in {}",
                                   id, market.largest_country, format_number(market.largest_share),
                                   fmt::join(market.firm_countries, ", ")));
  }
}

}  // namespace

std::string iso_country(const std::string& code) { return code == "MAL" ? "MYS" : code; }
bool is_residual_provider(std::string_view name) { return name == "Various"; }
bool is_software_input(std::string_view name) { return fold(name).find("software") != std::string::npos; }

std::vector<std::string> eto_quirks(const EtoTables& tables) {
  std::vector<std::string> quirks = tables.repeated;
  quirks.insert(quirks.end(), tables.skipped.begin(), tables.skipped.end());
  std::set<std::string> listed;
  for (const EtoProvider& provider : tables.providers) {
    if (provider.type != "country") continue;
    listed.insert(provider.name);
    if (iso_country(provider.name) != provider.name)
      quirks.push_back(
          fmt::format("{} {} is no ISO 3166 code; read as {}", provider.id, provider.name, iso_country(provider.name)));
    if (is_residual_provider(provider.name))
      quirks.push_back(
          fmt::format("{} {} is no country; kept as a group that nobody withdraws", provider.id, provider.name));
  }
  std::set<std::string> seats_only;
  for (const EtoProvider& provider : tables.providers)
    if (!provider.country.empty() && !listed.contains(provider.country)) seats_only.insert(provider.country);
  for (const std::string& country : seats_only)
    quirks.push_back(fmt::format("{} occurs only as a seat of firms; it is a country, too", country));
  add_other_names(tables, quirks);
  add_alike_providers(tables, quirks);
  add_idle_providers(tables, quirks);
  add_supply(tables, quirks);
  return quirks;
}

}  // namespace chokepoint::detail
