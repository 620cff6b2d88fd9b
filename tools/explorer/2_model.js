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

// What the requirement rules read on the page's day, where the page has it: states are nodes and deliveries of a thing,
// steps lead from one to what it rests on.
const WALK = DATA.walk && (() => {
  const edges = byId(DATA.edges), ahead = DATA.walk.states.map(() => []), back = DATA.walk.states.map(() => []);
  for (const [from, to, edge] of DATA.walk.steps) {
    if (edge !== null && !edges.has(edge)) continue;
    ahead[from].push([to, edges.get(edge)]);
    back[to].push([from, edges.get(edge)]);
  }
  return { states: DATA.walk.states, ahead, back };
})();

/** The same tiers as `depends` and `dependents` say. Places end the walk; a thing is not short because one delivery of
 *  it is, so that deliveries are not listed downstream. */
function requirementTiers(start, direction) {
  const upstream = direction === 'upstream', steps = upstream ? WALK.ahead : WALK.back;
  const found = new Map([[start, { tier: 0, edges: [] }]]), seen = new Map();
  WALK.states.forEach((state, i) => {
    if (state.id === start && (!state.delivery || !upstream)) seen.set(i, start);
  });
  for (let row = [...seen.keys()], tier = 1; row.length > 0; ++tier) {
    const next = [];
    for (const at of row) {
      const state = WALK.states[at], from = seen.get(at);
      if (state.place && state.id !== start) continue;
      for (const [to, edge] of steps[at]) {
        if (edge && !edgeShown(edge)) continue;
        const there = WALK.states[to], listed = upstream || !there.delivery;
        if (listed && NODES.has(there.id)) {
          if (!found.has(there.id)) found.set(there.id, { tier, edges: [] });
          if (edge && found.get(there.id).tier === tier && tier > 0) found.get(there.id).edges.push([edge, from]);
        }
        if (seen.has(to)) continue;
        seen.set(to, listed ? there.id : from);
        next.push(to);
      }
    }
    row = next;
  }
  return found;
}

/** Breadth first over what is shown: id -> {tier, edges that reached it from the tier before}. */
function tiers(start, direction) {
  if (WALK && direction !== 'either') return requirementTiers(start, direction);
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
    if (found.get(at).edges.length === 0) return undefined;
    const [edge, from] = found.get(at).edges[0];
    hops.unshift([edge, from, at]);
    at = from;
  }
  return hops;
}
