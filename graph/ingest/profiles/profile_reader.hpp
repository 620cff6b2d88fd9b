#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/profiles/table_profile.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

ProfileTemplate profile_template(std::string_view text);

/// Makes a profile of its JSON and gathers all that is wrong with it.
class ProfileReader {
 public:
  explicit ProfileReader(TableProfile& profile);
  void read(const Json& json);
  /// No more than how it is recognised.
  void read_head(const Json& json);
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  void fault(const std::string& at, const std::string& what);
  bool is_object(const Json& value, const std::string& at, std::span<const std::string_view> keys);
  std::string text(const Json& object, std::string_view key, const std::string& at, bool is_required);
  bool flag(const Json& object, std::string_view key, const std::string& at);
  std::vector<std::string> texts(const Json* value, const std::string& at);
  void add_words(WordMap& map, const Json& words, const std::string& at);
  const WordMap* words_of(const Json& value, const std::string& at);
  void read_number(const Json& number, const std::string& at, ProfileValue& value);
  void read_date(const Json& object, const std::string& at, ProfileValue& value);
  ProfileValue value(const Json& json, const std::string& at);
  std::vector<ProfileCondition> conditions(const Json* json, const std::string& at);
  ProfileEach each(const Json& json, const std::string& at);
  ProfileRest rest(const Json* json, const std::string& at);
  ProfileField field(FlatKind kind, const std::string& name, const std::string& at);
  void require_fields(const ProfilePart& part, const std::string& at);
  ProfilePart part(const Json& json, const std::string& at);
  void recognise(const Json* json);

  TableProfile& profile_;
  std::vector<std::string> faults_;
};

}  // namespace chokepoint::detail
