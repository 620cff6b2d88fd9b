// The drawing: which nodes are drawn, Cytoscape's elements, how they look. The page opens with the most important part
// and draws the rest where it is asked for.
const MARK_SHAPES = { subject: 'diamond', removed: 'star', chokepoint: 'hexagon', fails: 'octagon', 'may-fail': 'round-rectangle',
  reduced: 'round-tag' };
const MARKS = byId(DATA.marks);
const MOST_DRAWN = 3000;  // elements that are drawn together, unless they are asked for one by one
const stage = document.getElementById('graph');
let byMark = DATA.marks.length > 0;
const dark = () => document.documentElement.classList.contains('dark');
const ink = () => (dark() ? '#ececec' : '#1a1a1a');
const ground = () => (dark() ? '#16181b' : '#ffffff');
const typeColour = (types, id) => (types.get(id) || {}).colour || '#999999';
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function nodeColour(node) {
  if (!byMark) return typeColour(NODE_TYPES, node.type);
  return node.mark ? MARKS.get(node.mark).colour : dark() ? '#5b6067' : '#d4d4d0';
}

/** What an answer speaks of is never too small to see. */
const nodeSize = (node) => (byMark && node.mark ? Math.max(20, node.size) : node.size);
const nodeLook = (node) => ({ size: nodeSize(node), colour: nodeColour(node), shape: (byMark && MARK_SHAPES[node.mark]) || 'ellipse' });

const record = (element) => element.scratch('record');
const cy = cytoscape({ container: stage, layout: { name: 'preset', fit: false }, minZoom: 0.02, maxZoom: 6, boxSelectionEnabled: false,
  style: [] });
const nodeElement = (id) => cy.getElementById(`n:${id}`);
const isDrawn = (id) => nodeElement(id).nonempty();

function restyle() {
  cy.batch(() => cy.nodes().forEach((n) => n.data(nodeLook(record(n)))));
  cy.style([
    { selector: 'node', style: { width: 'data(size)', height: 'data(size)', 'background-color': 'data(colour)', shape: 'data(shape)',
      'border-width': 1, 'border-color': ink(), 'border-opacity': 0.35 } },
    { selector: 'edge', style: { width: 'data(width)', 'line-color': 'data(colour)', 'target-arrow-color': 'data(colour)',
      'target-arrow-shape': 'triangle', 'arrow-scale': 0.7, 'curve-style': 'bezier', 'control-point-step-size': 18, opacity: 0.55 } },
    { selector: 'edge[?symmetric]', style: { 'target-arrow-shape': 'none' } },
    { selector: 'edge[?unsure]', style: { 'line-style': 'dashed' } },
    { selector: 'edge.near', style: { opacity: 1 } },
    { selector: '.way', style: { opacity: 1, width: 4, 'z-index': 9 } },
    { selector: 'node.way', style: { width: 'data(size)', 'border-width': 3, 'border-opacity': 1, 'border-color': '#0077bb' } },
    { selector: '.faded', style: { opacity: 0.12 } },
    { selector: 'node:selected', style: { 'border-width': 4, 'border-color': dark() ? '#8ec7ff' : '#0b5394', 'border-opacity': 1 } },
    { selector: '.gone', style: { display: 'none' } },
  ]);
}

const nodeData = (node, place) => ({ group: 'nodes', data: { id: `n:${node.id}`, ...nodeLook(node) }, position: { x: place[0], y: place[1] },
  scratch: { record: node } });
const edgeData = (edge) => ({ group: 'edges', scratch: { record: edge },
  data: { id: `e:${edge.id}`, source: `n:${edge.from}`, target: `n:${edge.to}`, colour: typeColour(EDGE_TYPES, edge.type),
    width: edge.share ? 1 + 3 * edge.share : 1.2, symmetric: (EDGE_TYPES.get(edge.type) || {}).symmetric === true,
    unsure: !['reported', undefined].includes(edge.status) } });

/** Draws nodes that are not, with the relations between them and what is drawn already.
 *  @param places  Map id -> [x, y] */
function addNodes(places) {
  const ids = [...places.keys()].filter((id) => !isDrawn(id)), added = new Set(ids), elements = [];
  for (const id of ids) elements.push(nodeData(NODES.get(id), places.get(id)));
  for (const id of ids)
    for (const edge of NODES.get(id).edges) {
      const to = other(edge, id);
      if (added.has(to) ? edge.from === id : isDrawn(to)) elements.push(edgeData(edge));
    }
  cy.add(elements);
  if (ids.length > 0) applyFilters();
}

/** Places around a drawn node for others: rings of free squares, the nearest first. */
function placesAround(id, ids) {
  const cell = 70, taken = new Set(), key = (x, y) => `${Math.round(x / cell)},${Math.round(y / cell)}`;
  cy.nodes().forEach((n) => { const at = n.position(); taken.add(key(at.x, at.y)); });
  const centre = nodeElement(id).position(), places = new Map(), rest = [...ids];
  for (let ring = 1; rest.length > 0; ++ring) {
    const slots = 8 * ring, turn = ring * 0.7;
    for (let i = 0; i < slots && rest.length > 0; ++i) {
      const angle = turn + (2 * Math.PI * i) / slots;
      const x = centre.x + 1.6 * cell * ring * Math.cos(angle), y = centre.y + 1.2 * cell * ring * Math.sin(angle);
      if (ring < 6 && taken.has(key(x, y))) continue;
      taken.add(key(x, y));
      places.set(rest.shift(), [x, y]);
    }
  }
  return places;
}

