import { createHash } from 'node:crypto';

import { openJetstreamLog } from '#main/relay/jetstream-log.ts';

import type { LogEngine } from './delivery-log-suite.ts';

/** The servers that `TRUNKLINE_TEST_NATS` names: where, and how many copies they keep. Set by the test that starts them. */
export const engine: LogEngine = {
  name: 'JetStream',
  module: import.meta.filename,
  countsLines: false,
  open: (place) =>
    openJetstreamLog({
      servers: (process.env['TRUNKLINE_TEST_NATS'] ?? '').split(','),
      workspace: createHash('sha256').update(place).digest('hex').slice(0, 16),
      replicas: process.env['TRUNKLINE_TEST_NATS_COPIES'] === '3' ? 3 : 1,
      maxBytes: 100 * 1024 ** 2,
      allowUnsyncedServer: true,
      allowDivergingServer: true,
    }),
};
