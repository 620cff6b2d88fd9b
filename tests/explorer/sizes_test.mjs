// Large graphs: the page opens with the most important part, draws the rest where it is asked for, and shows a map of
// everything, up to 50,000 elements. No clock judges: what is measured is printed.
//
// usage: node sizes_test.mjs PROGRAM EXPLORER_DIR
import { statSync, writeFileSync } from 'node:fs';
import { axeFindings, choose, chosen, expect, file, hasAxe, labelOverlaps, open, run, runAll, settled } from './support.mjs';

/** A page of a supply chain with dates: things need earlier things, a few of them much; each has some makers. */
function makePage(nodes, edges) {
  let state = 7;
  const dice = (below) => { state = (state * 48271) % 2147483647; return state % below; };
  const cite = [{ source: 's' }], firms = Math.floor(nodes / 4), name = `g${nodes}`;
  const early = (below) => Math.floor((dice(1000) / 1000) ** 3 * below);
  const lines = [{ dataset: { id: 'g', title: 'G', version: '1', license: 'CC0-1.0' } }, { source: { id: 's', title: 'S' } }];
  for (let i = 0; i < nodes; ++i) lines.push({ node: { id: `n${i}`, type: i < firms ? 'firm' : 'product', sources: cite } });
  for (let i = 0; i < edges; ++i) {
    const thing = firms + 1 + dice(nodes - firms - 1), since = String(2010 + dice(15));
    const ends = i % 2 === 0 ? { type: 'requires', from: `n${thing}`, to: `n${firms + early(thing - firms)}` } : { type: 'produces', from: `n${early(firms)}`, to: `n${thing}` };
    lines.push({ edge: { id: `e${i}`, ...ends, since, sources: cite } });
  }
  writeFileSync(file(`${name}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n'));
  run('init', file(`${name}.db`));
  run('--db', file(`${name}.db`), 'import', file(`${name}.jsonl`));
  const begun = process.hrtime.bigint();
  run('--db', file(`${name}.db`), 'view', '-o', file(`${name}.html`));
  console.log(`${nodes + edges} elements: written in ${Number(process.hrtime.bigint() - begun) / 1e6} ms`);
  return file(`${name}.html`);
}
const drawn = (page) => page.evaluate(() => window.chokepoint.cy.elements().length);
const timing = async (page) => (await page.evaluate(() => window.chokepoint.ready)).toFixed(0);

async function testThreeThousand() {
  const path = makePage(1000, 2000), { page, said } = await open(path);
  console.log(`3,000 elements: ready after ${await timing(page)} ms, ${statSync(path).size} bytes`);
  const before = await drawn(page);
  expect(before > 50 && before <= 700, `3,000 elements open by their most important part (${before})`);
  await page.click('#more');
  await settled(page);
  expect(await drawn(page) > before, 'more is drawn where it is asked for');
  await page.click('#all');
  await settled(page);
  expect(await page.evaluate(() => window.chokepoint.cy.nodes().length) === 1000, '3,000 elements can all be drawn');
  expect(await page.locator('#everything').isHidden(), 'and need no map');
  expect(said.length === 0, `no error (${said})`);
}

/** The map with keys alone, from the button on. */
async function testMapByKeys(page) {
  const at = () => page.evaluate(() => document.activeElement.id);
  const said = () => page.locator('#counts').innerText();
  await page.keyboard.press('Escape');
  expect(await page.locator('#map').isHidden() && await at() === 'everything', `Escape leaves the map for its button (${await at()})`);
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await at() === 'map', `the button leads to the map (${await at()})`);
  const findings = await axeFindings(page);
  expect(findings.length === 0, `axe, map: ${findings.join('; ')}`);
  const places = new Set([await said()]);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', '+', '-', '0']) {
    await page.keyboard.press(key);
    await settled(page);
    places.add(await said());
  }
  expect(places.size >= 4, `arrows go from node to node and say where they are (${[...places]})`);
  const name = (await said()).split(' ')[0];
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await page.locator('#map').isHidden() && (await chosen(page)) === name, `Enter opens the node (${await chosen(page)}, ${name})`);
  expect(await at() === 'details', `and leads to its facts (${await at()})`);
  await page.locator('#everything').focus();
  await page.keyboard.press('Enter');
  await settled(page);
  await page.keyboard.press('ArrowRight');
  expect((await said()).startsWith(`${name} `), `keys begin at the chosen node (${await said()})`);
}

async function testFiftyThousand() {
  const path = makePage(10000, 39000), { page, said } = await open(path);
  console.log(`49,000 elements: ready after ${await timing(page)} ms, ${statSync(path).size} bytes`);
  const count = await page.evaluate(() => window.chokepoint.data.nodes.length + window.chokepoint.data.edges.length);
  expect(count >= 48900, `the page holds 49,000 elements (${count})`);
  const before = await drawn(page);
  expect(before > 20 && before <= 700, `it opens by the most important part (${before})`);
  expect(await page.locator('#all').isHidden(), 'what cannot be drawn together is not offered');
  for (let i = 0; i < 12 && await page.locator('#more').isVisible(); ++i) { await page.click('#more'); await settled(page); }
  const most = await drawn(page);
  expect(most > before && most <= 3000, `it is drawn on demand up to 3,000 elements (${most})`);
  await page.click('#title');
  // A node that nothing drawn is linked to.
  const far = await page.evaluate(() => { const { data, cy } = window.chokepoint; return data.nodes.filter((n) => n.edges.length > 1 && cy.getElementById(`n:${n.id}`).empty()).at(-1).id; });
  await choose(page, far);
  expect(await page.evaluate((id) => window.chokepoint.cy.getElementById(`n:${id}`).neighborhood('node').length > 0, far), 'any node can be drawn with its neighbours');

  expect(await page.locator('#everything').isVisible(), 'there is a map of everything');
  await page.click('#everything');
  await settled(page);
  hasAxe();
  const pixels = await page.evaluate(() => document.querySelectorAll('#map canvas').length);
  expect(pixels > 0 && await page.locator('#map').isVisible(), `the map is drawn (${pixels} layers)`);
  // From afar nodes are too small to be named.
  await page.locator('#map').focus();
  for (let i = 0; i < 8; ++i) { await page.keyboard.press('+'); await page.waitForTimeout(250); }
  const names = await labelOverlaps(page);
  await page.keyboard.press('0');
  await page.waitForTimeout(400);
  expect(names.overlaps === 0, `no names on the map overlap (${names.overlaps} of ${names.labels})`);
  const map = await page.locator('#map').screenshot();
  expect(map.length > 30000, `the map shows something (${map.length} bytes as a picture)`);
  await testMapByKeys(page);
  await page.click('#title');
  expect(await page.locator('#map').isHidden() && (await chosen(page)) === '', 'and leads back');
  expect(said.length === 0, `no error (${said})`);
}

await runAll([testThreeThousand, testFiftyThousand]);
