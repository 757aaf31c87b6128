import path from 'node:path';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';

import type { LogEngine } from './delivery-log-suite.ts';

export const engine: LogEngine = {
  name: 'SQLite',
  module: import.meta.filename,
  open: async (place) => openSqliteLog(path.join(place, 'relay.db')),
};
