// Asks a page what its script would show, without a browser: the part of the script that reads the data runs as it is.
//
// usage: node ask_page.mjs EXPLORER_DIR PAGE.html < questions.json > answers.json
// A question is {kind, id, day, soft, plans}: of kind `upstream` and `downstream` the answer is {id: [tier, soft]}, or
// null where the page says that it does not know; of `gates` [[rule, k, n, item, [edge ids]]]; of `edges` the ids of
// the relations that are shown; of `changes` the days on which the slider has a mark.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

const [folder, page] = process.argv.slice(2);
const text = readFileSync(page, 'utf8');
const start = text.indexOf('>', text.indexOf('id="data"')) + 1;
const data = text.slice(start, text.indexOf('</script', start));
const context = createContext({ document: { getElementById: () => ({ textContent: data }) } });
for (const part of ['1_words.js', '2_model.js']) runInContext(readFileSync(join(folder, part), 'utf8'), context, { filename: part });
const page_ = runInContext('({ shown, tiers, gates, edgeShown, NODES, DATA, CHANGES, SPAN })', context);

const answers = JSON.parse(readFileSync(0, 'utf8')).map(({ kind, id, day, soft, plans }) => {
  Object.assign(page_.shown, { day: day ?? page_.DATA.as_of, soft: soft === true, plans: plans === true });
  if (kind === 'edges') return page_.DATA.edges.filter(page_.edgeShown).map((edge) => edge.id);
  if (kind === 'changes') return { days: page_.CHANGES.map(([each]) => each), span: page_.SPAN ?? null };
  if (kind === 'gates')
    return page_.gates(id).map((gate) => [gate.rule, gate.k, gate.n, gate.item, gate.edges.map((edge) => edge.id).sort()]);
  const found = page_.tiers(id, kind);
  if (!found) return null;
  return Object.fromEntries([...found].filter(([, { tier }]) => tier > 0).map(([each, { tier, soft: softly }]) => [each, [tier, softly === true]]));
});
process.stdout.write(JSON.stringify(answers));
