// Everything at once, where that is too much for the drawing: a map by WebGL that is looked at, and left by choosing a
// node. Made when it is first asked for.
const mapPlace = document.getElementById('map'), mapButton = document.getElementById('everything');
let map, mapNode;  // the node that keys are at

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
/** Which boxes the names on the map take in this frame: of two that would touch, the larger node's stays. */
let mapTaken = new Taken(), mapLabels = [];
function drawMapLabel(context, data, settings) {
  if (!data.label) return;
  context.font = `${settings.labelSize}px ${settings.labelFont}`;
  const x = data.x + data.size + 3, y = data.y + settings.labelSize / 3, width = context.measureText(data.label).width;
  const box = [x - 3, y - settings.labelSize, x + width + 5, y + 6];
  if (!mapTaken.take(box)) return;
  mapLabels.push({ text: data.label, box });
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = ground();
  context.strokeText(data.label, x, y);
  context.fillStyle = ink();
  context.fillText(data.label, x, y);
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
    labelColor: { color: ink() }, zIndex: true, defaultDrawNodeLabel: drawMapLabel, minCameraRatio: 0.01, maxCameraRatio: 2,
    nodeReducer: (id, look) => ({ ...look, color: nodeColour(NODES.get(id)), label: nodeLabel(id), hidden: !nodeShown(NODES.get(id)),
      highlighted: id === mapNode, forceLabel: id === mapNode }),
    edgeReducer: (id, look) => ({ ...look, color: edgeColour(edges.get(id).type), hidden: !edgeShown(edges.get(id)) }),
  });
  map.on('beforeRender', () => { mapTaken = new Taken(); mapLabels = []; });
  map.on('clickNode', ({ node }) => { showMap(false); choose(node, true); });
}
const mapIsShown = () => !mapPlace.hidden;
function showMap(on) {
  mapPlace.hidden = !on;
  stage.hidden = labelCanvas.hidden = on;
  mapButton.setAttribute('aria-pressed', String(on));
  if (on) mapNode = undefined;
  if (on && !map) makeMap();
  else if (on) refreshMap();
  document.getElementById('more').hidden = on;
  document.getElementById('hint').textContent = word(on ? 'mapHint' : 'hint');
  document.getElementById('skip').href = on ? '#map' : '#graph';
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

// --- the map by keys ---------------------------------------------------------------------------------------------
const MAP_ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** The linked node that lies best in a direction, else the nearest node there. */
function mapNodeTowards(from, [dx, dy]) {
  const graph = map.getGraph(), start = graph.getNodeAttributes(from);
  const best = (ids) => {
    let found, least = Infinity;
    for (const id of ids) {
      if (id === from || !nodeShown(NODES.get(id))) continue;
      const at = graph.getNodeAttributes(id), along = (at.x - start.x) * dx + (at.y - start.y) * dy;
      const across = Math.abs((at.x - start.x) * dy) + Math.abs((at.y - start.y) * dx);
      if (along > 0 && across <= 2 * along && along + 2 * across < least) { least = along + 2 * across; found = id; }
    }
    return found;
  };
  return best(graph.neighbors(from)) || best(graph.nodes());
}
/** The chosen node where it is shown, else the most important one. */
function firstOnMap() {
  const there = DATA.nodes.filter(nodeShown), known = there.find((node) => node.id === chosen);
  return (known || there.reduce((best, node) => (best && best.rank <= node.rank ? best : node), undefined) || {}).id;
}
/** Says where the keys are, and keeps it in sight. */
function goToMapNode(id) {
  mapNode = id;
  map.refresh();
  document.getElementById('counts').textContent = `${nodeLabel(id)} · ${typeLabel(NODE_TYPES, NODES.get(id).type)}`;
  const at = map.getNodeDisplayData(id), on = map.framedGraphToViewport(at), margin = 60, { width, height } = map.getDimensions();
  if (on.x < margin || on.y < margin || on.x > width - margin || on.y > height - margin)
    map.getCamera().animate({ x: at.x, y: at.y }, { duration: calm.matches ? 0 : 200 });
}
mapPlace.addEventListener('keydown', (event) => {
  const duration = calm.matches ? 0 : 200;
  if (MAP_ARROWS[event.key]) {
    const next = mapNode === undefined ? firstOnMap() : mapNodeTowards(mapNode, MAP_ARROWS[event.key]);
    if (next !== undefined) goToMapNode(next);
  } else if (event.key === 'Enter' && mapNode !== undefined) {
    const node = mapNode;
    showMap(false);
    choose(node, true);
    details.focus();
  } else if (event.key === '+' || event.key === '=') map.getCamera().animatedZoom({ duration });
  else if (event.key === '-') map.getCamera().animatedUnzoom({ duration });
  else if (event.key === '0') fitView();
  else if (event.key === 'Escape') { showMap(false); mapButton.focus(); }
  else return;
  event.preventDefault();
});
mapButton.addEventListener('click', () => {
  showMap(!mapIsShown());
  if (mapIsShown()) mapPlace.focus({ preventScroll: true });
});
