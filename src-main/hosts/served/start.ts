import path from 'node:path';

import { refuseOldNode } from '#main/core/refuse-old-node.ts';

if (!refuseOldNode()) {
  const { runServed } = await import('./run-served.ts');
  await runServed(process.argv.slice(2), pageFolder());
}

/** The built screen lies beside the built program, which lies in `out/main`; the sources lie three folders below the top. */
function pageFolder(): string {
  const here = import.meta.dirname;
  return path.basename(here) === 'main'
    ? path.join(here, '../renderer')
    : path.join(here, '../../../out/renderer');
}
