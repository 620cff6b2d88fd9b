#include "present/dependencies/group_words.hpp"

#include "present/words/wording.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

std::string members_text(const Session& session, const DependencyGroup& group) {
  switch (group.rule) {
    case MemberRule::all: return say(session, "all of {}", group.members);
    case MemberRule::any: return say(session, "any of {}", group.members);
    case MemberRule::some: return say(session, "{} of {}", group.k, group.members);
    case MemberRule::choice:
      switch (group.variants) {
        case Variants::any: return say(session, "variants, any of {}", group.members);
        case Variants::all: return say(session, "variants, all of {}", group.members);
        default: return say(session, "variants, any or all of {}", group.members);
      }
    case MemberRule::soft: return word(session, "softly");
    case MemberRule::asked: return word(session, "asked");
  }
  return {};
}

bool is_sole(const DependencyGroup& group) {
  return group.members == 1 &&
         (group.rule == MemberRule::any || group.rule == MemberRule::choice || group.rule == MemberRule::some);
}

std::string mark_text(const Session& session, const DependencyGroup& group) {
  if (group.members == 1 && (group.rule == MemberRule::any || group.rule == MemberRule::choice))
    return word(session, "sole");
  switch (group.rule) {
    case MemberRule::all: return word(session, "all");
    case MemberRule::any: return fmt::format("{} {}", word(session, "any of"), group.members);
    case MemberRule::some: return fmt::format("{} / {}", group.k, group.members);
    case MemberRule::choice: {
      std::string text = fmt::format("{} {}", word(session, "choice of"), group.members);
      if (group.variants != Variants::unsettled)
        text += ": " + word(session, group.variants == Variants::any ? "any" : "all");
      return text;
    }
    case MemberRule::soft: return word(session, "soft");
    case MemberRule::asked: return word(session, "asked");
  }
  return {};
}

}  // namespace chokepoint::detail
