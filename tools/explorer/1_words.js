// What the page itself says, in the languages it has. Text of the data comes with its own labels.
const WORDS = {
  en: {
    search: 'Search nodes', fit: 'Fit', picture: 'PNG', language: '中文', dark: 'Dark', light: 'Light', filter: 'Filters',
    skip: 'To the graph', home: 'Back to the beginning', back: '← Answer', taller: 'Taller', shorter: 'Shorter',
    date: 'As of', allDates: 'every date at once', nodeTypes: 'Nodes', edgeTypes: 'Relations', marks: 'Result',
    counted: 'What counts', soft: 'soft dependencies', plans: 'forecasts, plans, recommendations',
    only: 'only', notOnly: 'all', byMark: 'colour by result',
    upstream: 'What it depends on', downstream: 'What depends on it',
    pathFrom: 'Path from here', pathTo: 'Path to here', clear: 'Clear', tier: 'Tier', path: 'Path', noPath: 'No path',
    pathUndirected: 'No path along dependencies; this one follows relations in either direction.',
    facts: 'Facts', figures: 'Figures', sources: 'Sources', metrics: 'Of the answer', nothing: 'Nothing is recorded.',
    none: 'No match', counts: (n, of, m) => `${n} of ${of} nodes, ${m} relations`, since: 'since', until: 'until',
    hint: 'Click a node, or focus the graph: arrows move, Enter opens, + and − zoom, 0 fits, Esc clears.',
    mapHint: 'Arrows move between linked nodes, Enter opens, + and − zoom, 0 fits, Esc leaves the map.',
    map: 'Map of everything. Arrow keys move between linked nodes, Enter opens details, Escape leaves the map.',
    graph: 'Graph. Arrow keys move between linked nodes, Enter opens details.', opening: 'The answer', stage: 'The graph',
    pathStart: 'Path starts at', locator: 'at', other: 'Other nodes', more: 'Show more', all: 'Show all', everything: 'Map of all',
    neighbours: (n) => `Show ${n} more neighbours`, rest: (n) => `${n} more`,
    needs: 'Needs', gates: { all: 'all', any: (n) => (n === 1 ? 'the only one recorded' : `any of ${n}`),
      choice: (n, k) => (k > 1 ? `all ${n} variants` : `one of ${n} variants`), 'k-of-n': (n, k) => `${k} of ${n}`,
      soft: 'listed, never needed' }, softly: 'soft', inherited: 'delivered:',
    partNote: 'This page holds a part of the graph: tiers are told within it.',
    otherDay: (day) => `What depends on what is told for ${day} only; write a page with --as-of for another day.`,
    play: 'Play', stop: 'Stop', earlier: 'Previous change', later: 'Next change', time: 'Time',
    changed: (day, began, ended) => `${day}: ${began} began, ${ended} ended`,
  },
  zh: {
    search: '搜索节点', fit: '适合窗口', picture: 'PNG', language: 'English', dark: '深色', light: '浅色', filter: '筛选',
    skip: '转到图', home: '回到开头', back: '← 答案', taller: '展开', shorter: '收起',
    date: '截至', allDates: '同时显示所有日期', nodeTypes: '节点', edgeTypes: '关系', marks: '结果',
    counted: '计入什么', soft: '软依赖', plans: '预测、计划与建议',
    only: '仅此', notOnly: '全部', byMark: '按结果着色',
    upstream: '它依赖什么', downstream: '什么依赖它',
    pathFrom: '路径起点', pathTo: '路径终点', clear: '清除', tier: '层', path: '路径', noPath: '没有路径',
    pathUndirected: '沿依赖没有路径；此路径不计方向。',
    facts: '事实', figures: '数据', sources: '来源', metrics: '答案中的值', nothing: '没有记录。',
    none: '没有匹配', counts: (n, of, m) => `${of} 个节点中的 ${n} 个，${m} 条关系`, since: '自', until: '至',
    hint: '点击节点，或聚焦图形：方向键移动，回车打开，+ 和 − 缩放，0 适合窗口，Esc 清除。',
    mapHint: '方向键在相连节点间移动，回车打开，+ 和 − 缩放，0 适合窗口，Esc 离开全图。',
    map: '全图。方向键在相连节点间移动，回车打开详情，Esc 离开全图。',
    graph: '图。方向键在相连节点间移动，回车打开详情。', opening: '答案', stage: '图',
    pathStart: '路径起点', locator: '位于', other: '其他节点', more: '显示更多', all: '显示全部', everything: '全图',
    neighbours: (n) => `再显示 ${n} 个相邻节点`, rest: (n) => `另有 ${n} 条`,
    needs: '需要', gates: { all: '全部', any: (n) => (n === 1 ? '唯一有记录者' : `${n} 者任一`),
      choice: (n, k) => (k > 1 ? `全部 ${n} 种变体` : `${n} 种变体之一`), 'k-of-n': (n, k) => `${n} 者中 ${k} 个`,
      soft: '列出而从不必需' }, softly: '软依赖', inherited: '所供应的',
    partNote: '此页仅含图的一部分：层级只在其中计算。',
    otherDay: (day) => `依赖关系仅就 ${day} 给出；要看另一日，请用 --as-of 重新生成页面。`,
    play: '播放', stop: '停止', earlier: '上一次变化', later: '下一次变化', time: '时间',
    changed: (day, began, ended) => `${day}：${began} 条开始，${ended} 条结束`,
  },
};
const FIELDS = {
  zh: { item: '物品', market: '市场', origin: '来源地', share: '份额', amount: '数量', unit: '单位', performance: '性能',
    as_of: '截至', bound: '界', status: '状态', significance: '重要性', confidence: '置信度', since: '自', until: '至',
    group: '组', k: '需要', relative_to: '相对于', aliases: '别名', codes: '代码', type: '类型', mode: '方式', note: '注',
    announced: '公布', effective: '生效', suspended: '暂停', role: '角色', variants: '变体', number: '编号' },
};
const VALUES = {
  zh: { reported: '报道', estimated: '估计', forecast: '预测', planned: '计划', recommended: '建议', derived: '推导',
    major: '主要', minor: '次要', exact: '确切', about: '约', 'at-least': '至少', 'at-most': '至多', ban: '禁令', licence: '许可',
    threshold: '阈值', quota: '配额', proposed: '拟议', any: '任一', all: '全部', true: '是', false: '否' },
};
let language = 'en';
const word = (key) => (WORDS[language] || WORDS.en)[key] || WORDS.en[key];
const fieldName = (key) => (FIELDS[language] || {})[key] || key.replace(/_/g, ' ');
const valueName = (value) => (VALUES[language] || {})[value] || value;
/** A text of a record in the page's language: its attribute `note:zh`, else the text itself. */
const textOf = (record, key, text) => (record.attributes || {})[`${key}:${language}`] || text;
/** The attributes of a record by name, in the page's language: what only says another one in a language is none of them. */
const attributesOf = (record) => Object.entries(record.attributes || {})
  .filter(([key]) => !/^(description|value):/.test(key) && !(key.includes(':') && key.replace(/:[^:]*$/, '') in record.attributes))
  .map(([key, value]) => [key, textOf(record, key, valueName(plain(value)))]);
const labelOf = (labels, id) => (labels && (labels[language] || labels.en || Object.values(labels)[0])) || id;
