import type { Handlers } from '#shared/contract/answer-renderer.ts';

/** Looks after every command whether it left something to be told to the team. */
export function wakeAfterDeeds(handlers: Handlers, wake: () => void): Handlers {
  const waking = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (input: never) => {
      try {
        return await handle(input);
      } finally {
        wake();
      }
    },
  ]);
  return Object.fromEntries(waking) as Handlers;
}