/** Draws a node that is not: beside its most important neighbour that is, else below everything. */
function ensureDrawn(id) {
  if (isDrawn(id)) return;
  const beside = NODES.get(id).edges.map((edge) => other(edge, id)).filter((to) => to !== id && isDrawn(to)).sort(byRank)[0];
  if (beside !== undefined) { addNodes(placesAround(beside, [id])); return; }
  const box = cy.nodes().boundingBox();
  addNodes(new Map([[id, [cy.nodes().empty() ? 0 : (box.x1 + box.x2) / 2, cy.nodes().empty() ? 0 : box.y2 + 120]]]));
}

/** Neighbours that are not drawn and that the filters let be, the most important first. */
function hiddenNeighbours(id) {
  const ids = new Set();
  for (const edge of NODES.get(id).edges) if (edgeShown(edge) && !isDrawn(other(edge, id))) ids.add(other(edge, id));
  return [...ids].sort(byRank);
}
function drawNeighbours(id, most) {
  const ids = hiddenNeighbours(id).slice(0, most);
  if (ids.length > 0) addNodes(placesAround(id, ids));
}

/** The part that the page opens with, as the program placed it. */
function drawPart() {
  cy.elements().remove();
  const places = new Map();
  DATA.part.rows.slice(0, DATA.part.drawn).forEach((row, i) => places.set(DATA.nodes[row].id, DATA.part.places[i]));
  addNodes(places);
  fitAll();
}

/** How many of the most important nodes can be drawn, with what links them, before there are too many elements. */
let drawable;
function mostDrawable() {
  if (drawable === undefined) drawable = countDrawable(MOST_DRAWN);
  return drawable;
}
function countDrawable(limit) {
  let size = 0, many = 0;
  for (const row of DATA.part.rows) {
    const node = DATA.nodes[row];
    size += 1 + node.edges.filter((edge) => NODES.get(other(edge, node.id)).rank <= node.rank).length;
    if (size > limit) break;
    ++many;
  }
  return many;
}

/** Draws the most important nodes, so many of them, where they stand in the picture of all. */
function drawFirst(many) {
  const places = new Map();
  for (const row of DATA.part.rows.slice(0, many)) places.set(DATA.nodes[row].id, [DATA.nodes[row].x, DATA.nodes[row].y]);
  cy.batch(() => cy.nodes().forEach((n) => { const id = record(n).id; n.position({ x: NODES.get(id).x, y: NODES.get(id).y }); }));
  addNodes(places);
  fitAll();
}
/** Twice as many nodes as are drawn, up to what can be. */
function drawMore() {
  drawFirst(Math.min(DATA.nodes.length, mostDrawable(), 2 * Math.max(1, cy.nodes().length)));
}

/** Hides what the filters and the date leave out. */
function applyFilters() {
  let nodes = 0, edges = 0;
  cy.batch(() => {
    cy.nodes().forEach((n) => { const on = nodeShown(record(n)); nodes += on; n.toggleClass('gone', !on); });
    cy.edges().forEach((e) => { const on = edgeShown(record(e)); edges += on; e.toggleClass('gone', !on); });
  });
  showCounts(nodes, edges);
  drawLabelsSoon();
  refreshMap();
}
function showCounts(nodes, edges) {
  const most = mostDrawable(), drawn = cy.nodes().length, is_all = drawn >= DATA.nodes.length;
  document.getElementById('counts').textContent = word('counts')(nodes, DATA.nodes.length, edges);
  document.getElementById('more').hidden = is_all || drawn >= most || mapIsShown();
  document.getElementById('all').hidden = is_all || most < DATA.nodes.length;
}

const visible = () => cy.elements().filter((e) => !e.hasClass('gone'));
/** How much of the drawing's height a sheet of facts lies upon. */
function coveredHeight() {
  if (!isPhone() || details.hidden) return 0;
  return Math.min(0.7 * cy.height(), Math.max(0, stage.getBoundingClientRect().bottom - details.getBoundingClientRect().top));
}
function fly(elements, padding) {
  if (elements.empty()) return;
  cy.stop();
  const box = elements.boundingBox({ includeLabels: false }), high = cy.height() - coveredHeight();
  // One node fills no screen.
  const zoom = Math.min(1.6, (cy.width() - 2 * padding) / Math.max(1, box.w), (high - 2 * padding) / Math.max(1, box.h));
  const level = Math.max(zoom, 0.05);
  const pan = { x: cy.width() / 2 - level * (box.x1 + box.x2) / 2, y: high / 2 - level * (box.y1 + box.y2) / 2 };
  if (calm.matches) { cy.zoom(level); cy.pan(pan); } else cy.animate({ zoom: level, pan }, { duration: 350, easing: 'ease-in-out' });
}
function fitAll() {
  cy.stop();
  cy.fit(visible(), 40);
  if (cy.zoom() > 1.6) { cy.zoom(1.6); cy.center(visible()); }
  drawLabelsSoon();
}

/** Shows only `ids` and `edgeIds` clearly; with nothing everything is as before. */
function highlight(ids, edgeIds, strong) {
  cy.batch(() => {
    cy.elements().removeClass('faded way');
    if (!ids) return;
    const nodes = new Set(ids), edges = new Set(edgeIds);
    cy.nodes().forEach((n) => { n.toggleClass('faded', !nodes.has(record(n).id)); if (strong && nodes.has(record(n).id)) n.addClass('way'); });
    cy.edges().forEach((e) => { e.toggleClass('faded', !edges.has(record(e).id)); if (strong && edges.has(record(e).id)) e.addClass('way'); });
  });
  drawLabelsSoon();
}
