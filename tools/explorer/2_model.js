// The graph as the page got it, indexed; nothing here touches the document. What depends on what is not worked out
// here: the program wrote it for every day, and it is looked up.
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
// The place of each node in the order of importance.
DATA.part.rows.forEach((row, rank) => { DATA.nodes[row].rank = rank; });

const nodeLabel = (id) => (NODES.has(id) ? labelOf(NODES.get(id).labels, id) : labelOf(DATA.names[id], id));
const typeLabel = (types, id) => labelOf((types.get(id) || {}).labels, id);
const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
const byRank = (a, b) => NODES.get(a).rank - NODES.get(b).rank;

/** Case, width and accents do not matter in a search. */
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
function namesOf(node) {
  if (!node.names)
    node.names = [node.id, ...Object.values(node.labels || {}), ...(node.aliases || []), ...Object.values(node.codes || {})].map(fold);
  return node.names;
}

/** Nodes with a name that holds every word; whole names first, then beginnings, then the best-linked. */
function searchNodes(text, limit) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const whole = words.join(' ');
  const score = (node) => (node.names.includes(whole) ? 2 : node.names.some((name) => name.startsWith(whole)) ? 1 : 0);
  return DATA.nodes
    .filter((node) => words.every((each) => namesOf(node).some((name) => name.includes(each))))
    .map((node) => [score(node), node.edges.length, node])
    .sort((a, b) => b[0] - a[0] || b[1] - a[1] || (a[2].id < b[2].id ? -1 : 1))
    .slice(0, limit)
    .map((each) => each[2]);
}

// What is shown: types that are switched on, facts that hold on the day. A spell is [first day, last day], both full
// ISO dates and inclusive, empty where open, so that comparing text compares days.
const shown = { nodeTypes: new Set(NODE_TYPES.keys()), edgeTypes: new Set(EDGE_TYPES.keys()), day: DATA.as_of, allDates: false,
  soft: false, plans: false };
const PLANS = new Set(['forecast', 'planned', 'recommended']);
function holds(record) {
  if (shown.allDates || !record.spell) return true;
  const [first, last] = record.spell;
  return (!first || first <= shown.day) && (!last || last >= shown.day);
}
const counts = (edge) => (shown.plans || !PLANS.has(edge.status)) && holds(edge) && holds(NODES.get(edge.from)) && holds(NODES.get(edge.to));
const nodeShown = (node) => shown.nodeTypes.has(node.type) && holds(node);
const edgeShown = (edge) =>
  shown.edgeTypes.has(edge.type) && counts(edge) && nodeShown(NODES.get(edge.from)) && nodeShown(NODES.get(edge.to));

// --- what depends on what, as the program said it ------------------------------------------------------------------
const READ = 0, SOFT_AHEAD = 1, SOFT_BACK = 2, LIES_IN = 3;
const WALK = DATA.walk;

/** The number of the period that the page's day falls into; undefined where the program told of another day only. */
function period() {
  if (!WALK) return undefined;
  if (!WALK.every_day) return shown.day === DATA.as_of ? 0 : undefined;
  let low = 0, high = WALK.changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (WALK.changes[middle] <= shown.day) low = middle + 1;
    else high = middle;
  }
  return low;
}
const inWorld = (worlds, first, last, at) => (worlds & (shown.plans ? 2 : 1)) !== 0 && first <= at && at <= last;

const walks = new Map();
/** Steps of the day by state: `ahead` [to, edge, kind] from a state to what it rests on, `back` against that. */
function walkOfDay() {
  const at = period();
  if (at === undefined) return undefined;
  const key = `${at} ${shown.plans}`;
  if (!walks.has(key)) {
    if (walks.size > 8) walks.clear();
    const ahead = WALK.states.map(() => []), back = WALK.states.map(() => []);
    for (const [from, to, edge, kind, worlds, first, last] of WALK.steps) {
      if (!inWorld(worlds, first, last, at)) continue;
      if (kind !== SOFT_BACK) ahead[from].push([to, edge, kind]);
      if (kind !== SOFT_AHEAD) back[to].push([from, edge, kind]);
    }
    walks.set(key, { ahead, back });
  }
  return walks.get(key);
}
const statesOf = new Map();
if (WALK)
  WALK.states.forEach(([row], i) => {
    const id = DATA.nodes[row].id;
    statesOf.has(id) ? statesOf.get(id).push(i) : statesOf.set(id, [i]);
  });

/** The states of the start and of all places that lie in it, which fail with it. */
function inside(start, steps) {
  const found = new Set(statesOf.get(start) || []);
  for (const at of found)
    for (const [to, , kind] of steps[at]) if (kind === LIES_IN) found.add(to);
  return found;
}

/** The same tiers as `depends` and `dependents` say: id -> {tier, edges that led there from the tier before}. Places end
 *  the walk, but for where they lie; a thing is not short because one delivery of it is, so that deliveries are not listed downstream. */
