// The facts of a node, beside the graph, or as a sheet above it on a phone. Text from the data enters the page as text
// nodes only.
const panel = document.getElementById('facts'), details = document.getElementById('details'), opening = document.getElementById('opening');
const MOST_FACTS = 12;
let chosen, pathStart;

/** element('p', {class: 'x'}, 'text', child…): attributes are set, functions become listeners, text becomes text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  for (const child of children.flat(Infinity))
    if (child !== undefined && child !== null && child !== '') made.append(child instanceof Node ? child : String(child));
  return made;
}
const nodeButton = (id) => (NODES.has(id) ? element('button', { type: 'button', class: 'node', click: () => choose(id, true) }, nodeLabel(id)) : nodeLabel(id));
const section = (title, body) => (body.length > 0 ? [element('h3', null, title), ...body] : []);

function sourceList(citations) {
  return (citations || []).map((each) => {
    const source = SOURCES.get(each.source) || { id: each.source };
    const name = source.title || source.id;
    const safe = /^https?:\/\//i.test(source.url || '');
    return element('li', { class: 'source' },
      safe ? element('a', { href: source.url, rel: 'noopener noreferrer', target: '_blank' }, name) : name,
      element('span', { class: 'quiet' }, [source.publisher, source.date, each.locator, each.read].filter(Boolean).map((t) => ` · ${t}`).join('')));
  });
}
/** Sources that are made when they are opened: a node may have a thousand. */
function sourcesBelow(citations) {
  const list = element('ul');
  const folded = element('details', { toggle: () => { if (folded.open && !list.firstChild) list.append(...sourceList(citations)); } },
    element('summary', { class: 'quiet' }, word('sources')), list);
  return (citations || []).length > 0 ? folded : '';
}
/** The first items, and a button for the others. */
function shortList(items, make, most) {
  const list = element('ul', null, items.slice(0, most).map(make));
  if (items.length > most) {
    const rest = element('button', { type: 'button', class: 'rest', click: () => { rest.remove(); list.append(...items.slice(most).map(make)); } }, word('rest')(items.length - most));
    return [list, rest];
  }
  return [list];
}

const when = (each) => {
  const parts = [];
  if (each.since) parts.push(`${word('since')} ${each.since}`);
  if (each.until) parts.push(`${word('until')} ${each.until}`);
  if (each.as_of) parts.push(`(${each.as_of})`);
  return parts.join(' ');
};
const percent = (share) => `${Math.round(share * 1000) / 10} %`;
const plain = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

/** What has a place of its own where a fact is told; any other field stands by its name. */
const TOLD_OTHERWISE = new Set(['id', 'type', 'from', 'to', 'item', 'market', 'origin', 'share', 'amount', 'unit', 'as_of', 'since', 'until', 'spell',
  'attributes', 'sources']);

function qualifiers(edge) {
  const parts = [];
  for (const key of ['item', 'market', 'origin']) if (edge[key]) parts.push([fieldName(key), ' ', nodeButton(edge[key])]);
  if (edge.share !== undefined) parts.push([`${fieldName('share')} ${percent(edge.share)}`]);
  if (edge.amount !== undefined) parts.push([`${edge.amount} ${labelOf(DATA.units[edge.unit], edge.unit) || ''}`.trim()]);
  for (const key of Object.keys(edge))
    if (!TOLD_OTHERWISE.has(key)) parts.push([`${fieldName(key)} ${valueName(edge[key])}`]);
  for (const [key, text] of attributesOf(edge)) parts.push([`${fieldName(key)} ${text}`]);
  return parts.flatMap((part, i) => [i > 0 ? ' · ' : '', ...part]);
}

/** A fact as seen from the node. */
function fact(edge, id) {
  const type = EDGE_TYPES.get(edge.type) || {};
  const label = edge.from === id ? labelOf(type.labels, edge.type) : labelOf(type.inverse_labels, edge.type);
  return element('li', { class: 'fact' },
    element('strong', null, label), ' ', nodeButton(other(edge, id)), ' ',
    element('span', { class: 'quiet' }, qualifiers(edge), ' ', when(edge)), sourcesBelow(edge.sources));
}
/** Facts by type and direction, the most important other ends first. */
function factLists(edges, id) {
  const groups = new Map();
  for (const edge of edges) {
    const key = `${edge.type} ${edge.from === id}`;
    groups.has(key) ? groups.get(key).push(edge) : groups.set(key, [edge]);
  }
  return [...groups.keys()].sort().flatMap((key) => {
    const list = groups.get(key).sort((a, b) => byRank(other(a, id), other(b, id)));
    return shortList(list, (edge) => fact(edge, id), MOST_FACTS);
  });
}

