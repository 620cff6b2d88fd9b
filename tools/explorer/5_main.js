// Wires the page: search, filters, the date, keys, language and theme.
const byName = (id) => document.getElementById(id);
const DAY = 86400000;
const dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const dayText = (number) => new Date(number * DAY).toISOString().slice(0, 10);

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
  if (found.length === 0 && box.value.trim()) hits.replaceChildren(element('li', { class: 'note' }, word('none')));
  hits.hidden = box.value.trim() === '';
  active = -1;
  box.setAttribute('aria-expanded', String(!hits.hidden));
}
function moveTo(index) {
  const options = [...hits.querySelectorAll('[role="option"]')];
  if (options.length === 0) return;
  active = (index + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
  options[active].scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', options[active].id);
}
box.addEventListener('input', listHits);
box.addEventListener('blur', closeHits);
box.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') moveTo(active + 1);
  else if (event.key === 'ArrowUp') moveTo(active - 1);
  else if (event.key === 'Enter') {
    const option = hits.querySelectorAll('[role="option"]')[Math.max(0, active)];
    if (option) pick(option.dataset.id);
  } else if (event.key === 'Escape') closeHits();
  else return;
  event.preventDefault();
});

// --- filters and legend ------------------------------------------------------------------------------------------
const coloured = [];  // [element, its colour]: styles are set through the object model, which the page's policy allows
function typeList(list, types, records, set, swatch) {
  const counts = new Map();
  for (const each of records) counts.set(each.type, (counts.get(each.type) || 0) + 1);
  list.replaceChildren(...[...types.values()].filter((type) => counts.has(type.id)).map((type) => {
    const dot = element('span', { class: swatch, 'aria-hidden': 'true' });
    dot.style.background = type.colour;
    const input = element('input', { type: 'checkbox', 'data-type': type.id, change: () => {
      input.checked ? set.add(type.id) : set.delete(type.id);
      applyFilters();
    } });
    input.checked = set.has(type.id);
    return element('li', null, element('label', null, input, dot, element('span', null, labelOf(type.labels, type.id)), element('span', null, counts.get(type.id))));
  }));
}
function markList() {
  byName('marks-section').hidden = DATA.marks.length === 0;
  byName('marks').replaceChildren(...DATA.marks.map((mark) => {
    const dot = element('span', { class: 'swatch', 'aria-hidden': 'true' });
    dot.style.background = mark.colour;
    const count = DATA.nodes.filter((node) => node.mark === mark.id).length;
    return element('li', null, element('label', null, dot, element('span', null, labelOf(mark.labels, mark.id)), element('span', null, count)));
  }));
}
byName('by-mark').addEventListener('change', (event) => { byMark = event.target.checked; restyle(); });

// --- the date ----------------------------------------------------------------------------------------------------
const slider = byName('slider'), dateBox = byName('date');
function setUpDates() {
  const days = [DATA.as_of];
  for (const each of [...DATA.nodes, ...DATA.edges]) for (const day of each.spell || []) if (day) days.push(day);
  days.sort();
  slider.min = String(dayNumber(days[0]) - 1);
  slider.max = String(dayNumber(days[days.length - 1]) + 1);
}
function setDay(day) {
  shown.day = day;
  slider.value = String(dayNumber(day));
  slider.setAttribute('aria-valuetext', day);
  if (dateBox.value !== day) dateBox.value = day;
  applyFilters();
  if (chosen !== undefined) showNode(NODES.get(chosen));
}
slider.addEventListener('input', () => { byName('all-dates').checked = shown.allDates = false; setDay(dayText(Number(slider.value))); });
dateBox.addEventListener('change', () => { if (dateBox.value) { byName('all-dates').checked = shown.allDates = false; setDay(dateBox.value); } });
byName('all-dates').addEventListener('change', (event) => { shown.allDates = event.target.checked; setDay(shown.day); });

// --- the graph by keys and mouse ---------------------------------------------------------------------------------
cy.on('tap', 'node', (event) => choose(record(event.target).id, false));
cy.on('tap', (event) => { if (event.target === cy) choose(undefined); });
cy.on('zoom pan resize', arrangeSoon);
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
stage.addEventListener('keydown', (event) => {
  const selected = cy.nodes(':selected');
  if (ARROWS[event.key]) {
    const start = selected.nonempty() ? selected[0] : undefined;
    const next = start ? neighbourTowards(start, ARROWS[event.key]) : cy.nodes().filter((n) => !n.hasClass('gone')).max((n) => record(n).edges.length).ele;
    if (next) choose(record(next).id, true);
  } else if (event.key === 'Enter' && selected.nonempty()) panel.focus();
  else if (event.key === '+' || event.key === '=') cy.zoom({ level: cy.zoom() * 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  else if (event.key === '-') cy.zoom({ level: cy.zoom() / 1.25, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  else if (event.key === '0') fitAll();
  else if (event.key === 'Escape') choose(undefined);
  else return;
  event.preventDefault();
});
panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') stage.focus(); });

// --- language, theme, buttons ------------------------------------------------------------------------------------
function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  const texts = { 'fit': 'fit', 'picture': 'picture', 'language': 'language', 'theme': dark() ? 'light' : 'dark', 'date-title': 'date',
    'all-dates-text': 'allDates', 'marks-title': 'marks', 'by-mark-text': 'byMark', 'node-types-title': 'nodeTypes',
    'edge-types-title': 'edgeTypes', 'hint': 'hint' };
  for (const [id, key] of Object.entries(texts)) byName(id).textContent = word(key);
  byName('title').textContent = DATA.title;
  box.placeholder = word('search');
  for (const [each, key] of [[box, 'search'], [slider, 'date'], [dateBox, 'date'], [stage, 'graph'], [panel, 'facts']]) each.setAttribute('aria-label', word(key));
  typeList(byName('node-types'), NODE_TYPES, DATA.nodes, shown.nodeTypes, 'swatch');
  typeList(byName('edge-types'), EDGE_TYPES, DATA.edges, shown.edgeTypes, 'stroke');
  markList();
  applyFilters();
  choose(chosen);
}
byName('language').addEventListener('click', () => { language = language === 'zh' ? 'en' : 'zh'; speak(); });
byName('theme').addEventListener('click', () => { document.documentElement.classList.toggle('dark'); speak(); restyle(); arrangeSoon(); });
byName('fit').addEventListener('click', fitAll);
byName('picture').addEventListener('click', savePicture);

language = DATA.language === 'zh' ? 'zh' : 'en';
document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches);
setUpDates();
setDay(DATA.as_of);
speak();
fitAll();
arrangeLabels();
window.chokepoint = { cy, shown, choose, arrangeLabels };
