import { LogFailure } from '../delivery-log.ts';

/**
 * The oldest NATS on which three copies were seen to stay alike through frozen and killed leaders under load. Servers before
 * 2.10.5 count refused repeats each for itself, and after a change of leader may skip as many deliveries in one copy: from
 * there on its numbers mean other deliveries than those of the others (`clfs` in `server/jetstream_cluster.go`).
 */
const oldestForCopies = [2, 10, 27] as const;

/** Does a server of this version keep three copies alike? */
export function keepsCopiesAlike(version: string): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
  const decisive = oldestForCopies.findIndex((part, index) => parts[index] !== part);
  return decisive === -1 || (parts[decisive] ?? 0) > (oldestForCopies[decisive] ?? 0);
}

/** Throws {@link LogFailure} for a server that may let the copies of a log come apart. */
export function assertKeepsCopiesAlike({
  name,
  version,
}: {
  readonly name: string;
  readonly version: string;
}): void {
  if (keepsCopiesAlike(version)) return;
  throw new LogFailure(
    'other',
    `The NATS server ${name} (${version}) may let the three copies of a log come apart when their leader changes, so that texts are lost. Three copies need NATS ${oldestForCopies.join('.')} or newer on every server.`,
  );
}
