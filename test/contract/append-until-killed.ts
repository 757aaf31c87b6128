/**
 * A program that appends without end and writes the text of each delivery to standard output once it is acknowledged.
 * Arguments: module of the engine, place of the log, prefix of the texts, and `honest` or `hasty`. A hasty one acknowledges
 * first and commits a moment later.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { deliveryOf } from '#test/fakes/deliveries.ts';

import type { LogEngine } from './delivery-log-suite.ts';

const [module = '', place = '', prefix = '', manner = 'honest'] = process.argv.slice(2);
const { engine } = (await import(module)) as { engine: LogEngine };
const log = await engine.open(place);
const appenders = 16;
const hastyPauseMs = 20;

async function appendForever(appender: number): Promise<never> {
  for (let count = 1; ; count += 1) {
    const text = `${prefix}-${appender}-${count}`;
    if (manner === 'hasty') {
      writeSync(1, `${text}\n`);
      await pause(hastyPauseMs);
    }
    const headers = { 'x-line': `line ${appender % 3}` };
    await log.append(deliveryOf(text, { headers }), text);
    if (manner === 'honest') writeSync(1, `${text}\n`);
  }
}

await Promise.all(Array.from({ length: appenders }, (_, appender) => appendForever(appender)));
