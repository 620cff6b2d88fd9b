// The explorer's page in a headless browser, as a person would use it: it opens with an answer, finds nodes in both
// languages, shows sources, moves in time, works by keyboard, and takes hostile text for text.
//
// usage: node explorer_test.mjs PROGRAM EXPLORER_DIR
// Exit code 77, with a sentence, where the browser or the page is not there.
import { writeFileSync } from 'node:fs';
import { ask, choose, chosen, expect, file, labelOverlaps, open, panelText, picture, run, runAll, settled } from './support.mjs';

const visibleEdges = (page) => page.evaluate(() => window.chokepoint.cy.edges().filter((e) => !e.hasClass('gone')).length);
const colourOf = (page, id) => page.evaluate((each) => window.chokepoint.cy.getElementById(`n:${each}`).style('background-color'), id);

/** The answer comes first, and each of its lines leads into the graph. */
async function testOpening() {
  run('view', '-o', file('all.html'));
  const { page, said, asked } = await open(file('all.html'));
  const worst = ask('rank', '--by', 'stops', '--type', 'country', '--type', 'firm', '--limit', '1')[0];
  const text = await page.locator('#opening').innerText();
  expect(text.includes(`Without ${worst.label} ${worst.value} nodes`), `the page opens with the worst loss (${text.slice(0, 200)})`);
  for (const title of ['What most hangs on', 'Supplies that mostly come from one hand', 'Latest measures'])
    expect(text.includes(title), `the page opens with "${title}"`);
  expect(await page.locator('#opening .line').count() >= 12, 'the lists have lines');
  const drawn = await page.evaluate(() => window.chokepoint.cy.elements().length);
  expect(drawn > 100 && drawn <= 700, `the page draws its most important part first (${drawn} elements)`);
  const labels = await labelOverlaps(page);
  expect(labels.labels > 25, `the first view names the larger nodes (${labels.labels})`);
  expect(labels.overlaps === 0, `no labels overlap in the first view (${labels.overlaps} do)`);
  await picture(page, 'explorer.png');

  // Every line that can be clicked leads to what it names, in the middle of the view and with its facts.
  for (const at of [0, 9]) {
    const line = page.locator('#opening .line').nth(at), id = await line.getAttribute('data-id');
    await line.click();
    await settled(page);
    expect(await chosen(page) === id, `a click on the line of ${id} chooses it`);
    expect(await page.evaluate((each) => {
      const { cy } = window.chokepoint, place = cy.getElementById(`n:${each}`).renderedPosition();
      return place.x > 0 && place.y > 0 && place.x < cy.width() && place.y < cy.height();
    }, id), `the view flies to ${id}`);
    expect((await panelText(page)).includes(id), `the facts of ${id} are shown`);
    await page.click('#back');
    await settled(page);
    expect(await page.locator('#details').isHidden(), 'the way back to the answer');
    expect(await page.evaluate((each) => document.activeElement.dataset.id === each, id), 'the line has the focus again');
  }
  expect(said.length === 0, `the page says nothing on the console (${said})`);
  expect(asked.length === 0, `the page asks nothing of the network (${asked})`);
}

async function testSearchAndFacts() {
  const { page, said } = await open(file('all.html'));
  await page.fill('#search', '华为');
  const hits = await page.locator('#hits [role="option"]').allInnerTexts();
  expect(hits.length > 0 && hits[0].includes('huawei'), `a search finds 华为 (${hits})`);
  await page.keyboard.press('ArrowDown');
  expect(await page.getAttribute('#search', 'aria-activedescendant') === 'hit-0', 'the arrows move among the hits');
  await page.keyboard.press('Enter');
  expect((await panelText(page)).includes('huawei'), 'Enter opens the hit');
  await page.fill('#search', 'HUAWEI ascend');
  expect((await page.locator('#hits [role="option"]').count()) >= 2, 'case does not matter in a search');
  await page.keyboard.press('Escape');
  expect(await page.locator('#hits').isHidden(), 'Escape closes the list of hits');

  // A click on the drawing, at the place where a node is.
  await page.click('#title');
  await settled(page);
  const at = await page.evaluate(() => {
    const { cy } = window.chokepoint, place = cy.getElementById('n:cn').renderedPosition(), box = document.getElementById('graph').getBoundingClientRect();
    return { x: box.x + place.x, y: box.y + place.y };
  });
  await page.mouse.click(at.x, at.y);
  await settled(page);
  expect((await page.locator('#details h2').innerText()) === 'China', 'a click opens a node');
  expect((await page.locator('#sources .source').count()) > 0, 'a node shows its sources');
  expect((await page.locator('#details .fact').count()) > 20, 'a node shows its facts');
  expect((await page.locator('#details .figure').count()) > 5, 'a node shows its figures');
  await page.locator('#details .fact summary').first().click();
  await page.locator('#details .fact .source').first().waitFor();
  expect((await page.locator('#details .fact .source').first().innerText()).length > 5, 'a fact shows its sources');
  await picture(page, 'explorer-node.png');

  // A node that is not drawn is drawn with its neighbours, and the view is theirs.
  const hidden = await page.evaluate(() => { const { data, cy } = window.chokepoint; return data.nodes.find((n) => n.edges.length > 2 && n.edges.length < 10 && cy.getElementById(`n:${n.id}`).empty()).id; });
  await choose(page, hidden);
  const view = await page.evaluate((id) => {
    const { cy } = window.chokepoint, node = cy.getElementById(`n:${id}`), near = node.closedNeighborhood('node');
    const inside = near.filter((n) => { const p = n.renderedPosition(); return p.x > 0 && p.y > 0 && p.x < cy.width() && p.y < cy.height(); }).length;
    return { near: near.length, inside, links: new Set(window.chokepoint.data.nodes.find((n) => n.id === id).edges.flatMap((e) => [e.from, e.to])).size };
  }, hidden);
  expect(view.near === view.inside && view.near > 2, `choosing ${hidden} zooms to its neighbours (${JSON.stringify(view)})`);
  expect(said.length === 0, `no error (${said})`);
}

