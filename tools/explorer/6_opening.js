// What the page says before it draws anything: the program's answer, each line a way into the graph.
const isPhone = () => matchMedia('(max-width: 900px)').matches;

function openingLine(line) {
  const [first, ...others] = line.nodes;
  const also = others.filter((id) => NODES.has(id)).slice(0, 12);
  const button = element('button', { type: 'button', class: 'line', 'data-id': first, click: () => choose(first, true, also) },
    line.date ? element('span', { class: 'day' }, line.date) : '', element('span', { class: 'name' }, nodeLabel(first)),
    element('span', { class: 'reason' }, labelOf(line.reason, '')));
  return element('li', null, NODES.has(first) ? button : nodeLabel(first));
}

/** Text in which a command stands between backquotes. */
const withCommands = (text) => text.split('`').map((part, i) => (i % 2 === 1 ? element('code', null, part) : part));

function showAnswer() {
  const { headline, lists } = DATA.opening || { headline: {}, lists: [] };
  opening.replaceChildren(
    element('p', { class: 'headline' }, labelOf(headline, labelOf(DATA.titles, DATA.title))),
    element('p', { class: 'quiet' }, `${word('date')} ${DATA.as_of} · ${DATA.nodes.length} ${word('nodeTypes')} · ${DATA.edges.length} ${word('edgeTypes')} · ${DATA.sources.length} ${word('sources')}`),
    ...lists.flatMap((list) => [element('h2', null, labelOf(list.title, '')), element('ol', null, list.lines.map(openingLine)),
      list.more ? element('p', { class: 'quiet' }, withCommands(labelOf(list.more, ''))) : '']).filter(Boolean));
}
