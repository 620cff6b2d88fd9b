#include "chokepoint/model/cut_effect.hpp"

namespace chokepoint {

std::string_view to_string(CutEffect effect) {
  switch (effect) {
    case CutEffect::impossible: return "impossible";
    case CutEffect::alone: return "alone";
    case CutEffect::pair: return "pair";
    case CutEffect::near: return "near";
    case CutEffect::none: break;
  }
  return "none";
}

}  // namespace chokepoint
