// The graph of compare.py in DuckDB: node duckdb_peer.mjs import NODES EDGES DATABASE, or reach DATABASE NODE DEPTH (0: any).
// @duckdb/node-api is looked for under $PEERS/node_modules. One thread, as everybody else has in that comparison.
import { createRequire } from "node:module";
import path from "node:path";

const { DuckDBInstance } = createRequire(path.join(process.env.PEERS ?? process.cwd(), "peer.js"))("@duckdb/node-api");
const [what, ...how] = process.argv.slice(2);
const settings = { threads: "1", memory_limit: "6GB" };

if (what === "import") {
  const [nodes, edges, file] = how;
  const connection = await (await DuckDBInstance.create(file, settings)).connect();
  await connection.run(`CREATE TABLE nodes AS FROM read_csv('${nodes}', header = true)`);
  await connection.run(`CREATE TABLE edges AS FROM read_csv('${edges}', header = true)`);
  await connection.run("CHECKPOINT");
} else {
  const [file, node, depth] = how;
  const connection = await (await DuckDBInstance.create(file, { ...settings, access_mode: "READ_ONLY" })).connect();
  const limit = Number(depth);
  // UNION drops what was met before at the same distance, or at any where there is no limit.
  const reader = await connection.runAndReadAll(limit
    ? `WITH RECURSIVE reach(id, hops) AS (SELECT ${Number(node)}::BIGINT, 0 UNION SELECT dst, hops + 1 FROM reach JOIN edges
         ON src = reach.id WHERE hops < ${limit}) SELECT count(DISTINCT id) - 1 FROM reach`
    : `WITH RECURSIVE reach(id) AS (SELECT ${Number(node)}::BIGINT UNION SELECT dst FROM reach JOIN edges ON src = reach.id)
         SELECT count(*) - 1 FROM reach`);
  console.log(String(reader.getRows()[0][0]));
}
process.exit(0);
