const oldestNode = 22;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `Trunkline needs Node ${oldestNode} or newer, and this is ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  const { runCli } = await import('./run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
