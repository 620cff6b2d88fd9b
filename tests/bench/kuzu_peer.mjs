// The graph of compare.py in kuzu: node kuzu_peer.mjs import NODES EDGES DATABASE, or reach NODES EDGES DATABASE NODE DEPTH.
// kuzu is looked for under $PEERS/node_modules. One thread, as everybody else has in that comparison.
import { createRequire } from "node:module";
import path from "node:path";

const kuzu = createRequire(path.join(process.env.PEERS ?? process.cwd(), "peer.js"))("kuzu");
const [what, nodes, edges, file, node, depth] = process.argv.slice(2);
const database = new kuzu.Database(file, 2 ** 32, true, what !== "import");
const connection = new kuzu.Connection(database, 1);

async function rows(query) {
  const results = await connection.query(query);
  return (Array.isArray(results) ? results.at(-1) : results).getAll();
}

if (what === "import") {
  await rows("CREATE NODE TABLE Node(id INT64, kind STRING, name STRING, since STRING, PRIMARY KEY (id))");
  await rows("CREATE REL TABLE Edge(FROM Node TO Node, id INT64, kind STRING, share DOUBLE, since STRING, until STRING)");
  await rows(`COPY Node FROM '${nodes}' (HEADER=true)`);
  await rows(`COPY Edge FROM (LOAD FROM '${edges}' (HEADER=true) RETURN CAST(src AS INT64), CAST(dst AS INT64),
    CAST(id AS INT64), kind, CAST(share AS DOUBLE), CAST(since AS STRING), CAST(until AS STRING))`);
  await rows("CHECKPOINT");
} else {
  await rows("CALL var_length_extend_max_depth=255");
  const [first] = await rows(`MATCH (a:Node {id: ${Number(node)}})-[:Edge* SHORTEST 1..${Number(depth)}]->(b:Node)
    WHERE b.id <> a.id RETURN count(*) AS found`);
  console.log(String(first.found));
}
process.exit(0);
