#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/query/answer.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// An opened database with what every question shares: the day, the language, the snapshot (loaded at first use).
class Session {
 public:
  /// @param as_of  the day whose facts count
  /// @param language  for labels in tables; JSON refs use it too
  Session(Database& database, Date as_of, std::string language);

  [[nodiscard]] Database& database() const { return *database_; }
  [[nodiscard]] Reader reader() const { return Reader(*database_); }
  [[nodiscard]] const Ontology& ontology() const { return database_->ontology(); }
  [[nodiscard]] Date as_of() const { return as_of_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot();

  /// `{"id","type","label"}`
  [[nodiscard]] Json ref(const NodeRef& node) const;
  [[nodiscard]] std::string label(const NodeRef& node) const;

 private:
  Database* database_;
  Date as_of_;
  std::string language_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace chokepoint
