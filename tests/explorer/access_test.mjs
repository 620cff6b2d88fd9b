// Everybody can use the page: axe finds nothing wrong with it at 1440 and 390 pixels, light and dark, in both
// languages, at the beginning, with a node's facts, with tiers and with the filters open; keys alone reach everything;
// nothing lies outside a phone's screen.
//
// usage: node access_test.mjs PROGRAM EXPLORER_DIR
import { axeFindings, choose, expect, file, hasAxe, open, phone, picture, run, runAll, settled } from './support.mjs';

const sizes = [['wide', { viewport: { width: 1440, height: 900 } }], ['phone', phone]];

/** What is wider than the screen. */
const tooWide = (page) => page.evaluate(() => [document.documentElement, ...document.querySelectorAll('header, main, section, nav, button, input, p, li')]
  .filter((e) => e.offsetParent !== null && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1) && !e.closest('.skip'))
  .map((e) => e.id || e.className || e.tagName));

async function check(page, where, name) {
  await settled(page);
  const found = await axeFindings(page);
  expect(found.length === 0, `axe, ${where}: ${found.join('; ')}`);
  const wide = await tooWide(page);
  expect(wide.length === 0, `wider than the screen, ${where}: ${wide}`);
  if (name) await picture(page, name);
}

async function testEverywhere() {
  hasAxe();
  run('view', '-o', file('all.html'));
  run('whatif', '--remove', 'tw', '-o', file('loss.html'));
  for (const [size, options] of sizes)
    for (const colorScheme of ['light', 'dark'])
      for (const language of ['en', 'zh']) {
        const { page, said } = await open(file('all.html'), { ...options, colorScheme });
        const where = `${size}, ${colorScheme}, ${language}`;
        if (language === 'zh') await page.click('#language');
        await check(page, `${where}, beginning`, `page-${size}-${colorScheme}-${language}.png`);
        await choose(page, 'cn');
        await check(page, `${where}, facts`, `page-${size}-${colorScheme}-${language}-facts.png`);
        await page.locator('#details .actions button').first().click();
        await check(page, `${where}, tiers`);
        await page.click('#filter');
        await check(page, `${where}, filters`, size === 'phone' ? `page-${size}-${colorScheme}-${language}-filters.png` : undefined);
        await page.fill('#search', 'nvidia');
        await check(page, `${where}, search`);
        expect(said.length === 0, `no error, ${where} (${said})`);
        await page.context().close();
      }
  const { page } = await open(file('loss.html'), phone);
  await check(page, 'phone, an answer', 'page-phone-answer.png');
}

/** On a phone facts are a sheet above the graph, which keeps the node in sight. */
async function testSheet() {
  const { page } = await open(file('all.html'), { ...phone });
  const first = await page.evaluate(() => document.elementFromPoint(100, 200).closest('#opening') !== null);
  expect(first, 'a phone shows the answer first');
  const line = page.locator('#opening .line').first(), id = await line.getAttribute('data-id');
  await line.tap();
  await settled(page);
  const sheet = await page.locator('#details').boundingBox();
  expect(Math.abs(sheet.y + sheet.height - 844) < 2 && sheet.y > 844 * 0.4, `the facts are a sheet at the bottom (${JSON.stringify(sheet)})`);
  const at = await page.evaluate((each) => { const { cy } = window.chokepoint, box = document.getElementById('graph').getBoundingClientRect(), p = cy.getElementById(`n:${each}`).renderedPosition(); return { x: box.x + p.x, y: box.y + p.y }; }, id);
  expect(at.x > 0 && at.x < 390 && at.y > 60 && at.y < sheet.y, `the node is in sight above it (${JSON.stringify(at)})`);
  await page.tap('#taller');
  await settled(page);
  expect((await page.locator('#details').boundingBox()).height > sheet.height, 'the sheet can be made taller');
  await page.tap('#back');
  expect(await page.locator('#details').isHidden(), 'the sheet can be closed');
}

/** From the address bar on with Tab alone: everything that can be used is come to once, in the order of the page. */
async function testTabs() {
  const { page } = await open(file('all.html'));
  const order = [];
  for (let i = 0; i < 120; ++i) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => { const e = document.activeElement; return e === document.body ? '' : e.id || e.className || e.tagName; });
    if (at === '' || (order.length > 3 && at === order[0])) break;
    order.push(at);
  }
  expect(order[0] === 'skip', `the first stop leads past everything to the graph (${order[0]})`);
  for (const id of ['title', 'search', 'filter', 'language', 'theme', 'line', 'more', 'fit', 'graph', 'play', 'earlier', 'slider', 'later', 'date'])
    expect(order.includes(id), `Tab comes to ${id} (${order})`);
  expect(order.indexOf('line') < order.indexOf('graph'), 'the answer comes before the graph');
  // A line by keys: Enter flies, Escape goes back to the graph, the button to the line.
  await page.locator('#opening .line').first().focus();
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await page.locator('#details').isVisible(), 'Enter on a line opens the facts');
}

await runAll([testEverywhere, testSheet, testTabs]);
