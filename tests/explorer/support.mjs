// What the browser tests of the page share: the program on databases of its own, a headless browser, and counting.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [program, explorerDir] = process.argv.slice(2);
const pictures = process.env.EXPLORER_PICTURES;  // a folder for pictures of what is tested
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77); };
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (!browserPath) skip('no Chromium (Debian: chromium)');
const fetched = createRequire(join(resolve(explorerDir), 'package.json'));
function part(name) {
  try {
    return fetched(name);
  } catch {
    return skip(`no ${name}; run: npm ci --prefix tools/explorer`);
  }
}
const playwright = part('playwright-core');

export const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
export const file = (name) => join(folder, name);
export const run = (...words) => execFileSync(program, ['--quiet', ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
export const ask = (...words) => JSON.parse(run(...words, '--json')).result;

/** The two reports' datasets: what is looked at here must not move with what is added beside them. */
export function makeReports() {
  const data = resolve(dirname(fileURLToPath(import.meta.url)), '../../data/curated');
  run('init', file('curated.db'));
  for (const dataset of ['ai-hardware', 'ai-race']) run('--db', file('curated.db'), 'import', join(data, dataset));
  process.env.CHOKEPOINT_DATA = folder;
  const first = spawnSync(program, ['--quiet', '--as-of', '2025-12-01', 'view', '-o', file('as-of.html')], { encoding: 'utf8' });
  if (first.stderr.includes('without the explorer')) skip('this program was built without the explorer\'s page');
}

let failed = 0, passed = 0;
export function expect(condition, what) {
  if (condition) ++passed;
  else { ++failed; console.log(`FAILED: ${what}`); }
}

let browser;
/** Opens a page; what it says on the console or asks of the network is remembered. */
export async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(120000);
  const page = await context.newPage();
  const said = [], asked = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !message.text().includes('GL Driver Message')) said.push(message.text()); });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url()); });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction(() => window.chokepoint !== undefined, null, { timeout: 120000 });
  await settled(page);
  return { page, said, asked };
}
/** Until what was asked for is drawn. */
export const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
export const picture = async (page, name) => { if (pictures) await page.screenshot({ path: join(pictures, name) }); };
export const panelText = (page) => page.locator('#details').innerText();
export const choose = async (page, id) => { await page.evaluate((each) => window.chokepoint.choose(each, true), id); await settled(page); };
export const chosen = (page) => page.evaluate(() => window.chokepoint.cy.nodes(':selected').map((n) => n.id().slice(2)).join());
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** How many labels are shown, and how many pairs of them overlap. */
export const labelOverlaps = (page) => page.evaluate(() => {
  const boxes = window.chokepoint.labels().map((each) => each.box);
  let overlaps = 0;
  for (let i = 0; i < boxes.length; ++i)
    for (let j = 0; j < i; ++j) {
      const x = Math.min(boxes[i][2], boxes[j][2]) - Math.max(boxes[i][0], boxes[j][0]);
      const y = Math.min(boxes[i][3], boxes[j][3]) - Math.max(boxes[i][1], boxes[j][1]);
      if (x > 0 && y > 0) ++overlaps;
    }
  return { labels: boxes.length, overlaps };
});

/** What axe finds wrong with the page as it stands: `rule: elements`. */
export async function axeFindings(page) {
  const source = readFileSync(fetched.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);
  });
}
export const hasAxe = () => part('axe-core') !== undefined;

/** Runs the tests one after the other and ends the process. */
export async function runAll(tests) {
  browser = await playwright.chromium.launch({
    executablePath: browserPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'],
  });
  try {
    makeReports();
    const only = process.env.EXPLORER_ONLY;  // the name of one test, while working on it
    for (const test of tests) if (!only || test.name === only) await test();
  } catch (error) {
    expect(false, error.stack);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
