// Everything at once, where that is too much for the drawing: a map by WebGL that is looked at, and left by choosing a
// node. Made when it is first asked for.
const mapPlace = document.getElementById('map'), mapButton = document.getElementById('everything');
let map;

/** Whether there is more than the drawing holds, and the browser can draw it by WebGL. */
function hasMap() {
  if (mostDrawable() >= DATA.nodes.length || typeof Sigma === 'undefined') return false;
  const context = document.createElement('canvas').getContext('webgl2');
  if (context) { const lose = context.getExtension('WEBGL_lose_context'); if (lose) lose.loseContext(); }
  return context !== null;
}
/** A colour that lets the ground through, without transparency: thousands of lines lie upon each other. */
function faint(colour) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const behind = parts(ground());
  return `#${parts(colour).map((each, i) => Math.round(0.3 * each + 0.7 * behind[i]).toString(16).padStart(2, '0')).join('')}`;
}
function mapGraph() {
  const graph = new graphology.MultiDirectedGraph(), crowd = 4 * Math.max(1, Math.sqrt(DATA.nodes.length / 1500));
  for (const node of DATA.nodes) graph.addNode(node.id, { x: node.x, y: -node.y, size: nodeSize(node) / crowd });
  for (const edge of DATA.edges) graph.addEdgeWithKey(edge.id, edge.from, edge.to, { size: 0.6 });
  return graph;
}
function makeMap() {
  const edges = byId(DATA.edges), colours = new Map();
  const edgeColour = (type) => {
    const key = `${type} ${dark()}`;
    if (!colours.has(key)) colours.set(key, faint(typeColour(EDGE_TYPES, type)));
    return colours.get(key);
  };
  map = new Sigma(mapGraph(), mapPlace, {
    defaultEdgeType: 'line', labelFont: LABEL_FONT.replace(/^12px /, ''), labelSize: 12, labelRenderedSizeThreshold: 4, hideEdgesOnMove: true,
    labelColor: { color: ink() }, zIndex: true, minCameraRatio: 0.01, maxCameraRatio: 2,
    nodeReducer: (id, look) => ({ ...look, color: nodeColour(NODES.get(id)), label: nodeLabel(id), hidden: !nodeShown(NODES.get(id)) }),
    edgeReducer: (id, look) => ({ ...look, color: edgeColour(edges.get(id).type), hidden: !edgeShown(edges.get(id)) }),
  });
  map.on('clickNode', ({ node }) => { showMap(false); choose(node, true); });
}
const mapIsShown = () => !mapPlace.hidden;
function showMap(on) {
  mapPlace.hidden = !on;
  stage.hidden = labelCanvas.hidden = on;
  mapButton.setAttribute('aria-pressed', String(on));
  if (on && !map) makeMap();
  else if (on) refreshMap();
  document.getElementById('hint').hidden = document.getElementById('more').hidden = on;
  if (on) document.getElementById('counts').textContent = word('counts')(DATA.nodes.length, DATA.nodes.length, DATA.edges.length);
  if (!on) { cy.resize(); applyFilters(); }
}
function refreshMap() {
  if (!map || !mapIsShown()) return;
  map.setSetting('labelColor', { color: ink() });
  map.refresh();
}
/** The whole map, or all that is drawn. */
function fitView() {
  if (mapIsShown()) map.getCamera().animatedReset({ duration: calm.matches ? 0 : 300 });
  else fitAll();
}
mapButton.addEventListener('click', () => showMap(!mapIsShown()));
