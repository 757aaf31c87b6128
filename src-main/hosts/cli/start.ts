import { refuseOldNode } from '#main/core/refuse-old-node.ts';

if (!refuseOldNode()) {
  const { runCli } = await import('./run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
