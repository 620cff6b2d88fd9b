// The graph as the page got it, indexed; nothing here touches the document.
const DATA = JSON.parse(document.getElementById('data').textContent);
const byId = (list) => new Map(list.map((each) => [each.id, each]));
const NODE_TYPES = byId(DATA.node_types), EDGE_TYPES = byId(DATA.edge_types), SOURCES = byId(DATA.sources);
const NODES = byId(DATA.nodes);
for (const node of DATA.nodes) Object.assign(node, { edges: [], figures: [] });
for (const edge of DATA.edges) {
  NODES.get(edge.from).edges.push(edge);
  if (edge.to !== edge.from) NODES.get(edge.to).edges.push(edge);
}
for (const figure of DATA.figures) if (NODES.has(figure.subject)) NODES.get(figure.subject).figures.push(figure);

const nodeLabel = (id) => (NODES.has(id) ? labelOf(NODES.get(id).labels, id) : labelOf(DATA.names[id], id));
const typeLabel = (types, id) => labelOf((types.get(id) || {}).labels, id);
const other = (edge, id) => (edge.from === id ? edge.to : edge.from);

/** Case, width and accents do not matter in a search. */
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
for (const node of DATA.nodes)
  node.names = [node.id, ...Object.values(node.labels || {}), ...(node.aliases || []), ...Object.values(node.codes || {})].map(fold);

/** Nodes with a name that holds every word; whole names first, then beginnings, then the best-linked. */
function searchNodes(text, limit) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const whole = words.join(' ');
  const score = (node) => (node.names.includes(whole) ? 2 : node.names.some((name) => name.startsWith(whole)) ? 1 : 0);
  return DATA.nodes
    .filter((node) => words.every((each) => node.names.some((name) => name.includes(each))))
    .map((node) => [score(node), node.edges.length, node])
    .sort((a, b) => b[0] - a[0] || b[1] - a[1] || (a[2].id < b[2].id ? -1 : 1))
    .slice(0, limit)
    .map((each) => each[2]);
}

// What is shown: types that are switched on, facts that hold on the day. A spell is [first day, last day], both full
// ISO dates and inclusive, empty where open, so that comparing text compares days.
const shown = { nodeTypes: new Set(NODE_TYPES.keys()), edgeTypes: new Set(EDGE_TYPES.keys()), day: DATA.as_of, allDates: false };
function holds(record) {
  if (shown.allDates || !record.spell) return true;
  const [first, last] = record.spell;
  return (!first || first <= shown.day) && (!last || last >= shown.day);
}
const nodeShown = (node) => shown.nodeTypes.has(node.type) && holds(node);
const edgeShown = (edge) =>
  shown.edgeTypes.has(edge.type) && holds(edge) && nodeShown(NODES.get(edge.from)) && nodeShown(NODES.get(edge.to));

/** The end that `edge` leads to from `id` in a direction: 'upstream' to what id depends on, 'downstream' to its
 *  dependents, 'either' to the other end whatever the type; undefined where it does not lead on. */
function step(edge, id, direction) {
  if (direction === 'either') return other(edge, id);
  const depends = (EDGE_TYPES.get(edge.type) || {}).depends;
  if (!depends) return undefined;
  const dependent = edge[depends], on = depends === 'from' ? edge.to : edge.from;
  if (direction === 'upstream') return dependent === id ? on : undefined;
  return on === id ? dependent : undefined;
}

/** Breadth first over what is shown: id -> {tier, edges that reached it from the tier before}. */
function tiers(start, direction) {
  const found = new Map([[start, { tier: 0, edges: [] }]]);
  for (let row = [start], tier = 1; row.length > 0; ++tier) {
    const next = [];
    for (const id of row)
      for (const edge of NODES.get(id).edges) {
        if (!edgeShown(edge)) continue;
        const to = step(edge, id, direction);
        if (to === undefined || to === id) continue;
        if (!found.has(to)) {
          found.set(to, { tier, edges: [] });
          next.push(to);
        }
        if (found.get(to).tier === tier) found.get(to).edges.push([edge, id]);
      }
    row = next;
  }
  return found;
}

/** One shortest way from a to b: [[edge, from, to], …], or undefined. */
function shortestPath(a, b, direction) {
  const found = tiers(a, direction);
  if (!found.has(b)) return undefined;
  const hops = [];
  for (let at = b; at !== a; ) {
    const [edge, from] = found.get(at).edges[0];
    hops.unshift([edge, from, at]);
    at = from;
  }
  return hops;
}
