// The ontology reader: what it accepts reads back from its canonical text, and every name in it can be looked up.
#include "chokepoint/model/ontology.hpp"

#include "chokepoint/support/error.hpp"
#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  try {
    const Ontology ontology = Ontology::parse(fuzz::as_text(data, size));
    fuzz::require(Ontology::parse(ontology.canonical_text()).canonical_text() == ontology.canonical_text());
    for (const EdgeType& type : ontology.edge_types()) {
      fuzz::require(ontology.edge_type(type.id).has_value() && parse_role(to_string(type.role)) == type.role);
      for (const auto& from : type.from)
        for (const auto& to : type.to)
          if (!type.same_class && !type.same_type) fuzz::require(!ontology.refuse_ends(type, from, to, ""));
    }
  } catch (const Error& error) {
    fuzz::require(error.kind() == ErrorKind::bad_data);
  }
  return 0;
}
