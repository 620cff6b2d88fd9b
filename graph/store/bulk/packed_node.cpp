#include "store/bulk/packed_node.hpp"

#include "chokepoint/model/record_fields.hpp"

namespace chokepoint::detail {

namespace {

void pack(Packer& out, const std::map<std::string, std::string>& texts) {
  out.number(texts.size());
  for (const auto& [key, text] : texts) {
    out.text(key);
    out.text(text);
  }
}

void unpack(Unpacker& in, std::map<std::string, std::string>& texts) {
  const std::uint64_t count = in.number();
  // Most nodes have texts for the same keys as the one before: those are written over and need no new memory.
  auto at = texts.size() == count ? texts.begin() : texts.end();
  if (at == texts.end()) texts.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view key = in.text(), text = in.text();
    if (at != texts.end() && at->first == key) {
      at->second = text;
      ++at;
      continue;
    }
    texts.erase(at, texts.end());
    at = texts.end();
    texts.emplace_hint(at, key, text);
  }
}

}  // namespace

void pack_node(Packer& out, const Node& node) {
  out.text(node.id);
  out.text(node.type);
  pack(out, node.labels);
  out.number(node.aliases.size());
  for (const std::string& alias : node.aliases) out.text(alias);
  pack(out, node.codes);
  for_each_field<Node>([&](const auto& field) { out.text(node.*field.member); });
  out.text(node.attributes);
}

void unpack_node(Unpacker& in, Node& node) {
  node.id = in.text();
  node.type = in.text();
  unpack(in, node.labels);
  node.aliases.clear();
  for (std::uint64_t left = in.number(); left > 0; --left) node.aliases.emplace_back(in.text());
  unpack(in, node.codes);
  for_each_field<Node>([&](const auto& field) { node.*field.member = in.text(); });
  node.attributes = in.text();
}

}  // namespace chokepoint::detail