function walkFrom(start, upstream, soft) {
  const walk = walkOfDay(), found = new Map([[start, { tier: 0, edges: [] }]]);
  if (!walk) return undefined;
  const steps = upstream ? walk.ahead : walk.back, seen = new Map();
  for (const i of statesOf.get(start) || []) if (!upstream || (WALK.states[i][1] & 1) === 0) seen.set(i, start);
  // What the rules read of the start's deliveries they read of the start: it is not listed beside as a soft dependency.
  const isRead = (kind) => kind === READ || kind === LIES_IN;
  const read = new Set(upstream ? [] : [...seen.keys()].flatMap((i) => steps[i].filter(([, , kind]) => isRead(kind)).map(([, edge]) => edge)));
  const walked = upstream ? new Set(statesOf.get(start)) : inside(start, steps);
  for (let row = [...seen.keys()], tier = 1; row.length > 0; ++tier) {
    const next = [];
    for (const at of row) {
      const [node, flags] = WALK.states[at], from = seen.get(at);
      const isEnd = (flags & 2) !== 0 && !walked.has(at);
      if (isEnd && !upstream) continue;
      for (const [to, edge, kind] of steps[at]) {
        if (isEnd && kind !== LIES_IN) continue;
        if (!isRead(kind) && (!soft || (tier === 1 && read.has(edge)))) continue;
        const [row_there, flags_there] = WALK.states[to], there = DATA.nodes[row_there].id;
        const listed = upstream || (flags_there & 1) === 0;
        if (listed) {
          if (!found.has(there)) found.set(there, { tier, edges: [] });
          if (edge >= 0 && found.get(there).tier === tier) found.get(there).edges.push([DATA.edges[edge], from]);
        }
        if (seen.has(to)) continue;
        seen.set(to, listed ? there : from);
        next.push(to);
      }
    }
    row = next;
  }
  return found;
}

/** Tiers in a direction, 'upstream' or 'downstream', each node with `soft`: no walk over what is needed comes there.
 *  undefined where the program told nothing of the day. */
function tiers(start, direction) {
  const upstream = direction === 'upstream', found = walkFrom(start, upstream, shown.soft);
  if (!found || !shown.soft) return found;
  const hard = walkFrom(start, upstream, false);
  for (const [id, each] of found) each.soft = !hard.has(id);
  return found;
}

/** Breadth first over all relations that are shown, in either direction. */
function near(start) {
  const found = new Map([[start, { tier: 0, edges: [] }]]);
  for (let row = [start], tier = 1; row.length > 0; ++tier) {
    const next = [];
    for (const id of row)
      for (const edge of NODES.get(id).edges) {
        const to = other(edge, id);
        if (to === id || !edgeShown(edge)) continue;
        if (!found.has(to)) { found.set(to, { tier, edges: [] }); next.push(to); }
        if (found.get(to).tier === tier) found.get(to).edges.push([edge, id]);
      }
    row = next;
  }
  return found;
}

/** One shortest way from a to b: [[edge, from, to], …], or undefined. Direction as in `tiers`, or 'either'. */
function shortestPath(a, b, direction) {
  const found = direction === 'either' ? near(a) : tiers(a, direction);
  if (!found || !found.has(b)) return undefined;
  const hops = [];
  for (let at = b; at !== a; ) {
    if (found.get(at).edges.length === 0) return undefined;
    const [edge, from] = found.get(at).edges[0];
    hops.unshift([edge, from, at]);
    at = from;
  }
  return hops;
}

const gatesOf = new Map();
if (WALK)
  for (const gate of WALK.gates) {
    const id = DATA.nodes[gate[0]].id;
    gatesOf.has(id) ? gatesOf.get(id).push(gate) : gatesOf.set(id, [gate]);
  }

/** Requirement groups of a node on the day, as `depends` says them: {item, rule, k, n, edges}; what is needed first. */
function gates(id) {
  const at = period();
  if (at === undefined) return [];
  return (gatesOf.get(id) || []).filter(([, , , , , , worlds, first, last]) => inWorld(worlds, first, last, at))
    .map(([, item, rule, k, n, edges]) => ({ item, rule, k, n, edges: edges.map((row) => DATA.edges[row]) }))
    .sort((a, b) => (a.rule === 'soft') - (b.rule === 'soft') || a.n - b.n);
}

// --- time ----------------------------------------------------------------------------------------------------------
/** The day after an ISO day. */
const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86400000).toISOString().slice(0, 10);

/** Days on which a relation begins or has ended: [[day, began, ended], …], sorted. */
const CHANGES = (() => {
  const days = new Map();
  const note = (day, place) => { if (!days.has(day)) days.set(day, [day, 0, 0]); ++days.get(day)[place]; };
  for (const { spell } of DATA.is_one_day ? [] : DATA.edges) {
    if (spell && spell[0]) note(spell[0], 1);
    if (spell && spell[1] && spell[1] < '9999') note(dayAfter(spell[1]), 2);
  }
  return [...days.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
})();

/** The years in which nearly all changes lie, and the page's day: [first day, last day]; undefined without dates. */
const SPAN = (() => {
  if (CHANGES.length === 0) return undefined;
  const total = CHANGES.reduce((sum, [, began, ended]) => sum + began + ended, 0), edge = 0.03 * total;
  let before = 0, first, last;
  for (const [day, began, ended] of CHANGES) {
    before += began + ended;
    if (first === undefined && before > edge) first = day;
    if (before <= total - edge || last === undefined) last = day;
  }
  if (first > DATA.as_of) first = DATA.as_of;
  if (last < DATA.as_of) last = DATA.as_of;
  return [`${first.slice(0, 4)}-01-01`, `${last.slice(0, 4)}-12-31`];
})();