/** What it says of dependencies is what the program says; `page_answers_test.py` asks both of many more. */
async function testDependencies() {
  const { page } = await open(file('all.html'));
  await choose(page, 'nvidia-h100');
  const groups = ask('depends', 'nvidia-h100', '--soft').groups.filter((group) => group.of === 'nvidia-h100');
  const rows = await page.locator('#details .gate').evaluateAll((all) => all.map((each) => `${each.dataset.rule} ${each.dataset.k} ${each.dataset.n}`).sort());
  expect(rows.join() === groups.map((each) => `${each.rule} ${each.k} ${each.n}`).sort().join(), `the gates of the H100 (${rows})`);
  await page.getByRole('button', { name: 'What it depends on' }).click();
  const listed = await page.locator('#details li[data-id]').evaluateAll((all) => all.map((each) => each.dataset.id).sort());
  const known = ask('depends', 'nvidia-h100', '--nodes').nodes.map((each) => each.id).sort();
  const text = await panelText(page);
  expect(text.includes(`(${known.length})`) && listed.every((id) => known.includes(id)), `upstream tiers are those of depends (${listed.length} of ${known.length})`);
  expect(text.includes('Tier 2') && text.includes('Taiwan'), 'what something depends on reaches Taiwan');
  await choose(page, 'nvidia-h100');
  await page.getByRole('button', { name: 'Path from here' }).click();
  await choose(page, 'tw');
  await page.getByRole('button', { name: /Path to here/ }).click();
  expect((await page.locator('#details ol.path .fact').count()) === 2, 'the path from the H100 to Taiwan has two hops');
}

