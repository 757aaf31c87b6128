import { refuseOldNode } from '#main/core/refuse-old-node.ts';

if (!refuseOldNode()) {
  const { runRelay } = await import('./run-relay.ts');
  await runRelay(process.argv.slice(2));
}
