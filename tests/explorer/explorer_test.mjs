// The explorer's page in a headless browser, as a person would use it: it loads without an error, finds nodes in both
// languages, shows sources, moves in time, works by keyboard, and takes hostile text for text.
//
// usage: node explorer_test.mjs PROGRAM EXPLORER_DIR [PICTURE_DIR]
// Exit code 77, with a sentence, where the browser or the page is not there.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [program, explorerDir, pictures] = process.argv.slice(2);
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77); };
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (!browserPath) skip('no Chromium (Debian: chromium)');
let playwright;
try {
  playwright = createRequire(join(resolve(explorerDir), 'package.json'))('playwright-core');
} catch {
  skip('no playwright-core; run: npm ci --prefix tools/explorer');
}

const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
const file = (name) => join(folder, name);
const run = (...words) => execFileSync(program, ['--quiet', ...words], { encoding: 'utf8' });
// The two reports' datasets: what is looked at here must not move with what is added beside them.
const data = resolve(dirname(fileURLToPath(import.meta.url)), '../../data/curated');
run('init', file('curated.db'));
for (const dataset of ['ai-hardware', 'ai-race']) run('--db', file('curated.db'), 'import', join(data, dataset));
process.env.CHOKEPOINT_DATA = folder;
const first = spawnSync(program, ['--quiet', '--as-of', '2025-12-01', 'view', '-o', file('as-of.html')], { encoding: 'utf8' });
if (first.stderr.includes('without the explorer')) skip('this program was built without the explorer\'s page');

let failed = 0, passed = 0;
function expect(condition, what) {
  if (condition) ++passed;
  else { ++failed; console.log(`FAILED: ${what}`); }
}

const browser = await playwright.chromium.launch({
  executablePath: browserPath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Opens a page; what it says on the console or asks of the network is remembered. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const said = [], asked = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(message.text()); });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url()); });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction(() => window.chokepoint !== undefined);
  await page.waitForTimeout(400);
  return { page, said, asked };
}
const picture = async (page, name) => { if (pictures) await page.screenshot({ path: join(pictures, name) }); };
const panelText = (page) => page.locator('#details').innerText();
const visibleEdges = (page) => page.evaluate(() => window.chokepoint.cy.edges().filter((e) => !e.hasClass('gone')).length);

/** Labels of the first view: how many there are, and how many pairs of them overlap. */
const labelOverlaps = (page) => page.evaluate(() => {
  const { cy } = window.chokepoint;
  const boxes = cy.nodes().filter((n) => !n.hasClass('unlabelled') && !n.hasClass('gone'))
    .map((n) => n.renderedBoundingBox({ includeNodes: false, includeLabels: true, includeEdges: false, includeOverlays: false }));
  let overlaps = 0;
  for (let i = 0; i < boxes.length; ++i)
    for (let j = 0; j < i; ++j) {
      const x = Math.min(boxes[i].x2, boxes[j].x2) - Math.max(boxes[i].x1, boxes[j].x1);
      const y = Math.min(boxes[i].y2, boxes[j].y2) - Math.max(boxes[i].y1, boxes[j].y1);
      if (x > 4 && y > 4) ++overlaps;
    }
  return { labels: boxes.length, overlaps };
});

