/* node build.mjs FOLDER: writes echarts.js there, one classic script for pages that are read from a folder, and its licence beside it. */
import { build } from 'esbuild';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const from = path.join(here, 'node_modules');
const { version } = JSON.parse(await readFile(path.join(from, 'echarts/package.json'), 'utf8'));
await build({
  entryPoints: [path.join(here, 'entry.js')],
  nodePaths: [from],
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2017'],
  legalComments: 'none',
  charset: 'utf8',
  banner: { js: `/* Apache ECharts ${version}, Apache License 2.0, https://echarts.apache.org/; see echarts-LICENSE.txt and echarts-NOTICE.txt */` },
  outfile: path.join(folder, 'echarts.js'),
});
await copyFile(path.join(from, 'echarts/NOTICE'), path.join(folder, 'echarts-NOTICE.txt'));
const licence = await readFile(path.join(from, 'echarts/LICENSE'), 'utf8');
const zrender = await readFile(path.join(from, 'zrender/LICENSE'), 'utf8');
await writeFile(path.join(folder, 'echarts-LICENSE.txt'), `${licence}\n\n---- ZRender ----\n\n${zrender}`);
