import path from 'node:path';

/** The first Node release whose Node-API our database module needs; on an older one loading it ends the process at once. */
const oldestNode = 22;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Trunkline needs Node ${oldestNode} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
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