function attributeRows(node) {
  const rows = [];
  const add = (key, value) => rows.push(element('tr', null, element('th', { scope: 'row' }, fieldName(key)), element('td', null, valueName(plain(value)))));
  if (node.since || node.until) rows.push(element('tr', null, element('th', { scope: 'row' }, word('time')), element('td', null, when({ since: node.since, until: node.until }))));
  if (node.aliases) add('aliases', node.aliases.join(' · '));
  for (const [key, value] of Object.entries(node.codes || {})) add(key, value);
  for (const [key, text] of attributesOf(node)) add(key, text);
  return rows;
}

const BOUNDS = { about: '≈ ', 'at-least': '≥ ', 'at-most': '≤ ' };
const number = (value) => (typeof value === 'number' ? value.toLocaleString('en-US', { maximumSignificantDigits: 15 }) : value);
function figureText(figure) {
  const value = (BOUNDS[figure.bound] || '') + textOf(figure, 'value', number(figure.value)) + (figure.value_high === undefined ? '' : ` – ${number(figure.value_high)}`);
  return figure.unit ? `${value} ${labelOf(DATA.units[figure.unit], figure.unit)}` : value;
}
function figureRow(figure) {
  const about = ['item', 'market', 'relative_to'].filter((key) => figure[key]).map((key) => [fieldName(key), ' ', nodeButton(figure[key]), ' ']);
  return element('li', { class: 'figure' }, element('span', { class: 'quiet' }, labelOf(DATA.indicators[figure.indicator], figure.indicator)), ' ',
    element('strong', null, figureText(figure)), ' ', element('span', { class: 'quiet' }, about, when(figure), figure.status ? ` ${valueName(figure.status)}` : ''),
    sourcesBelow(figure.sources));
}

const dependencyEnd = (edge) => ((EDGE_TYPES.get(edge.type) || {}).depends === 'from' ? edge.to : edge.from);
/** What the node needs, group by group, as `depends` says it. */
function gateRow(gate) {
  const rule = word('gates')[gate.rule], is_plain = gate.rule === 'all' && gate.n === 1;
  const text = is_plain ? '' : typeof rule === 'function' ? rule(gate.n, gate.k) : rule;
  const [first] = gate.edges, type = EDGE_TYPES.get(first.type) || {};
  const ids = [...new Set(gate.edges.map(dependencyEnd))].sort((a, b) => (NODES.has(a) && NODES.has(b) ? byRank(a, b) : 0));
  const label = labelOf(type.depends === 'from' ? type.labels : type.inverse_labels, first.type);
  const names = ids.slice(0, 8).flatMap((id, i) => [i > 0 ? ', ' : '', nodeButton(id)]);
  return element('li', { class: gate.n === 1 && gate.rule === 'any' ? 'gate sole' : 'gate', 'data-rule': gate.rule, 'data-k': gate.k, 'data-n': gate.n },
    element('strong', null, label), gate.item ? [' ', word('inherited'), ' ', nodeButton(gate.item)] : '', ' ',
    element('span', { class: 'rule' }, text), ' ', names, ids.length > 8 ? ` +${ids.length - 8}` : '');
}

function nodeActions(node) {
  const more = hiddenNeighbours(node.id).length;
  const button = (text, click) => element('button', { type: 'button', click }, text);
  return element('div', { class: 'actions' },
    button(word('upstream'), () => showTiers(node.id, 'upstream')), button(word('downstream'), () => showTiers(node.id, 'downstream')),
    button(word('pathFrom'), () => { pathStart = node.id; showNode(node); }),
    pathStart && pathStart !== node.id ? button(`${word('pathTo')} (${nodeLabel(pathStart)})`, () => showPath(pathStart, node.id)) : '',
    more > 0 ? button(word('neighbours')(more), () => { drawNeighbours(node.id, more); choose(node.id, true); }) : '');
}

function showNode(node) {
  const table = (rows) => (rows.length > 0 ? [element('table', null, element('tbody', null, rows))] : []);
  const metrics = Object.entries(node.metrics || {}).map(([key, value]) =>
    element('tr', null, element('th', { scope: 'row' }, labelOf(DATA.metrics[key], fieldName(key))),
      element('td', null, key === 'result' && MARKS.has(value) ? labelOf(MARKS.get(value).labels, value) : valueName(plain(value)))));
  const facts = node.edges.filter(edgeShown), needs = gates(node.id);
  panel.replaceChildren(
    element('h2', null, nodeLabel(node.id)),
    element('p', { class: 'quiet' }, `${typeLabel(NODE_TYPES, node.type)} · ${node.id}`, node.mark ? ` · ${labelOf(MARKS.get(node.mark).labels, node.mark)}` : ''),
    element('p', null, textOf(node, 'description', node.description)),
    nodeActions(node),
    pathStart === node.id ? element('p', { class: 'quiet' }, word('pathStart'), ' ', nodeLabel(node.id)) : '',
    ...section(word('metrics'), table(metrics)),
    ...section(word('needs'), needs.length > 0 ? shortList(needs, gateRow, 12) : []),
    ...table(attributeRows(node)),
    ...section(`${word('figures')} (${node.figures.length})`, node.figures.length > 0 ? shortList(node.figures, figureRow, MOST_FACTS) : []),
    ...section(`${word('facts')} (${facts.length})`, facts.length > 0 ? factLists(facts, node.id) : [element('p', null, word('nothing'))]),
    ...section(word('sources'), [element('ul', { id: 'sources' }, sourceList(node.sources))]));
}

