// usage: node read_with_graphology.mjs EXPLORER_DIR graphml|gexf FILE: prints {"nodes": {id: attributes}, "edges": […]}
// as graphology's readers see the file; 77 where they are not installed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [explorer, format, file] = process.argv.slice(2);
const require = createRequire(join(resolve(explorer), 'package.json'));
let Graph, read;
try {
  Graph = require('graphology').MultiDirectedGraph;
  read = require(format === 'gexf' ? 'graphology-gexf' : 'graphology-graphml').parse;
} catch {
  console.log('graphology is not installed; run: npm ci --prefix tools/explorer');
  process.exit(77);
}
const graph = read(Graph, readFileSync(file, 'utf8'), { addMissingNodes: false });
const nodes = {}, edges = [];
graph.forEachNode((id, attributes) => { nodes[id] = attributes; });
graph.forEachEdge((id, attributes, source, target) => edges.push({ ...attributes, id, source, target }));
process.stdout.write(JSON.stringify({ nodes, edges }));
