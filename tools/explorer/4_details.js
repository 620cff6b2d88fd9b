// The panel beside the graph. Text from the data enters the page as text nodes only.
const panel = document.getElementById('details');
let chosen, pathStart;

/** element('p', {class: 'x'}, 'text', child…): attributes are set, functions become listeners, text becomes text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  for (const child of children.flat())
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

const when = (each) => {
  const parts = [];
  if (each.since) parts.push(`${word('since')} ${each.since}`);
  if (each.until) parts.push(`${word('until')} ${each.until}`);
  if (each.as_of) parts.push(`(${each.as_of})`);
  return parts.join(' ');
};
const percent = (share) => `${Math.round(share * 1000) / 10} %`;
const plain = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

function qualifiers(edge) {
  const parts = [];
  for (const key of ['item', 'market', 'origin']) if (edge[key]) parts.push([fieldName(key), ' ', nodeButton(edge[key])]);
  if (edge.share !== undefined) parts.push([`${fieldName('share')} ${percent(edge.share)}`]);
  if (edge.amount !== undefined) parts.push([`${edge.amount} ${edge.unit || ''}`.trim()]);
  for (const key of ['performance', 'bound', 'status', 'significance', 'confidence', 'group', 'k'])
    if (edge[key] !== undefined) parts.push([`${fieldName(key)} ${edge[key]}`]);
  for (const [key, value] of Object.entries(edge.attributes || {})) parts.push([`${fieldName(key)} ${plain(value)}`]);
  return parts.flatMap((part, i) => [i > 0 ? ' · ' : '', ...part]);
}

/** A fact as seen from the node. */
function fact(edge, id) {
  const type = EDGE_TYPES.get(edge.type) || {};
  const label = edge.from === id ? labelOf(type.labels, edge.type) : labelOf(type.inverse_labels, edge.type);
  return element('li', { class: 'fact' },
    element('strong', null, label), ' ', nodeButton(other(edge, id)), ' ',
    element('span', { class: 'quiet' }, qualifiers(edge), ' ', when(edge)),
    element('details', null, element('summary', { class: 'quiet' }, word('sources')), element('ul', null, sourceList(edge.sources))));
}

function attributeRows(node) {
  const rows = [];
  const add = (key, value) => rows.push(element('tr', null, element('th', { scope: 'row' }, fieldName(key)), element('td', null, plain(value))));
  if (node.since || node.until) add(word('date'), when({ since: node.since, until: node.until }));
  if (node.aliases) add('aliases', node.aliases.join(' · '));
  for (const [key, value] of Object.entries(node.codes || {})) add(key, value);
  for (const [key, value] of Object.entries(node.attributes || {})) add(key, value);
  return rows;
}

const BOUNDS = { about: '≈ ', 'at-least': '≥ ', 'at-most': '≤ ' };
const number = (value) => (typeof value === 'number' ? value.toLocaleString('en-US', { maximumSignificantDigits: 15 }) : value);
function figureText(figure) {
  const value = (BOUNDS[figure.bound] || '') + number(figure.value) + (figure.value_high === undefined ? '' : ` – ${number(figure.value_high)}`);
  return figure.unit ? `${value} ${labelOf(DATA.units[figure.unit], figure.unit)}` : value;
}
function figureRow(figure) {
  const about = ['item', 'market', 'relative_to'].filter((key) => figure[key]).map((key) => [fieldName(key), ' ', nodeButton(figure[key]), ' ']);
  return element('tr', { class: 'figure' }, element('th', { scope: 'row' }, labelOf(DATA.indicators[figure.indicator], figure.indicator)),
    element('td', null, figureText(figure), element('div', { class: 'quiet' }, about, when(figure), figure.status ? ` ${figure.status}` : ''),
      element('ul', { class: 'quiet' }, sourceList(figure.sources))));
}