/** The day that the program told of, where the page's day is another one. */
const otherDay = () => (period() === undefined ? element('p', { class: 'warning' }, word('otherDay')(DATA.as_of)) : '');

function showTiers(id, direction) {
  const found = tiers(id, direction) || new Map(), rows = [], edges = [];
  for (const [each, { tier, edges: into }] of found) {
    if (tier > 0) (rows[tier] = rows[tier] || []).push(each);
    for (const [edge] of into) edges.push(edge.id);
  }
  const nearest = (rows[1] || []).slice().sort(byRank).slice(0, 30).filter((each) => !isDrawn(each));
  if (nearest.length > 0) addNodes(placesAround(id, nearest));
  highlight(found.keys(), edges, false);
  fly(cy.collection([id, ...[...found.keys()].sort(byRank).filter(isDrawn).slice(0, 60)].map((each) => nodeElement(each)[0])), 70);
  const line = (each) => element('li', { 'data-id': each }, nodeButton(each), ' ',
    element('span', { class: 'quiet' }, typeLabel(NODE_TYPES, NODES.get(each).type), found.get(each).soft ? ` · ${word('softly')}` : ''));
  panel.replaceChildren(
    element('h2', null, nodeLabel(id)), element('p', null, word(direction), ` (${Math.max(0, found.size - 1)})`), otherDay(),
    DATA.is_part ? element('p', { class: 'quiet' }, word('partNote')) : '',
    element('div', { class: 'actions' }, element('button', { type: 'button', click: () => choose(id, false) }, word('clear'))),
    ...(rows.length === 0 ? [element('p', null, word('nothing'))] : rows.flatMap((row, tier) => section(`${word('tier')} ${tier} (${row.length})`,
      shortList(row.sort(byRank), line, 40)))));
}

function showPath(a, b) {
  let hops, note;
  for (const direction of ['upstream', 'downstream', 'either']) {
    hops = shortestPath(a, b, direction);
    if (hops && direction === 'either') note = word('pathUndirected');
    if (hops) break;
  }
  const ids = hops ? [a, ...hops.map((hop) => hop[2])] : [a, b];
  for (const id of ids) ensureDrawn(id);
  highlight(ids, hops ? hops.map((hop) => hop[0].id) : [], true);
  fly(cy.collection(ids.map((id) => nodeElement(id)[0])), 80);
  panel.replaceChildren(
    element('h2', null, word('path')), element('p', null, nodeButton(a), ' → ', nodeButton(b)),
    element('p', { class: 'quiet' }, hops ? note : word('noPath')),
    element('div', { class: 'actions' }, element('button', { type: 'button', click: () => choose(b, false) }, word('clear'))),
    element('ol', { class: 'path' }, (hops || []).map(([edge, from]) => fact(edge, edge.from === from || edge.to === from ? from : edge.from))));
}

/** The answer is read again; nothing is chosen. */
function showOpening() {
  chosen = undefined;
  cy.elements().unselect().removeClass('near');
  highlight();
  details.hidden = true;
  document.body.classList.remove('chosen');
}

/** Makes a node the chosen one: drawn with its neighbours, selected, its surroundings clear, its facts beside.
 *  @param focus  whether the view flies to it and its neighbours, or to `also` where more nodes are meant */
function choose(id, focus, also = []) {
  if (id === undefined) { showOpening(); return; }
  chosen = id;
  ensureDrawn(id);
  for (const each of also) ensureDrawn(each);
  drawNeighbours(id, Math.max(0, 24 - nodeElement(id).neighborhood('node').length));
  cy.elements().unselect().removeClass('near');
  const node = nodeElement(id);
  node.removeClass('gone').select();
  const around = node.connectedEdges().filter((edge) => !edge.hasClass('gone'));
  if (around.length <= 16) around.addClass('near');
  const ids = [id, ...also, ...around.connectedNodes().map((n) => record(n).id)];
  highlight(ids, around.map((edge) => record(edge).id), false);
  showNode(NODES.get(id));
  const was_hidden = details.hidden;
  details.hidden = false;
  document.body.classList.add('chosen');
  if (was_hidden) cy.resize();
  details.scrollTop = 0;
  panel.scrollTop = 0;
  if (focus) {
    if (isPhone()) document.getElementById('stage').scrollIntoView({ block: 'start' });
    const most = also.length > 0 ? [id, ...also] : ids.slice().sort(byRank).slice(0, isPhone() ? 14 : 30).concat(id);
    fly(cy.collection(most.map((each) => nodeElement(each)[0])), 70);
  }
}
