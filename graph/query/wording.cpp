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
    Entry{"hops", "步数"},
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
    Entry{"any", "任一"},
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
    Entry{"sole", "唯一"},
    Entry{"since", "自"},
    Entry{"soft", "软"},
    Entry{"sources", "来源"},
    Entry{"suspended", "暂停"},
    Entry{"type", "类型"},
    Entry{"until", "至"},
    Entry{"warning", "警告"},
    Entry{"yes", "是"},
};

/// Sentences, as patterns of fmt, in the order of the questions that say them.
constexpr std::array sentences{
    Entry{"no problems found", "未发现问题"},
    Entry{"problems found: {}", "发现问题：{}"},
    Entry{"notes are only counted: {}; --notes lists them", "提示仅计数：{}；加 --notes 列出"},
    Entry{"nothing links them and no figure is recorded for both", "两者之间没有直接联系，也没有共同的指标"},
    Entry{"left out because only one of them has it: {} figures, {} relations; --all shows them",
          "仅一方具有而未列出：指标 {} 项，关系 {} 项；加 --all 显示"},
    Entry{"no dataset yet; `chokepoint import FILE` adds one", "尚无数据集；用 `chokepoint import FILE` 导入"},
    Entry{"not listed, of other types: {}", "其他类型而未列出的节点：{}"},
    Entry{
        "left out: {} forecast, planned, recommended or derived edges of the database; --include and --bridge add them",
        "数据库中未计入的预测、计划、建议或推导的边：{}；加 --include 或 --bridge 计入"},
    Entry{"from {} to {}: facts began: {}, ended: {}, measures replaced: {}, figures dated in between: {}",
          "{} 至 {}：开始的事实 {}，结束的事实 {}，更新的数值 {}，期间的指标 {}"},
    Entry{"no figures are recorded for this question", "没有相应的指标数据"},
    Entry{"figures on which sources disagree: {}; each claim is kept, one counts",
          "来源说法不一的指标：{}；各说法均保留，采用其一"},
    Entry{"no path from {} to {} along `{}`", "从 {} 到 {} 没有 `{}` 路径"},
    Entry{"--along either looks at every edge in both directions", "--along either 会双向查找所有的边"},
    Entry{"nothing found for \"{}\"{}", "未找到“{}”{}"},
    Entry{"only the best {} are shown; --limit 0 shows all", "仅显示最匹配的 {} 项；--limit 0 显示全部"},
    Entry{"facts that do not hold on {}: {}; --all-days shows them", "在 {} 不成立的事实：{}；加 --all-days 显示"},
    Entry{"`sources ID` lists what rests on one of them", "`sources ID` 列出依据某一来源的记录"},
    Entry{"records that rest on it: {}, on nothing else: {}", "依据该来源的记录：{}，其中仅有该来源的：{}"},
    Entry{"on {}: nodes that count: {}, edges: {}; rival claims beside them: {}",
          "{} 当日：计入的节点 {}，边 {}；并存的不同说法 {}"},
    Entry{"nothing dated is recorded for this question", "没有相应的带日期记录"},
    Entry{"entries without a date, which stand last: {}", "无日期而排在最后的条目：{}"},
    Entry{"{}: nodes it depends on: {}, tiers: {}, only softly: {}",
          "{}：依赖的节点 {} 个，共 {} 层，其中仅为软依赖的 {} 个"},
    Entry{"{}: nodes that depend on it: {}, tiers: {}, only softly: {}",
          "{}：依赖它的节点 {} 个，共 {} 层，其中仅为软依赖的 {} 个"},
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

std::string_view pattern(const Session& session, std::string_view english) {
  if (session.language() != "zh") return english;
  const auto found =
      std::find_if(sentences.begin(), sentences.end(), [&](const Entry& entry) { return entry.first == english; });
  return found == sentences.end() ? english : found->second;
}

std::vector<std::pair<std::string_view, std::string_view>> translated_patterns() {
  return {sentences.begin(), sentences.end()};
}

std::string_view separator(const Session& session) { return session.language() == "zh" ? "；" : "; "; }

void append_part(const Session& session, std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += separator(session);
  text += part;
}

}  // namespace chokepoint::detail
