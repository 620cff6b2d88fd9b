#include "ingest/eto/eto_quirks.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <span>

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
  std::map<std::string, Market> markets;
  for (const EtoProvision& provision : tables.provisions) {
    Market& market = markets[provision.provided];
    const EtoProvider& from = *tables.provider(provision.provider);
    market.any = true;
    if (!from.is_country) {
      if (!provision.negligible) market.firm_countries.insert(iso_country(std::string(from.seat)));
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
  std::map<std::string, std::set<std::string>> others;
  const auto note = [&](const std::string& id, const std::string& used) {
    if (!used.empty() && used != tables.name_of(id)) others[id].insert(used);
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
    quirks.push_back(
        fmt::format("{} \"{}\" is also called {}; kept as alias", id, tables.name_of(id), fmt::join(names, ", ")));
}

void add_idle_providers(const EtoTables& tables, std::vector<std::string>& quirks) {
  std::set<std::string> busy;
  for (const EtoProvision& provision : tables.provisions) busy.insert(provision.provider);
  constexpr std::size_t most_named = 50;
  std::vector<std::string> idle;
  std::size_t count = 0;
  for (const EtoProvider& provider : tables.providers) {
    if (busy.contains(provider.id)) continue;
    if (count++ < most_named) idle.push_back(fmt::format("{} {}", provider.id, provider.name));
  }
  if (count > 0)
    quirks.push_back(fmt::format("{} providers provide nothing and are kept: {}{}", count, fmt::join(idle, ", "),
                                 count > most_named ? fmt::format(" and {} more", count - most_named) : ""));
}

void add_alike_providers(const EtoTables& tables, std::vector<std::string>& quirks) {
  constexpr std::size_t most_named = 10;
  // Few names are doubled: those alone are gathered.
  std::vector<std::size_t> hashes;
  for (const EtoProvider& provider : tables.providers) hashes.push_back(std::hash<std::string>()(fold(provider.name)));
  std::sort(hashes.begin(), hashes.end());
  const auto may_be_doubled = [&](const std::string& name) {
    const auto [first, last] = std::equal_range(hashes.begin(), hashes.end(), std::hash<std::string>()(name));
    return last - first > 1;
  };
  std::map<std::string, std::vector<const EtoProvider*>> by_name;
  for (const EtoProvider& provider : tables.providers)
    if (std::string name = fold(provider.name); may_be_doubled(name)) by_name[std::move(name)].push_back(&provider);
  for (const auto& [name, providers] : by_name) {
    if (providers.size() < 2) continue;
    std::vector<std::string> named;
    for (const EtoProvider* provider : std::span(providers).first(std::min(most_named, providers.size())))
      named.push_back(fmt::format("{} {}", provider->id, provider->name));
    quirks.push_back(
        fmt::format("providers with one name are kept apart: {}{}", fmt::join(named, ", "),
                    providers.size() > most_named ? fmt::format(" and {} more", providers.size() - most_named) : ""));
  }
}

void add_supply(const EtoTables& tables, std::vector<std::string>& quirks) {
  const auto markets = markets_of(tables);
  std::set<std::string> categories;
  for (const EtoRelation& relation : tables.relations)
    if (relation.variant) categories.insert(relation.whole);
  std::vector<std::string> without, both;
  for (const EtoInputRow& input : tables.inputs) {
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
    if (!provider.is_country) continue;
    listed.insert(provider.name);
    if (iso_country(provider.name) != provider.name)
      quirks.push_back(
          fmt::format("{} {} is no ISO 3166 code; read as {}", provider.id, provider.name, iso_country(provider.name)));
    if (is_residual_provider(provider.name))
      quirks.push_back(
          fmt::format("{} {} is no country; kept as a group that nobody withdraws", provider.id, provider.name));
  }
  std::set<std::string> seats_only;
  for (const std::string& seat : tables.seats)
    if (!seat.empty() && !listed.contains(seat)) seats_only.insert(seat);
  for (const std::string& country : seats_only)
    quirks.push_back(fmt::format("{} occurs only as a seat of firms; it is a country, too", country));
  add_other_names(tables, quirks);
  add_alike_providers(tables, quirks);
  add_idle_providers(tables, quirks);
  add_supply(tables, quirks);
  return quirks;
}

}  // namespace chokepoint::detail