function showNode(node) {
  const table = (rows) => (rows.length > 0 ? [element('table', null, element('tbody', null, rows))] : []);
  const metrics = Object.entries(node.metrics || {}).map(([key, value]) =>
    element('tr', null, element('th', { scope: 'row' }, fieldName(key)), element('td', null, plain(value))));
  const facts = node.edges.filter(edgeShown).sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  panel.replaceChildren(
    element('h2', null, nodeLabel(node.id)),
    element('p', { class: 'quiet' }, `${typeLabel(NODE_TYPES, node.type)} · ${node.id}`, node.mark ? ` · ${labelOf(MARKS.get(node.mark).labels, node.mark)}` : ''),
    element('p', null, node.description),
    element('div', { class: 'actions' },
      element('button', { type: 'button', click: () => showTiers(node.id, 'upstream') }, word('upstream')),
      element('button', { type: 'button', click: () => showTiers(node.id, 'downstream') }, word('downstream')),
      element('button', { type: 'button', click: () => { pathStart = node.id; showNode(node); } }, word('pathFrom')),
      pathStart && pathStart !== node.id ? element('button', { type: 'button', click: () => showPath(pathStart, node.id) }, `${word('pathTo')} (${nodeLabel(pathStart)})`) : ''),
    pathStart === node.id ? element('p', { class: 'quiet' }, word('pathStart'), ' ', nodeLabel(node.id)) : '',
    ...section(word('metrics'), table(metrics)),
    ...table(attributeRows(node)),
    ...section(word('figures'), table(node.figures.map(figureRow))),
    ...section(`${word('facts')} (${facts.length})`, facts.length > 0 ? [element('ul', null, facts.map((edge) => fact(edge, node.id)))] : [word('nothing')]),
    ...section(word('sources'), [element('ul', { id: 'sources' }, sourceList(node.sources))]));
}

function showTiers(id, direction) {
  const found = tiers(id, direction), rows = [], edges = [];
  for (const [each, { tier, edges: into }] of found) {
    if (tier > 0) (rows[tier] = rows[tier] || []).push(each);
    for (const [edge] of into) edges.push(edge.id);
  }
  highlight(found.keys(), edges, false);
  panel.replaceChildren(
    element('h2', null, nodeLabel(id)), element('p', null, word(direction), ` (${found.size - 1})`),
    element('div', { class: 'actions' }, element('button', { type: 'button', click: () => choose(id, false) }, word('clear'))),
    ...(rows.length === 0 ? [element('p', null, word('nothing'))] : rows.flatMap((row, tier) => section(`${word('tier')} ${tier} (${row.length})`,
      [element('ul', null, row.sort().map((each) => element('li', null, nodeButton(each), ' ', element('span', { class: 'quiet' }, typeLabel(NODE_TYPES, NODES.get(each).type)))))]))));
}

function showPath(a, b) {
  let hops, note;
  for (const direction of ['upstream', 'downstream', 'either']) {
    hops = shortestPath(a, b, direction);
    if (hops && direction === 'either') note = word('pathUndirected');
    if (hops) break;
  }
  highlight(hops ? [a, ...hops.map((hop) => hop[2])] : [a, b], hops ? hops.map((hop) => hop[0].id) : [], true);
  panel.replaceChildren(
    element('h2', null, word('path')), element('p', null, nodeButton(a), ' → ', nodeButton(b)),
    element('p', { class: 'quiet' }, hops ? note : word('noPath')),
    element('div', { class: 'actions' }, element('button', { type: 'button', click: () => choose(b, false) }, word('clear'))),
    element('ol', { class: 'path' }, (hops || []).map(([edge, from]) => fact(edge, from))));
}

/** Makes a node the chosen one: selected, its surroundings clear, its details in the panel. */
function choose(id, focus) {
  chosen = id;
  cy.elements().unselect().removeClass('near');
  if (id === undefined) {
    highlight();
    panel.replaceChildren(element('p', { class: 'quiet' }, word('welcome')));
    return;
  }
  const node = cy.getElementById(`n:${id}`);
  node.removeClass('gone').select();
  const near = node.connectedEdges().filter((edge) => !edge.hasClass('gone'));
  if (near.length <= 40) near.addClass('near');
  highlight([id, ...near.connectedNodes().map((n) => record(n).id)], near.map((edge) => record(edge).id), false);
  if (focus) {
    const at = node.renderedPosition(), margin = 60;
    if (at.x < margin || at.y < margin || at.x > cy.width() - margin || at.y > cy.height() - margin) cy.center(node);
  }
  showNode(NODES.get(id));
  panel.scrollTop = 0;
}
