import path from 'node:path';

import type { LineOf } from '#main/relay/delivery-log.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';

import type { LogEngine } from './delivery-log-suite.ts';

/** The deliveries of the suite name the line they are for in a header. */
const lineOf: LineOf = ({ headers }) => headers['x-line'] ?? null;

export const engine: LogEngine = {
  name: 'SQLite',
  module: import.meta.filename,
  countsLines: true,
  open: async (place) => openSqliteLog(path.join(place, 'relay.db'), lineOf),
};