async function testCurated() {
  run('view', '-o', file('all.html'));
  const { page, said, asked } = await open(file('all.html'));
  const labels = await labelOverlaps(page);
  expect(labels.labels > 30, `the first view names the larger nodes (${labels.labels})`);
  expect(labels.overlaps === 0, `no labels overlap in the first view (${labels.overlaps} do)`);
  await picture(page, 'explorer.png');

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
  await page.click('#fit');
  await page.waitForTimeout(300);
  const at = await page.evaluate(() => {
    const { cy } = window.chokepoint, place = cy.getElementById('n:cn').renderedPosition(), box = document.getElementById('graph').getBoundingClientRect();
    return { x: box.x + place.x, y: box.y + place.y };
  });
  await page.mouse.click(at.x, at.y);
  await page.waitForTimeout(300);
  expect((await page.locator('#details h2').innerText()) === 'China', 'a click opens a node');
  expect((await page.locator('#sources .source').count()) > 0, 'a node shows its sources');
  expect((await page.locator('#details .fact').count()) > 20, 'a node shows its facts');
  expect((await page.locator('#details .figure').count()) > 5, 'a node shows its figures');
  await page.locator('#details .fact summary').first().click();
  expect((await page.locator('#details .fact .source').first().innerText()).length > 5, 'a fact shows its sources');
  await picture(page, 'explorer-node.png');

  // Tiers and paths.
  await page.evaluate(() => window.chokepoint.choose('nvidia-h100', true));
  await page.getByRole('button', { name: 'What it depends on' }).click();
  expect((await panelText(page)).includes('Tier 2'), 'upstream tiers are listed');
  expect((await panelText(page)).includes('Taiwan'), 'what something depends on reaches Taiwan');
  await page.evaluate(() => window.chokepoint.choose('nvidia-h100', true));
  await page.getByRole('button', { name: 'Path from here' }).click();
  await page.evaluate(() => window.chokepoint.choose('tw', true));
  await page.getByRole('button', { name: /Path to here/ }).click();
  expect((await page.locator('#details ol.path .fact').count()) === 2, 'the path from the H100 to Taiwan has two hops');

  // The date: what began later is hidden, and comes back.
  await page.evaluate(() => window.chokepoint.choose(undefined));
  const now = await visibleEdges(page);
  await page.locator('#slider').fill(String(Math.round(Date.parse('2021-06-01') / 86400000)));
  await page.waitForTimeout(300);
  const before = await visibleEdges(page);
  expect(before < now, `the date slider hides later edges (${before} of ${now} remain)`);
  expect(await page.evaluate(() => window.chokepoint.cy.edges().filter((e) => !e.hasClass('gone') && (e.scratch('record').spell || [''])[0] > '2021-06-01').length) === 0,
    'no edge that began after the day is shown');
  await page.check('#all-dates');
  await page.waitForTimeout(200);
  expect(await visibleEdges(page) >= now, 'all dates shows everything again');

  // A type switched off takes its nodes and their edges with it.
  await page.uncheck('#node-types input[data-type="country"]');
  expect(await page.evaluate(() => window.chokepoint.cy.getElementById('n:cn').hasClass('gone')), 'a type can be switched off');
  await page.check('#node-types input[data-type="country"]');

  // Keys alone.
  await page.focus('#graph');
  await page.keyboard.press('ArrowRight');
  const one = await page.evaluate(() => window.chokepoint.cy.nodes(':selected').id());
  await page.keyboard.press('ArrowUp');
  const two = await page.evaluate(() => window.chokepoint.cy.nodes(':selected').id());
  expect(one && two && one !== two, `arrow keys move between nodes (${one}, ${two})`);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement.id) === 'details', 'Enter leads into the details');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement.id) === 'graph', 'Escape leads back to the graph');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => window.chokepoint.cy.nodes(':selected').length) === 0, 'Escape clears the choice');
  const unnamed = await page.evaluate(() => [...document.querySelectorAll('button, input, [role="application"], aside')]
    .filter((e) => !(e.getAttribute('aria-label') || e.textContent || (e.labels && e.labels.length))).map((e) => e.outerHTML));
  expect(unnamed.length === 0, `everything that takes focus has a name (${unnamed})`);

  // The other language, the other theme, a picture to keep.
  await page.click('#language');
  await page.click('#theme');
  expect((await page.getAttribute('html', 'lang')) === 'zh-Hans', 'the page says which language it speaks');
  await page.fill('#search', 'nvidia');
  expect((await page.locator('#hits').innerText()).includes('英伟达'), 'an English search finds Chinese labels');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await picture(page, 'explorer-zh-dark.png');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#picture')]);
  expect(download.suggestedFilename() === 'chokepoint.png', 'the picture can be saved');
  expect(said.length === 0, `the page says nothing on the console (${said})`);
  expect(asked.length === 0, `the page asks nothing of the network (${asked})`);
}

async function testAnswers() {
  run('whatif', '--remove', 'tw', '--json', '-o', file('loss.json'));
  run('view', file('loss.json'), '-o', file('loss.html'));
  const { page, said } = await open(file('loss.html'));
  expect(await page.locator('#marks-section').isVisible(), 'an answer has its legend');
  expect((await page.locator('#marks').innerText()).includes('impossible'), 'the legend names what fails');
  expect(await page.evaluate(() => window.chokepoint.cy.getElementById('n:tw').style('background-color')) === 'rgb(204,121,167)', 'what was removed is coloured');
  await picture(page, 'explorer-whatif.png');
  await page.uncheck('#by-mark');
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => window.chokepoint.cy.getElementById('n:tw').style('background-color')) !== 'rgb(204,121,167)', 'colours by type come back');
  expect(said.length === 0, `no error with an answer (${said})`);

  run('chokepoints', 'nvidia-h100', '-o', file('cut.html'));
  const cut = await open(file('cut.html'), { colorScheme: 'dark' });
  const labels = await labelOverlaps(cut.page);
  expect(labels.overlaps === 0, `no labels overlap in an answer's first view (${labels.overlaps})`);
  expect(await cut.page.evaluate(() => document.documentElement.classList.contains('dark')), 'a dark system gets the dark page');
  await picture(cut.page, 'explorer-chokepoints.png');
  expect(cut.said.length === 0, `no error with an answer's own page (${cut.said})`);
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
  await page.fill('#search', 'onerror');
  expect((await page.locator('#hits').innerText()).includes(evil), 'a hostile label is text among the hits');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  expect((await panelText(page)).includes(evil), 'a hostile label is text in the panel');
  expect((await page.locator('img, svg, #details b, a[href^="javascript"]').count()) === 0, 'hostile text makes no element');
  expect(await page.evaluate(() => window.hacked) === undefined, 'hostile text runs nothing');
  expect(said.length === 0, `hostile text breaks nothing (${said})`);
}

try {
  for (const test of [testCurated, testAnswers, testHostile]) await test();
} catch (error) {
  expect(false, error.stack);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
