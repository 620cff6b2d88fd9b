#include "chokepoint/export/mark.hpp"

#include <array>

namespace chokepoint {

std::string_view to_string(Mark mark) {
  constexpr std::array<std::string_view, mark_count> names{
      "", "subject", "removed", "chokepoint", "fails", "may-fail", "reduced", "found", "enforced", "cut", "response"};
  return names[static_cast<std::size_t>(mark)];
}

const MarkLook& look_of(Mark mark) {
  static const std::array<MarkLook, mark_count> looks{
      MarkLook{"#d4d4d0", {{"en", "other"}, {"zh", "其他"}}},
      MarkLook{"#0072b2", {{"en", "asked about"}, {"zh", "所问节点"}}},
      MarkLook{"#cc79a7", {{"en", "removed"}, {"zh", "已移除"}}},
      MarkLook{"#d55e00", {{"en", "chokepoint"}, {"zh", "瓶颈"}}},
      MarkLook{"#d55e00", {{"en", "impossible"}, {"zh", "无法实现"}}},
      MarkLook{"#e69f00", {{"en", "impossible under one reading"}, {"zh", "一种解读下无法实现"}}},
      MarkLook{"#f0e442", {{"en", "less than everything left"}, {"zh", "能力下降"}}},
      MarkLook{"#56b4e9", {{"en", "in the answer"}, {"zh", "答案中"}}},
      MarkLook{"#333333", {{"en", "enforced"}, {"zh", "已执行"}}},
      MarkLook{"#882255", {{"en", "cut off"}, {"zh", "被切断"}}},
      MarkLook{"#009e73", {{"en", "response"}, {"zh", "应对者"}}},
  };
  return looks[static_cast<std::size_t>(mark)];
}

}  // namespace chokepoint