async function testTime() {
  const { page, said } = await open(file('all.html'));
  const now = await visibleEdges(page);
  const [first, last] = await page.evaluate(() => [document.getElementById('slider').min, document.getElementById('slider').max].map((each) => new Date(86400000 * Number(each)).toISOString().slice(0, 10)));
  expect(first >= '2010-01-01' && last < '2040-01-01', `the slider runs over the dense years (${first} to ${last})`);
  await page.locator('#slider').fill(String(Math.round(Date.parse('2021-06-01') / 86400000)));
  await settled(page);
  const before = await visibleEdges(page);
  expect(before < now, `the date slider hides later edges (${before} of ${now} remain)`);
  expect(await page.evaluate(() => window.chokepoint.cy.edges().filter((e) => !e.hasClass('gone') && (e.scratch('record').spell || [''])[0] > '2021-06-01').length) === 0,
    'no edge that began after the day is shown');
  // The next change, as an export of the day before and of that day tell it.
  await page.fill('#date', '2022-10-06');
  await page.click('#later');
  const day = await page.inputValue('#date');
  expect(day === '2022-10-07', `the jump goes to the next day on which something changes (${day})`);
  expect(/2022-10-07: \d+ began/.test(await page.locator('#change').innerText()), 'and says what changes');
  await page.click('#earlier');
  expect(await page.inputValue('#date') < '2022-10-07', 'the jump back goes to the change before');
  await page.click('#play');
  await page.waitForFunction(() => document.getElementById('date').value > '2022-10-07', null, { timeout: 20000 });
  await page.click('#play');
  const held = await page.inputValue('#date');
  await page.waitForTimeout(700);
  expect(await page.inputValue('#date') === held, 'play stops where it is stopped');
  const marks = await page.evaluate(() => { const c = document.getElementById('density'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; });
  expect(marks > 50, `the slider has marks (${marks} pixels)`);
  await page.click('#filter');
  await page.check('#all-dates');
  await settled(page);
  expect(await visibleEdges(page) >= now, 'all dates shows everything again');
  expect(said.length === 0, `no error (${said})`);

  // Without dates there is no slider.
  writeFileSync(file('undated.json'), JSON.stringify({ dataset: { id: 'u', title: 'U', version: '1', license: 'CC0-1.0' }, sources: [{ id: 's', title: 'S' }],
    nodes: ['a', 'b'].map((id) => ({ id, type: 'firm', sources: [{ source: 's' }] })), edges: [{ type: 'owns', from: 'a', to: 'b', sources: [{ source: 's' }] }] }));
  run('init', file('undated.db'));
  run('--db', file('undated.db'), 'import', file('undated.json'));
  run('--db', file('undated.db'), 'view', '-o', file('undated.html'));
  expect(await (await open(file('undated.html'))).page.locator('#time-bar').isHidden(), 'a graph without dates has no slider');
  expect(await (await open(file('as-of.html'))).page.locator('#time-bar').isHidden(), 'a page of one day has no slider');
}

async function testFilters() {
  const { page } = await open(file('all.html'));
  await page.click('#filter');
  await page.uncheck('#node-types input[data-type="country"]');
  expect(await page.evaluate(() => window.chokepoint.cy.getElementById('n:cn').hasClass('gone')), 'a type can be switched off');
  await page.check('#node-types input[data-type="country"]');
  await page.click('#node-types [data-only="country"]');
  expect(await page.evaluate(() => window.chokepoint.cy.nodes().every((n) => n.hasClass('gone') === (n.scratch('record').type !== 'country'))), '"only" leaves one type');
  await page.click('#node-types [data-only="country"]');
  expect(await page.evaluate(() => window.chokepoint.cy.nodes().every((n) => !n.hasClass('gone') || n.scratch('record').spell)), 'and again lets all come back');
  // Forecasts count where they are asked for, as in the program.
  const plans = () => page.evaluate(() => { window.chokepoint.shown.allDates = true; return window.chokepoint.cy.edges().filter((e) => !e.hasClass('gone') && ['forecast', 'planned', 'recommended'].includes(e.scratch('record').status)).length; });
  await page.click('#all');
  await settled(page);
  expect(await plans() === 0, 'plans and forecasts are not shown');
  await page.check('#all-dates');
  await page.check('#plans');
  await settled(page);
  expect(await plans() > 10, 'until they are asked for');
}

async function testKeys() {
  const { page } = await open(file('all.html'));
  await page.focus('#graph');
  await page.keyboard.press('ArrowRight');
  const one = await chosen(page);
  await page.keyboard.press('ArrowUp');
  const two = await chosen(page);
  expect(one && two && one !== two, `arrow keys move between nodes (${one}, ${two})`);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement.id) === 'details', 'Enter leads into the details');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement.id) === 'graph', 'Escape leads back to the graph');
  await page.keyboard.press('Escape');
  expect(await chosen(page) === '', 'Escape clears the choice');

  // The other language, the other theme, a picture to keep.
  await page.click('#language');
  await page.click('#theme');
  expect((await page.getAttribute('html', 'lang')) === 'zh-Hans', 'the page says which language it speaks');
  const opening = await page.locator('#opening').innerText();
  expect(opening.includes('无法实现') && !opening.includes('become impossible'), `the answer is told in Chinese (${opening.slice(0, 120)})`);
  await page.fill('#search', 'nvidia');
  expect((await page.locator('#hits').innerText()).includes('英伟达'), 'an English search finds Chinese labels');
  await page.keyboard.press('Enter');
  await settled(page);
  await picture(page, 'explorer-zh-dark.png');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#picture')]);
  expect(download.suggestedFilename() === 'chokepoint.png', 'the picture can be saved');
}

