import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of them wait for sockets, disks and clocks, not for a core.
    maxWorkers: 3,
    projects: [
      project('unit', ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('flows', ['test/flows/**/*.test.ts']),
      project('faults', ['test/faults/**/*.test.ts'], { testTimeout: 300_000 }),
      project('renderer', ['test/renderer/**/*.test.{ts,tsx}'], { environment: 'happy-dom' }),
    ],
  },
});
