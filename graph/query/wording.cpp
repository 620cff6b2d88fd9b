#include "query/wording.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chokepoint::detail {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

/// In alphabetical order for readers; looked up one by one (a few words an answer).
constexpr std::array words{
    Entry{"Adapted", "适应者"},
    Entry{"Amends", "修订"},
    Entry{"Announced", "公布"},
    Entry{"As of", "截至"},
    Entry{"At", "时间"},
    Entry{"Changed", "变更"},
    Entry{"Change", "变化"},
    Entry{"Check", "检查"},
    Entry{"Class", "类"},
    Entry{"Colour", "颜色"},
    Entry{"Command", "命令"},
    Entry{"Cites", "引用"},
    Entry{"Count", "数量"},
    Entry{"Dataset", "数据集"},
    Entry{"Datasets", "数据集"},
    Entry{"Date", "日期"},
    Entry{"Dependent", "依赖方"},
    Entry{"Description", "说明"},
    Entry{"Detail", "详情"},
    Entry{"Difference", "差值"},
    Entry{"Edges", "边"},
    Entry{"Effective", "生效"},
    Entry{"Ends", "失效"},
    Entry{"Fact", "事实"},
    Entry{"Facts", "事实"},
    Entry{"Figure", "指标"},
    Entry{"Figures", "指标数据"},
    Entry{"From", "起点"},
    Entry{"Group", "需求组"},
    Entry{"Hop", "步"},
    Entry{"Id", "标识"},
    Entry{"Indicator", "指标"},
    Entry{"Issuer", "发布者"},
    Entry{"Item", "标的"},
    Entry{"Key", "键"},
    Entry{"Label", "名称"},
    Entry{"Language", "语言"},
    Entry{"Layer", "层"},
    Entry{"License", "许可"},
    Entry{"Links", "直接联系"},
    Entry{"Locator", "位置"},
    Entry{"Market", "市场"},
    Entry{"Matched", "匹配"},
    Entry{"Measure", "举措"},
    Entry{"Mentioned in", "在以下事实中被提及"},
    Entry{"Message", "说明"},
    Entry{"Mode", "方式"},
    Entry{"Needs", "需求"},
    Entry{"Node", "节点"},
    Entry{"Nodes", "节点"},
    Entry{"Note", "备注"},
    Entry{"Observations", "观测值"},
    Entry{"Only source", "唯一来源"},
    Entry{"Origin", "来源地"},
    Entry{"Path", "路径"},
    Entry{"Period", "时期"},
    Entry{"Problem", "问题"},
    Entry{"Problems", "问题"},
    Entry{"Publisher", "发布机构"},
    Entry{"Ratio", "比值"},
    Entry{"Record", "记录"},
    Entry{"Records", "记录"},
    Entry{"Relation", "关系"},
    Entry{"Relative to", "相对于"},
    Entry{"Removed", "删除"},
    Entry{"Restricts", "限制"},
    Entry{"Revision", "版本"},
    Entry{"Role", "角色"},
    Entry{"Rule", "规则"},
    Entry{"Severity", "级别"},
    Entry{"Side by side", "并列对比"},
    Entry{"Soft", "软依赖"},
    Entry{"Source", "来源"},
    Entry{"Sources", "来源"},
    Entry{"Started", "开始"},
    Entry{"Status", "状态"},
    Entry{"Strength", "强度"},
    Entry{"Subject", "主体"},
    Entry{"Suspended", "暂停"},
    Entry{"Tier", "层级"},
    Entry{"Title", "标题"},
    Entry{"To", "终点"},
    Entry{"Type", "类型"},
    Entry{"Unit", "单位"},
    Entry{"Value", "数值"},
    Entry{"Version", "版本"},
    Entry{"What", "事项"},
    Entry{"When", "时间"},
    Entry{"added", "新增"},
    Entry{"agreed", "一致"},
    Entry{"aliases", "别名"},
    Entry{"all", "全部"},
    Entry{"alternatives", "可替代组"},
    Entry{"any of", "任一"},
    Entry{"as of", "截至"},
    Entry{"asked", "按需"},
    Entry{"began", "开始"},
    Entry{"changed", "变更"},
    Entry{"choice of", "变体"},
    Entry{"codes", "代码"},
    Entry{"confidence", "置信度"},
    Entry{"counts", "采用"},
    Entry{"datasets", "数据集"},
    Entry{"depends on", "依赖"},
    Entry{"derived", "推导"},
    Entry{"edge", "边"},
    Entry{"edges", "条边"},
    Entry{"ended", "结束"},
    Entry{"error", "错误"},
    Entry{"estimated", "估计"},
    Entry{"forecast", "预测"},
    Entry{"from", "来自"},
    Entry{"group", "组"},
    Entry{"in", "市场："},
    Entry{"minor", "次要"},
    Entry{"no", "否"},
    Entry{"node", "个节点"},
    Entry{"nodes", "个节点"},
    Entry{"note", "提示"},
    Entry{"observations", "观测值"},
    Entry{"of", "标的："},
    Entry{"older", "旧值"},
    Entry{"performance", "性能比"},
    Entry{"planned", "计划"},
    Entry{"recommended", "建议"},
    Entry{"replaced", "更新"},
    Entry{"required by", "被依赖于"},
    Entry{"rival", "说法不一"},
    Entry{"shown above", "见上"},
    Entry{"since", "自"},
    Entry{"soft", "软"},
    Entry{"sources", "来源"},
    Entry{"suspended", "暂停"},
    Entry{"type", "类型"},
    Entry{"until", "至"},
    Entry{"warning", "警告"},
    Entry{"yes", "是"},
};

}  // namespace

std::string word(const Session& session, std::string_view english) {
  if (session.language() != "zh") return std::string(english);
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Entry& entry) { return entry.first == english; });
  return std::string(found == words.end() ? english : found->second);
}

TableColumn column(const Session& session, std::string key, std::string_view english, bool wrap) {
  return {std::move(key), word(session, english), wrap};
}

std::string count_of(const Session& session, std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + " " + word(session, count == 1 ? singular : plural);
}

std::string_view separator(const Session& session) { return session.language() == "zh" ? "；" : "; "; }

void append_part(const Session& session, std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += separator(session);
  text += part;
}

}  // namespace chokepoint::detail