async function testAnswers() {
  run('whatif', '--remove', 'tw', '--json', '-o', file('loss.json'));
  run('view', file('loss.json'), '-o', file('loss.html'));
  const { page, said } = await open(file('loss.html'));
  const lost = ask('whatif', '--remove', 'tw').bounds[0].impossible.filter((id) => id !== 'tw').length;
  const opening = await page.locator('#opening').innerText();
  expect(opening.includes('things and actors are lost') && opening.includes('for want of'), `the page of an answer opens with it (${opening.slice(0, 200)})`);
  expect(await page.locator('#opening ol').first().locator('li').count() === Math.min(25, lost), 'the list has what is lost');
  expect((await page.title()).includes('Taiwan'), 'the title is the answer');
  expect((await page.locator('#marks').innerText()).includes('impossible'), 'the legend names what fails');
  expect(await colourOf(page, 'tw') === 'rgb(204,121,167)', 'what was removed is coloured');
  await picture(page, 'explorer-whatif.png');
  await page.click('#filter');
  await page.uncheck('#by-mark');
  await settled(page);
  expect(await colourOf(page, 'tw') !== 'rgb(204,121,167)', 'colours by type come back');
  await page.click('#language');
  expect((await page.title()).includes('台湾') && (await page.locator('#title').innerText()).includes('台湾'), 'the title is told in Chinese, too');
  expect(said.length === 0, `no error with an answer (${said})`);

  run('chokepoints', 'nvidia-h100', '-o', file('cut.html'));
  const cut = await open(file('cut.html'), { colorScheme: 'dark' });
  const sets = ask('chokepoints', 'nvidia-h100').bounds[0].cut_sets.filter((set) => set.length === 1).length;
  expect((await cut.page.locator('#opening').innerText()).startsWith(`${sets} nodes stop Nvidia H100 (nvidia-h100) alone`), 'a page of chokepoints opens with what stops it');
  const labels = await labelOverlaps(cut.page);
  expect(labels.overlaps === 0, `no labels overlap in an answer's first view (${labels.overlaps})`);
  expect(await cut.page.evaluate(() => document.documentElement.classList.contains('dark')), 'a dark system gets the dark page');
  await picture(cut.page, 'explorer-chokepoints.png');
  expect(cut.said.length === 0, `no error with an answer's own page (${cut.said})`);

  // Metrics have names in both languages.
  run('depends', 'nvidia-h100', '-o', file('depends.html'));
  const tree = await open(file('depends.html'));
  expect((await tree.page.locator('#opening').innerText()).startsWith(`${sets} nodes stop Nvidia H100 alone`), 'a page of depends opens with what stops it');
  expect((await tree.page.locator('#opening h2').first().innerText()) === 'What stops it', 'and lists that first');
  await choose(tree.page, 'tw');
  expect((await panelText(tree.page)).includes('Tier'), 'a metric has its English name');
  await tree.page.click('#language');
  await settled(tree.page);
  expect((await panelText(tree.page)).includes('层级'), 'and its Chinese one');
}

async function testHostile() {
  const evil = '</script><img src=x onerror="window.hacked=1">';
  const source = { id: 's', title: evil, url: 'javascript:window.hacked=1' };
  const cite = [{ source: 's', locator: evil }];
  writeFileSync(file('evil.json'), JSON.stringify({
    dataset: { id: 'evil', title: evil, version: '1', license: 'CC0-1.0' }, sources: [source],
    nodes: [{ id: 'a', type: 'firm', labels: { en: evil, zh: evil }, description: evil, aliases: ['<!--'], attributes: { note: evil }, sources: cite },
      { id: 'b', type: 'chip', labels: { en: '"><svg onload=alert(1)>' }, sources: cite }],
    edges: [{ type: 'produces', from: 'a', to: 'b', attributes: { '<b>': evil }, sources: cite }],
    observations: [{ subject: 'a', indicator: 'revenue', value: evil, sources: cite }],
  }));
  run('init', file('evil.db'));
  run('--db', file('evil.db'), 'import', file('evil.json'));
  run('--db', file('evil.db'), 'view', '-o', file('evil.html'));
  const { page, said } = await open(file('evil.html'));
  expect((await page.locator('#opening').innerText()).includes(evil), 'a hostile label is text in the answer');
  await page.fill('#search', 'onerror');
  expect((await page.locator('#hits').innerText()).includes(evil), 'a hostile label is text among the hits');
  await page.keyboard.press('Enter');
  await settled(page);
  for (const summary of await page.locator('#details summary').all()) await summary.click();
  expect((await panelText(page)).includes(evil), 'a hostile label is text in the panel');
  expect((await page.locator('img, svg, #details b, #opening b, a[href^="javascript"]').count()) === 0, 'hostile text makes no element');
  expect(await page.evaluate(() => window.hacked) === undefined, 'hostile text runs nothing');
  expect(said.length === 0, `hostile text breaks nothing (${said})`);
}

async function testEmpty() {
  run('init', file('empty.db'));
  run('--db', file('empty.db'), 'view', '-o', file('empty.html'));
  const { page, said } = await open(file('empty.html'));
  expect((await page.locator('#opening').innerText()).includes('0 nodes, 0 relations'), 'a page of nothing says so');
  await page.focus('#graph');
  for (const key of ['ArrowRight', 'Enter', '0', '+', 'Escape']) await page.keyboard.press(key);
  expect(said.length === 0, `no error on an empty page (${said})`);
}

await runAll([testOpening, testSearchAndFacts, testDependencies, testTime, testFilters, testKeys, testAnswers, testHostile, testEmpty]);
