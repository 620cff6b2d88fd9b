// Wires the page: search, filters, keys, language and theme.
const byName = (id) => document.getElementById(id);

// --- search: a combobox of nodes ---------------------------------------------------------------------------------
const box = byName('search'), hits = byName('hits');
let active = -1;
function closeHits() {
  hits.hidden = true;
  active = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}
function pick(id) {
  closeHits();
  choose(id, true);
}
function listHits() {
  const found = searchNodes(box.value, 30);
  hits.replaceChildren(...found.map((node, i) => element('li', { role: 'option', id: `hit-${i}`, 'aria-selected': 'false', 'data-id': node.id,
    mousedown: (event) => { event.preventDefault(); pick(node.id); } },
    labelOf(node.labels, node.id), element('span', { class: 'note' }, ` ${typeLabel(NODE_TYPES, node.type)} · ${node.id}`))));
  if (found.length === 0 && box.value.trim()) hits.replaceChildren(element('li', { class: 'note', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, word('none')));
  hits.hidden = box.value.trim() === '';
  active = -1;
  box.setAttribute('aria-expanded', String(!hits.hidden));
}
function moveToHit(index) {
  const options = [...hits.querySelectorAll('[data-id]')];
  if (options.length === 0) return;
  active = (index + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
  options[active].scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', options[active].id);
}
box.addEventListener('input', listHits);
box.addEventListener('blur', closeHits);
box.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') moveToHit(active + 1);
  else if (event.key === 'ArrowUp') moveToHit(active - 1);
  else if (event.key === 'Enter') {
    const option = hits.querySelectorAll('[data-id]')[Math.max(0, active)];
    if (option) pick(option.dataset.id);
  } else if (event.key === 'Escape') closeHits();
  else return;
  event.preventDefault();
});

// --- filters and legend ------------------------------------------------------------------------------------------
/** Counts of records by type. */
function countTypes(records) {
  const counts = new Map();
  for (const each of records) counts.set(each.type, (counts.get(each.type) || 0) + 1);
  return counts;
}
/** A box for each type, with a button that leaves it alone, or lets all come back. */
function typeList(list, types, records, set, swatch) {
  const counts = countTypes(records), present = [...types.values()].filter((type) => counts.has(type.id)), rows = [];
  const alone = (type) => set.size === 1 && set.has(type.id);
  const sync = () => {
    for (const [type, input, only] of rows) {
      input.checked = set.has(type.id);
      only.textContent = word(alone(type) ? 'notOnly' : 'only');
      only.setAttribute('aria-pressed', String(alone(type)));
      only.setAttribute('aria-label', `${only.textContent} ${labelOf(type.labels, type.id)}`);
    }
  };
  const changed = () => { sync(); applyFilters(); if (chosen !== undefined) showNode(NODES.get(chosen)); };
  for (const type of present) {
    const input = element('input', { type: 'checkbox', 'data-type': type.id, change: () => { input.checked ? set.add(type.id) : set.delete(type.id); changed(); } });
    const only = element('button', { type: 'button', class: 'only', 'data-only': type.id, click: () => {
      const all = alone(type);
      set.clear();
      for (const each of all ? present : [type]) set.add(each.id);
      changed();
    } });
    rows.push([type, input, only]);
  }
  list.replaceChildren(...rows.map(([type, input, only]) => {
    const dot = element('span', { class: swatch, 'aria-hidden': 'true' });
    dot.style.background = type.colour;
    return element('li', null, element('label', null, input, dot, element('span', null, labelOf(type.labels, type.id)), element('span', { class: 'count' }, counts.get(type.id))), only);
  }));
  sync();
}
/** What the colours mean: of an answer its marks, else the types that are drawn. */
function showLegend() {
  const counts = countTypes(DATA.nodes);
  const entries = byMark
    ? DATA.marks.map((mark) => [mark.colour, labelOf(mark.labels, mark.id), DATA.nodes.filter((node) => node.mark === mark.id).length])
    : [...NODE_TYPES.values()].filter((type) => counts.has(type.id)).sort((a, b) => counts.get(b.id) - counts.get(a.id)).slice(0, 8)
      .map((type) => [type.colour, labelOf(type.labels, type.id), counts.get(type.id)]);
  byName('legend').replaceChildren(element('ul', { id: 'marks' }, entries.map(([colour, label, count]) => {
    const dot = element('span', { class: 'swatch', 'aria-hidden': 'true' });
    dot.style.background = colour;
    return element('li', null, dot, element('span', null, label), element('span', { class: 'count' }, count));
  })));
}
byName('by-mark').addEventListener('change', (event) => { byMark = event.target.checked; restyle(); showLegend(); drawLabelsSoon(); refreshMap(); });
for (const key of ['soft', 'plans'])
  byName(key).addEventListener('change', (event) => { shown[key] = event.target.checked; setDay(shown.day); });
byName('filter').addEventListener('click', () => {
  const list = byName('filters');
  list.hidden = !list.hidden;
  byName('filter').setAttribute('aria-expanded', String(!list.hidden));
  if (!list.hidden) list.querySelector('section:not([hidden]) input').focus();
  cy.resize();
  if (chosen === undefined && !mapIsShown()) fitAll();
  drawDensity();
});
byName('filters').addEventListener('keydown', (event) => { if (event.key === 'Escape') byName('filter').click(), byName('filter').focus(); });

