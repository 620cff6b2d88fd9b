// The drawing: Cytoscape's elements, how they look, which labels have room.
const MARK_SHAPES = { subject: 'diamond', removed: 'star', chokepoint: 'hexagon', fails: 'octagon', 'may-fail': 'round-rectangle',
  reduced: 'round-tag' };
const MARKS = byId(DATA.marks);
const stage = document.getElementById('graph');
let byMark = DATA.marks.length > 0, labelSize = 12;
const dark = () => document.documentElement.classList.contains('dark');
const ink = () => (dark() ? '#ececec' : '#1a1a1a');
const ground = () => (dark() ? '#16181b' : '#ffffff');
const typeColour = (types, id) => (types.get(id) || {}).colour || '#999999';

function nodeColour(node) {
  if (!byMark) return typeColour(NODE_TYPES, node.type);
  return node.mark ? MARKS.get(node.mark).colour : dark() ? '#5b6067' : '#d4d4d0';
}

/** What an answer speaks of is never too small to see. */
const nodeSize = (node) => (byMark && node.mark ? Math.max(20, node.size) : node.size);

const record = (element) => element.scratch('record');
const cy = cytoscape({
  container: stage,
  elements: [
    ...DATA.nodes.map((node) => ({ group: 'nodes', data: { id: `n:${node.id}` }, position: { x: node.x, y: node.y },
      scratch: { record: node } })),
    ...DATA.edges.map((edge) => ({ group: 'edges',
      data: { id: `e:${edge.id}`, source: `n:${edge.from}`, target: `n:${edge.to}` }, scratch: { record: edge } })),
  ],
  layout: { name: 'preset', fit: false },
  minZoom: 0.02, maxZoom: 6, autoungrabify: false, boxSelectionEnabled: false,
  style: [],
});

function restyle() {
  const undirected = (edge) => (EDGE_TYPES.get(record(edge).type) || {}).symmetric;
  cy.style([
    { selector: 'node', style: {
      width: (n) => nodeSize(record(n)), height: (n) => nodeSize(record(n)), 'background-color': (n) => nodeColour(record(n)),
      shape: (n) => (byMark && MARK_SHAPES[record(n).mark]) || 'ellipse', 'border-width': 1, 'border-color': ink(),
      'border-opacity': 0.35, label: (n) => labelOf(record(n).labels, record(n).id), color: ink(), 'font-size': labelSize,
      'font-family': 'Noto Sans, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, PingFang SC, sans-serif',
      'text-valign': 'bottom', 'text-margin-y': labelSize / 4, 'text-wrap': 'ellipsis', 'text-max-width': 13 * labelSize,
      'text-outline-width': labelSize / 6, 'text-outline-color': ground() } },
    { selector: 'edge', style: {
      width: (e) => (record(e).share ? 1 + 3 * record(e).share : 1.2), 'line-color': (e) => typeColour(EDGE_TYPES, record(e).type),
      'target-arrow-color': (e) => typeColour(EDGE_TYPES, record(e).type), 'target-arrow-shape': (e) => (undirected(e) ? 'none' : 'triangle'),
      'arrow-scale': 0.7, 'curve-style': 'bezier', 'control-point-step-size': 18, opacity: 0.55,
      'line-style': (e) => (['reported', undefined].includes(record(e).status) ? 'solid' : 'dashed') } },
    { selector: 'edge.near', style: {
      label: (e) => typeLabel(EDGE_TYPES, record(e).type), 'font-size': 0.85 * labelSize, color: ink(), opacity: 1,
      'text-rotation': 'autorotate', 'text-background-color': ground(), 'text-background-opacity': 0.85 } },
    { selector: '.way', style: { opacity: 1, width: 4, 'z-index': 9 } },
    { selector: 'node.way', style: { width: (n) => nodeSize(record(n)), 'border-width': 3, 'border-opacity': 1, 'border-color': '#0077bb' } },
    { selector: '.faded', style: { opacity: 0.12 } },
    { selector: '.unlabelled', style: { label: '' } },
    { selector: 'node:selected', style: { 'border-width': 4, 'border-color': dark() ? '#8ec7ff' : '#0b5394', 'border-opacity': 1 } },
    { selector: '.gone', style: { display: 'none' } },
  ]);
}

const pen = document.createElement('canvas').getContext('2d');
function labelBox(node) {
  pen.font = '12px "Noto Sans", "WenQuanYi Micro Hei", sans-serif';
  const at = node.renderedPosition(), zoom = cy.zoom();
  const width = Math.min(pen.measureText(labelOf(record(node).labels, record(node).id)).width, 13 * 12) * ((labelSize * zoom) / 12) + 6;
  const top = at.y + (node.height() / 2 + labelSize / 4) * zoom;
  return [at.x - width / 2, top, at.x + width / 2, top + 1.25 * labelSize * zoom];
}
const inside = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Labels keep their size on the screen; each is shown only where no more important one stands. Chosen nodes and
 *  marked ones come first, then the best-linked. */
function arrangeLabels() {
  labelSize = Math.min(60, Math.max(5, 12 / cy.zoom()));
  restyle();
  const rank = (n) => (n.selected() ? 1e6 : 0) + (n.hasClass('way') ? 1e5 : 0) + (n.hasClass('faded') ? -1e5 : 0) +
    (record(n).mark ? 1e4 : 0) + record(n).edges.length;
  const nodes = cy.nodes().filter((n) => !n.hasClass('gone')).toArray().sort((a, b) => rank(b) - rank(a));
  const view = [0, 0, cy.width(), cy.height()], grid = new Map(), cell = 160;
  cy.batch(() => {
    for (const node of nodes) {
      const box = labelBox(node), cells = [];
      for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); ++x)
        for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); ++y) cells.push(`${x},${y}`);
      const room = inside(box, view) && !cells.some((c) => (grid.get(c) || []).some((each) => meet(box, each)));
      node.toggleClass('unlabelled', !room);
      if (room) for (const c of cells) grid.has(c) ? grid.get(c).push(box) : grid.set(c, [box]);
    }
  });
}
let waiting = 0;
function arrangeSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(arrangeLabels, 80);
}

/** Hides what the filters and the date leave out. */
function applyFilters() {
  let nodes = 0, edges = 0;
  cy.batch(() => {
    cy.nodes().forEach((n) => { const on = nodeShown(record(n)); nodes += on; n.toggleClass('gone', !on); });
    cy.edges().forEach((e) => { const on = edgeShown(record(e)); edges += on; e.toggleClass('gone', !on); });
  });
  document.getElementById('counts').textContent = word('counts')(nodes, edges);
  arrangeSoon();
}

function fitAll() {
  cy.fit(cy.elements().filter((e) => !e.hasClass('gone')), 50);
  arrangeSoon();
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
  arrangeSoon();
}

/** A picture of the whole graph as shown, for saving. */
function savePicture() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(cy.png({ output: 'blob', full: false, scale: 2, bg: ground() }));
  link.download = 'chokepoint.png';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
