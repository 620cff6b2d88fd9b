// What the page itself says, in the languages it has. Text of the data comes with its own labels.
const WORDS = {
  en: {
    search: 'Search nodes', fit: 'Whole graph', picture: 'PNG', language: '中文', dark: 'Dark', light: 'Light',
    date: 'As of', allDates: 'all dates', nodeTypes: 'Nodes', edgeTypes: 'Relations', marks: 'Result',
    byMark: 'colour by result', upstream: 'What it depends on', downstream: 'What depends on it',
    pathFrom: 'Path from here', pathTo: 'Path to here', clear: 'Clear', tier: 'Tier', path: 'Path', noPath: 'No path',
    pathUndirected: 'No path along dependencies; this one follows relations in either direction.',
    facts: 'Facts', figures: 'Figures', sources: 'Sources', metrics: 'Of the answer', nothing: 'Nothing is recorded.',
    none: 'No match', counts: (n, m) => `${n} nodes, ${m} relations`, since: 'since', until: 'until', undated: 'undated',
    hint: 'Click a node, or focus the graph: arrows move, Enter opens, + and − zoom, 0 shows all, Esc clears.',
    graph: 'Graph. Arrow keys move between linked nodes, Enter opens details.', welcome: 'Choose a node to see its facts, figures and sources.',
    pathStart: 'Path starts at', locator: 'at', other: 'Other nodes',
  },
  zh: {
    search: '搜索节点', fit: '全图', picture: 'PNG', language: 'English', dark: '深色', light: '浅色',
    date: '截至', allDates: '所有日期', nodeTypes: '节点', edgeTypes: '关系', marks: '结果',
    byMark: '按结果着色', upstream: '它依赖什么', downstream: '什么依赖它',
    pathFrom: '路径起点', pathTo: '路径终点', clear: '清除', tier: '层', path: '路径', noPath: '没有路径',
    pathUndirected: '沿依赖没有路径；此路径不计方向。',
    facts: '事实', figures: '数据', sources: '来源', metrics: '答案中的值', nothing: '没有记录。',
    none: '没有匹配', counts: (n, m) => `${n} 个节点，${m} 条关系`, since: '自', until: '至', undated: '无日期',
    hint: '点击节点，或聚焦图形：方向键移动，回车打开，+ 和 − 缩放，0 全图，Esc 清除。',
    graph: '图。方向键在相连节点间移动，回车打开详情。', welcome: '选择一个节点，查看事实、数据和来源。',
    pathStart: '路径起点', locator: '位于', other: '其他节点',
  },
};
const FIELDS = {
  zh: { item: '物品', market: '市场', origin: '来源地', share: '份额', amount: '数量', unit: '单位', performance: '性能',
    as_of: '截至', bound: '界', status: '状态', significance: '重要性', confidence: '置信度', since: '自', until: '至',
    group: '组', k: '需要', relative_to: '相对于', aliases: '别名', codes: '代码', type: '类型' },
};
let language = 'en';
const word = (key) => (WORDS[language] || WORDS.en)[key] || WORDS.en[key];
const fieldName = (key) => (FIELDS[language] || {})[key] || key.replace(/_/g, ' ');
const labelOf = (labels, id) => (labels && (labels[language] || labels.en || Object.values(labels)[0])) || id;
