/** The first Node release whose Node-API our database module needs; on an older one loading it ends the process at once. */
const oldestNode = 22;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Trunkline needs Node ${oldestNode} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  const { runRelay } = await import('./run-relay.ts');
  await runRelay(process.argv.slice(2));
}
