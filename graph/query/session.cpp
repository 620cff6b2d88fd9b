#include "chokepoint/query/session.hpp"

namespace chokepoint {

Session::Session(Database& database, Date as_of, std::string language)
    : database_(&database), as_of_(as_of), language_(std::move(language)) {}

std::shared_ptr<const Snapshot> Session::snapshot() {
  if (!snapshot_) snapshot_ = reader().load_snapshot();
  return snapshot_;
}

std::string Session::label(const NodeRef& node) const { return std::string(label_of(node.labels, language_, node.id)); }

Json Session::ref(const NodeRef& node) const {
  Json ref = Json::object();
  ref.set("id", node.id);
  ref.set("type", node.type);
  ref.set("label", label(node));
  return ref;
}

}  // namespace chokepoint
