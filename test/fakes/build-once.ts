import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { buildIfStale } from '#main/launch/build-if-stale.ts';

/** One start among several: `node build-once.ts ROOT MS`. Its build takes so long and writes when it began and ended. */
const [root = '', ms = ''] = process.argv.slice(2);

await buildIfStale({
  root,
  say: (line) => process.stdout.write(`${line}\n`),
  async build() {
    appendFileSync(path.join(root, 'builds.log'), `begin ${process.pid}\n`);
    await new Promise((resolve) => setTimeout(resolve, Number(ms)));
    for (const file of [
      'main/electron.js',
      'main/served.js',
      'preload/preload.cjs',
      'renderer/index.html',
    ]) {
      mkdirSync(path.dirname(path.join(root, 'out', file)), { recursive: true });
      writeFileSync(path.join(root, 'out', file), '');
    }
    appendFileSync(path.join(root, 'builds.log'), `end ${process.pid}\n`);
    return true;
  },
});