// --- the graph by keys and mouse ---------------------------------------------------------------------------------
cy.on('tap', 'node', (event) => choose(record(event.target).id, false));
cy.on('tap', (event) => { if (event.target === cy) choose(undefined); });
cy.on('zoom pan resize position', drawLabelsSoon);
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The linked node that lies best in a direction, else the nearest node there. */
function neighbourTowards(from, [dx, dy]) {
  const start = from.position();
  const best = (nodes) => {
    let found, least = Infinity;
    nodes.forEach((n) => {
      if (n.same(from) || n.hasClass('gone')) return;
      const x = n.position().x - start.x, y = n.position().y - start.y, along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
      if (along > 0 && across <= 2 * along && along + 2 * across < least) { least = along + 2 * across; found = n; }
    });
    return found;
  };
  return best(from.neighborhood('node')) || best(cy.nodes());
}
function firstDrawn() {
  const there = cy.nodes().filter((n) => !n.hasClass('gone'));
  return there.empty() ? undefined : there.min((n) => record(n).rank).ele;
}
const zoomBy = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
stage.addEventListener('keydown', (event) => {
  const selected = cy.nodes(':selected');
  if (ARROWS[event.key]) {
    const next = selected.nonempty() ? neighbourTowards(selected[0], ARROWS[event.key]) : firstDrawn();
    if (next) {
      choose(record(next).id, false);
      const at = next.renderedPosition(), margin = 60;
      if (at.x < margin || at.y < margin || at.x > cy.width() - margin || at.y > cy.height() - margin) cy.center(next);
    }
  } else if (event.key === 'Enter' && selected.nonempty()) details.focus();
  else if (event.key === '+' || event.key === '=') zoomBy(1.25);
  else if (event.key === '-') zoomBy(0.8);
  else if (event.key === '0') fitAll();
  else if (event.key === 'Escape') choose(undefined);
  else return;
  event.preventDefault();
});
details.addEventListener('keydown', (event) => { if (event.key === 'Escape') stage.focus({ preventScroll: isPhone() }); });
/** Leaves the facts for the answer, and gives the focus to the line that was come from. */
function goBack() {
  const line = opening.querySelector(`[data-id="${CSS.escape(chosen || '')}"]`);
  choose(undefined);
  (line || stage).focus();
}
byName('back').addEventListener('click', goBack);
byName('taller').addEventListener('click', () => {
  const tall = document.body.classList.toggle('tall');
  byName('taller').setAttribute('aria-expanded', String(tall));
  byName('taller').textContent = word(tall ? 'shorter' : 'taller');
});

// --- language, theme, buttons ------------------------------------------------------------------------------------
function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  const texts = { 'fit': 'fit', 'picture': 'picture', 'language': 'language', 'theme': dark() ? 'light' : 'dark', 'filter': 'filter', 'skip': 'skip',
    'back': 'back', 'taller': document.body.classList.contains('tall') ? 'shorter' : 'taller', 'more': 'more', 'all': 'all', 'everything': 'everything', 'counted-title': 'counted',
    'soft-text': 'soft', 'plans-text': 'plans', 'all-dates-text': 'allDates', 'marks-title': 'marks', 'by-mark-text': 'byMark',
    'node-types-title': 'nodeTypes', 'edge-types-title': 'edgeTypes', 'hint': mapIsShown() ? 'mapHint' : 'hint' };
  for (const [id, key] of Object.entries(texts)) byName(id).textContent = word(key);
  const title = labelOf(DATA.titles, DATA.title);
  byName('title').textContent = title;
  document.title = title;
  byName('title').setAttribute('title', word('home'));
  box.placeholder = word('search');
  byName('later').textContent = '›';
  byName('earlier').textContent = '‹';
  for (const [each, key] of [[box, 'search'], [hits, 'search'], [slider, 'date'], [dateBox, 'date'], [stage, 'graph'], [mapPlace, 'map'], [details, 'facts'], [opening, 'opening'],
    [byName('stage'), 'stage'], [byName('filters'), 'filter'], [byName('later'), 'later'], [byName('earlier'), 'earlier']]) each.setAttribute('aria-label', word(key));
  byName('marks-section').hidden = DATA.marks.length === 0;
  play(playing !== 0);
  showAnswer();
  typeList(byName('node-types'), NODE_TYPES, DATA.nodes, shown.nodeTypes, 'swatch');
  typeList(byName('edge-types'), EDGE_TYPES, DATA.edges, shown.edgeTypes, 'stroke');
  showLegend();
  setDay(shown.day);
}
byName('language').addEventListener('click', () => { language = language === 'zh' ? 'en' : 'zh'; speak(); });
byName('theme').addEventListener('click', () => { document.documentElement.classList.toggle('dark'); speak(); restyle(); drawDensity(); drawLabelsSoon(); refreshMap(); });
byName('fit').addEventListener('click', fitView);
byName('more').addEventListener('click', drawMore);
byName('all').addEventListener('click', () => drawFirst(DATA.nodes.length));
byName('title').addEventListener('click', () => { showMap(false); choose(undefined); drawPart(); opening.scrollTop = 0; if (isPhone()) scrollTo(0, 0); });
byName('picture').addEventListener('click', savePicture);
addEventListener('resize', () => { drawDensity(); drawLabelsSoon(); });

language = DATA.language === 'zh' ? 'zh' : 'en';
document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches);
setUpDates();
restyle();
speak();
// The answer is on the screen before the graph is made.
requestAnimationFrame(() => setTimeout(() => {
  cy.resize();
  drawPart();
  drawDensity();
  mapButton.hidden = !hasMap();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.chokepoint = { cy, shown, choose, labels: () => (mapIsShown() ? mapLabels : drawnLabels), tiers, gates, setDay, data: DATA, ready: performance.now() };
  }));
}, 0));
